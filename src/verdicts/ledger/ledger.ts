import { UserError } from '../../base/errors.js';
import type { Range } from '../../base/statistics/index.js';
import type { SeedValue } from '../units.js';

/** What one seed gave to one place: a row, which never changes once it is written. */
export interface LedgerRow extends SeedValue {
  readonly place: number;
  /** The first 16 hex digits of the definition's hash. */
  readonly claim: string;
  /** Ids of the tasks that it is taken of. */
  readonly tasks: readonly string[];
  /** Their result hashes. */
  readonly results: readonly string[];
}

/** How many hex digits of a definition's hash name it in a row. */
export const claimDigits = 16;

const columns = 'place,claim,seed,low,high,yLow,yHigh,tasks,results';

/** A number that reads back to the same bits. */
function numberText(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return value > 0 ? 'inf' : '-inf';
}

function parseNumber(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  if (text === '-inf') return Number.NEGATIVE_INFINITY;
  return text === '' ? Number.NaN : Number(text);
}

const rangeText = (range: Range | undefined): readonly string[] =>
  range === undefined ? ['', ''] : [numberText(range.low), numberText(range.high)];

/** A row as a line; the ends of a seed that is left out are empty. */
export const rowText = ({ place, claim, seed, x, y, tasks, results }: LedgerRow): string =>
  [place, claim, seed, ...rangeText(x), ...rangeText(y), tasks.join(' '), results.join(' ')].join(',');

/** A ledger as a file: CSV, by place and seed. */
export function ledgerText(rows: readonly LedgerRow[]): string {
  const sorted = rows.toSorted((a, b) => a.place - b.place || a.seed - b.seed);
  return `${[columns, ...sorted.map(rowText)].join('\n')}\n`;
}

/** @throws UserError that names the file and the line */
export function parseLedger(text: string, file: string): readonly LedgerRow[] {
  const [head, ...lines] = text.trimEnd().split('\n');
  if (head !== columns) throw new UserError(`${file}:1: expected ${columns}, got ${head}`);
  return lines.map((line, i) => parseRow(line, `${file}:${i + 2}`));
}

function parseRow(line: string, where: string): LedgerRow {
  const cells = line.split(',');
  const [place = '', claim = '', seed = '', low = '', high = '', yLow = '', yHigh = '', tasks = '', results = ''] =
    cells;
  const rangeOf = (a: string, b: string): Range | undefined => {
    if (a === '' && b === '') return undefined;
    const range = { low: parseNumber(a), high: parseNumber(b) };
    if (range.low <= range.high) return range;
    throw new UserError(`${where}: expected two numbers in their order, got ${a} and ${b}`);
  };
  if (cells.length !== 9 || !/^\d+$/.test(place) || !/^\d+$/.test(seed) || !/^[0-9a-f]{16}$/.test(claim))
    throw new UserError(`${where}: expected ${columns}, got ${line.slice(0, 60)}`);
  const x = rangeOf(low, high);
  const y = rangeOf(yLow, yHigh);
  return {
    place: Number(place),
    claim,
    seed: Number(seed),
    x,
    ...(y && { y }),
    tasks: tasks.split(' '),
    results: results.split(' '),
  };
}

const keyOf = ({ place, claim, seed }: LedgerRow): string => `${place} ${claim} ${seed}`;

/**
 * Rows with others added; one that is there already must be the same.
 * @throws UserError that names both if it is another
 */
export function withRows(rows: readonly LedgerRow[], more: readonly LedgerRow[], file: string): readonly LedgerRow[] {
  const known = new Map(rows.map((row) => [keyOf(row), row]));
  for (const row of more) {
    const before = known.get(keyOf(row));
    if (before !== undefined && rowText(before) !== rowText(row))
      throw new UserError(`${file}: expected the row that is there, ${rowText(before)}, got ${rowText(row)}`);
    known.set(keyOf(row), row);
  }
  return [...known.values()];
}
