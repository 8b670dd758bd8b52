import { cellNotes, formatDifference, formatNumber } from '../tables/format.js';
import { isHeadline, type QuantityCell, type QuantityRow } from '../tables/quantity-rows.js';
import { type ReportRun, runKey } from '../tables/run.js';
import { runName } from '../tables/tables.js';
import type { NumberCell, NumberGroup, NumberRow, NumberTable } from './page-model.js';

/** Why a run has no number where another has one. */
export const notThere = 'not under this protocol';

/**
 * "Reported / as written / as coded / as intended": one table for what stands beside something, and one for each run
 * of what it alone has. `rows` are those of the runs.
 */
export function numberTables(runs: readonly ReportRun[], rows: readonly QuantityRow[]): readonly NumberTable[] {
  const beside = rows.filter((row) => !isAlone(row));
  return [
    tableOf('The original’s numbers and ours', runs, beside),
    ...runs.map((run, i) => {
      const own = rows.filter((row) => isAlone(row) && row.cells[i]);
      return tableOf(`Measured ${runName(run, runs)} alone`, [run], own.map(onlyCell(i)));
    }),
  ].flatMap((table) => table ?? []);
}

/** A row that only one run has, and that was not reported: nothing stands beside it. */
const isAlone = ({ reported, cells }: QuantityRow): boolean =>
  reported === undefined && cells.filter((cell) => cell !== undefined).length < 2;

const onlyCell =
  (at: number) =>
  (row: QuantityRow): QuantityRow => ({ ...row, cells: [row.cells[at]] });

function tableOf(title: string, runs: readonly ReportRun[], rows: readonly QuantityRow[]): NumberTable | undefined {
  if (rows.length === 0) return undefined;
  const shown = runs.flatMap((run, i) => (rows.some(({ cells }) => cells[i]) ? [{ run, i }] : []));
  const groups = [...new Set(rows.map(({ quantity }) => quantity))].map((quantity) =>
    groupOf(
      rows.filter((row) => row.quantity === quantity),
      shown.map(({ i }) => i),
    ),
  );
  return {
    title,
    isReported: rows.some(({ reported }) => reported !== undefined),
    runs: shown.map(({ run }) => ({ key: runKey(run), name: runName(run, runs) })),
    groups,
  };
}

function groupOf(rows: readonly QuantityRow[], shown: readonly number[]): NumberGroup {
  const { quantity } = rows[0]!;
  return {
    label: quantity.label,
    ...(rows.some(({ reported }) => reported) && { source: quantity.source }),
    isHeadline: isHeadline(rows[0]!),
    rows: rows.map((row) => rowOf(row, shown)),
  };
}

function rowOf({ quantity, arm, reported, cells }: QuantityRow, shown: readonly number[]): NumberRow {
  return {
    arm: arm.label,
    ...(reported && { reported: { ...reported, text: formatNumber(reported.value, quantity.decimals) } }),
    cells: shown.map((i) => cellOf(cells[i], quantity)),
  };
}

function cellOf(cell: QuantityCell | undefined, quantity: QuantityRow['quantity']): NumberCell {
  if (cell === undefined) return { why: notThere };
  if (cell.seeds === undefined) return { why: cell.note || 'no value' };
  const difference = formatDifference(cell, quantity);
  return {
    text: formatNumber(cell.seeds.median, quantity.decimals),
    value: cell.seeds.median,
    ...(difference && { difference }),
    notes: cellNotes(cell, quantity.decimals),
  };
}
