import type { NumberCell, NumberGroup, NumberRow, NumberTable, SectionModel } from '../model/page-model.js';
import { type Html, html } from './html.js';

/** Rows of the numbers that are shown before anything is unfolded. */
const mostOpen = 6;

const reading = html`<p class="reading">Bold: the median over seeds. Δ: that less the original’s number. Small: the \
middle half of the seeds; all rounding twins of one seed, which differ from it in the last bit of their initial \
weights.</p>`;

/** The numbers that a section turns on: the first of its headlines, as many as a glance takes in. */
export function headlineNumbers({ numbers }: SectionModel): Html | undefined {
  const table = numbers[0];
  if (table === undefined || !table.isReported) return undefined;
  const groups: NumberGroup[] = [];
  for (const group of table.groups.filter(({ isHeadline }) => isHeadline)) {
    const room = mostOpen - groups.flatMap(({ rows }) => rows).length;
    if (group.rows.length <= room) groups.push(group);
  }
  return groups.length === 0 ? undefined : tableHtml({ ...table, groups });
}

/** All numbers of a section. */
export const allNumbers = ({ numbers }: SectionModel): Html => html`${reading}${numbers.map(tableHtml)}`;

/** How many numbers a section has. */
export const numberCount = ({ numbers }: SectionModel): number =>
  numbers.flatMap(({ groups }) => groups.flatMap(({ rows }) => rows)).length;

function tableHtml({ title, isReported, runs, groups }: NumberTable): Html {
  const columns = 1 + Number(isReported) + runs.length;
  return html`
<div class="scroll"><table class="values">
<caption>${title}</caption>
<thead><tr><th scope="col">quantity</th>${isReported && html`<th scope="col">original</th>`}${runs.map(
    ({ name }) => html`<th scope="col">${name}</th>`,
  )}</tr></thead>
${groups.map((group) => groupHtml(group, columns, isReported))}
</table></div>`;
}

/** A quantity of one arm is a row; of several it has a heading and a row for each. */
function groupHtml({ label, source, rows }: NumberGroup, columns: number, isReported: boolean): Html {
  const from = source !== undefined && html` <small>${source}</small>`;
  if (rows.length === 1) {
    return html`<tbody>${rowHtml(rows[0]!, html`${label} <small>${rows[0]!.arm}</small>${from}`, isReported)}</tbody>`;
  }
  return html`<tbody class="group"><tr><th scope="rowgroup" colspan="${columns}">${label}${from}</th></tr>\
${rows.map((row) => rowHtml(row, html`${row.arm}`, isReported))}</tbody>`;
}

const rowHtml = ({ reported, cells }: NumberRow, name: Html, isReported: boolean): Html => html`
<tr><th scope="row">${name}</th>${isReported && html`<td>${reportedHtml(reported)}</td>`}\
${cells.map((cell) => html`<td>${cellHtml(cell)}</td>`)}</tr>`;

const reportedHtml = (reported: NumberRow['reported']): Html =>
  reported === undefined
    ? html`<span class="none">not reported</span>`
    : html`${reported.text}${reported.note !== undefined && html` <small>${reported.note}</small>`}`;

function cellHtml(cell: NumberCell): Html {
  if ('why' in cell) return html`<span class="none">${cell.why}</span>`;
  const { text, difference, notes } = cell;
  return html`<b>${text}</b>${difference !== undefined && html` <span class="difference">Δ ${difference}</span>`}\
${notes.map((note) => html` <small>${note}</small>`)}`;
}
