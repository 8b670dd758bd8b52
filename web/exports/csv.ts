import type { Series } from '../plots/series.js';
import type { Proof } from './proof.js';

/**
 * Metrics over steps, a row a step, empty where a metric was not observed. What the numbers are of stands before them,
 * in lines that begin with #.
 */
export function csvOf(lines: ReadonlyMap<string, Series>, { spec, hash, step }: Proof): string {
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
  const remarks = [`# spec: ${JSON.stringify(JSON.parse(spec))}`, `# hash: ${hash}`, `# after step: ${step}`];
  const body = [...rows].sort(([a], [b]) => a - b).map(([at, values]) => [at, ...values].join(','));
  return `${[...remarks, ['step', ...names].join(','), ...body].join('\n')}\n`;
}
