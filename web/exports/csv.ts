import type { Line } from '../plots/draw-line.js';
import type { Series } from '../plots/series.js';
import { type Proof, proofTexts } from './proof.js';

/** What a panel shows as numbers; an empty text where there is none. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A table as text. What the numbers are of stands before them, in lines that begin with #. */
export function csvOf({ columns, rows }: Table, proof: Proof): string {
  const remarks = Object.entries(proofTexts(proof)).map(([name, text]) => `# ${name}: ${text}`);
  const body = [columns, ...rows].map((row) => row.map(cell).join(','));
  return `${[...remarks, ...body].join('\n')}\n`;
}

const cell = (value: string | number): string => {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Lines over steps, a row a step, empty where a line has no point. */
export function seriesTable(lines: ReadonlyMap<string, Series>): Table {
  const rows = new Map<number, (string | number)[]>();
  [...lines.values()].forEach(({ x, y, count }, column) => {
    for (let i = 0; i < count; i++) {
      const row = rows.get(x[i]!) ?? new Array<string | number>(lines.size).fill('');
      rows.set(x[i]!, row);
      row[column] = y[i]!;
    }
  });
  const body = [...rows].sort(([a], [b]) => a - b).map(([step, values]) => [step, ...values]);
  return { columns: ['step', ...lines.keys()], rows: body };
}

/** The lines of a chart, what lies behind them included. */
export const linesTable = (lines: readonly Line[]): Table => seriesTable(new Map(lines.flatMap(seriesOf)));

const seriesOf = ({ label, series, raw, band }: Line): readonly (readonly [string, Series])[] => [
  [raw ? `${label}, smoothed` : label, series],
  ...(raw ? [[label, raw] as const] : []),
  ...(band ? [[`${label}: band from`, band[0]] as const, [`${label}: band to`, band[1]] as const] : []),
];
