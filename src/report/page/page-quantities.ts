import { cellNotes, formatDifference, formatNumber, none } from '../tables/format.js';
import type { QuantityCell, QuantityRow } from '../tables/quantity-rows.js';
import type { ReportRun } from '../tables/run.js';
import { runName } from '../tables/tables.js';
import { type Html, html } from './html.js';

/** "Reported / as coded / as intended", a table for each quantity; `rows` are those of the runs. */
export function quantityTables(runs: readonly ReportRun[], rows: readonly QuantityRow[]): Html | undefined {
  const groups = groupsOf(rows);
  if (groups.length === 0) return undefined;
  return html`
<h3>Reported and here</h3>
<p class="reading">Bold: the median over seeds. Δ: that minus the reported value. Small: the middle half of the seeds; \
all rounding twins of one seed, which differ in the last bit of their initial weights.</p>
<div class="pairs">${groups.map((group) => quantityTable(runs, group))}</div>`;
}

/** A row that only one run has, and that was not reported: nothing stands beside it. */
const isAlone = ({ reported, cells }: QuantityRow): boolean =>
  reported === undefined && cells.filter((cell) => cell !== undefined).length < 2;

/**
 * The rows of one quantity, under its name: first those that stand beside something, in columns, then for each run
 * those that it alone has.
 */
function quantityTable(runs: readonly ReportRun[], rows: readonly QuantityRow[]): readonly Html[] {
  const together = rows.filter((row) => !isAlone(row));
  const alone = runs.map((_, i) => rows.filter((row) => isAlone(row) && row.cells[i]));
  return [
    ...(together.length > 0 ? [tableOf(runs, together)] : []),
    ...alone.flatMap((own) => (own.length > 0 ? [tableOf(runs, own)] : [])),
  ];
}

/** Runs that have nothing to say of any of the rows are left out. */
function tableOf(runs: readonly ReportRun[], rows: readonly QuantityRow[]): Html {
  const { quantity } = rows[0]!;
  const shown = runs.flatMap((run, i) => (rows.some(({ cells }) => cells[i]) ? [{ run, i }] : []));
  const isReported = rows.some(({ reported }) => reported);
  return html`
<div class="scroll${shown.length + Number(isReported) > 2 && ' whole'}"><table class="values">
<caption>${quantity.label}${isReported && html` <small>Reported value: ${quantity.source}.</small>`}</caption>
<thead><tr><th scope="col"></th>${isReported && html`<th scope="col">reported</th>`}${shown.map(
    ({ run }) => html`<th \
scope="col">${runName(run, runs)}</th>`,
  )}</tr></thead>
<tbody>${rows.map(
    (row) => html`
<tr><th scope="row">${row.arm.label}</th>${isReported && html`<td>${reportedHtml(row)}</td>`}\
${shown.map(({ i }) => html`<td>${cellHtml(row.cells[i], row)}</td>`)}</tr>`,
  )}
</tbody>
</table></div>`;
}

function reportedHtml({ reported, quantity }: QuantityRow): Html {
  if (reported === undefined) return html`${none}`;
  const value = formatNumber(reported.value, quantity.decimals);
  return html`${value}${reported.note && html`<small>${reported.note}</small>`}`;
}

function cellHtml(cell: QuantityCell | undefined, { quantity }: QuantityRow): Html {
  if (cell === undefined) return html`${none}`;
  const difference = formatDifference(cell, quantity);
  const value = cell.seeds ? formatNumber(cell.seeds.median, quantity.decimals) : none;
  const notes = cellNotes(cell, quantity.decimals);
  return html`<b>${value}</b>${
    difference &&
    html` <span class="difference">Δ \
${difference}</span>`
  }${notes.map((note) => html` <small>${note}</small>`)}`;
}

const groupsOf = (rows: readonly QuantityRow[]): readonly (readonly QuantityRow[])[] =>
  [...new Set(rows.map(({ quantity }) => quantity))].map((quantity) => rows.filter((row) => row.quantity === quantity));
