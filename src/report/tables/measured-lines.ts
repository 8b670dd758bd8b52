import type { Disagreement } from '../../study/experiment.js';
import { formatNumber } from './format.js';
import type { QuantityRow } from './quantity-rows.js';
import type { ReportRun } from './run.js';
import { runName } from './tables.js';

/** Of how many arms the values are named in a line. */
const mostArms = 5;

/**
 * What was measured of a disagreement, a line for each of its quantities:
 * `Test accuracy: as written 97.1, 96.5; as coded 98.7, 97.9`. `rows` are those of the runs.
 */
export function measuredLines(
  { quantities = [] }: Disagreement,
  runs: readonly ReportRun[],
  rows: readonly QuantityRow[],
): readonly string[] {
  return quantities.flatMap((id) => {
    const own = rows.filter(({ quantity }) => quantity.id === id);
    return [...new Set(own.map(({ quantity }) => quantity))].flatMap((quantity) => {
      const lines = own.filter((row) => row.quantity === quantity);
      const byRun = runs.flatMap((run, i) => {
        const values = lines.flatMap((row) => medianText(row, i)).slice(0, mostArms);
        return values.length === 0 ? [] : [`${runName(run, runs)} ${values.join(' / ')}`];
      });
      return byRun.length === 0 ? [] : [`${quantity.label}: ${byRun.join('; ')}`];
    });
  });
}

function medianText({ quantity, cells }: QuantityRow, run: number): readonly string[] {
  const median = cells[run]?.seeds?.median;
  return median === undefined ? [] : [formatNumber(median, quantity.decimals)];
}
