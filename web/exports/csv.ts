import type { Series } from '../plots/series.js';

/** Metrics over steps, a row a step, empty where a metric was not observed. */
export function csvOf(lines: ReadonlyMap<string, Series>): string {
  const names = [...lines.keys()];
  const rows = new Map<number, string[]>();
  names.forEach((name, column) => {
    const { x, y, count } = lines.get(name)!;
    for (let i = 0; i < count; i++) {
      const row = rows.get(x[i]!) ?? new Array<string>(names.length).fill('');
      rows.set(x[i]!, row);
      row[column] = String(y[i]!);
    }
  });
  const body = [...rows].sort(([a], [b]) => a - b).map(([step, values]) => [step, ...values].join(','));
  return `${[['step', ...names].join(','), ...body].join('\n')}\n`;
}
