import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { CsvError, readCsv } from './csv.js';

const mostClasses = 10;

/**
 * A pasted text as samples: the last column is the target, or the class.
 * @throws CsvError with line and column, both from 1
 */
export function tableOf(text: string, classes: boolean): Extract<TrialSpec['data'], { kind: 'table' }> {
  const { header, rows } = readCsv(text);
  const width = rows[0]?.length ?? 0;
  const first = header ? 2 : 1;
  if (rows.length < 2) throw new CsvError(first, 1, `expected at least two rows, got ${rows.length}`);
  if (width < 2) throw new CsvError(first, width + 1, 'expected inputs and a target, got one column');
  const inputs = rows.map((row) => row.slice(0, -1));
  if (!classes) return { kind: 'table', inputs, targets: rows.map((row) => row.slice(-1)) };
  const labels = rows.map((row, i) => {
    const label = row.at(-1)!;
    if (Number.isInteger(label) && label >= 0 && label < mostClasses) return label;
    throw new CsvError(i + first, width, `expected a class from 0 to ${mostClasses - 1}, got ${label}`);
  });
  return { kind: 'table', inputs, labels };
}
