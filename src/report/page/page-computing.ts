import type { PageModel } from '../model/page-model.js';
import { type Html, html } from './html.js';

/** The last section of all: how long each section took to compute. */
export function computingSection({ computing }: PageModel): Html | undefined {
  if (computing === undefined) return undefined;
  const { words, table, command } = computing;
  return html`
<section id="computing">
<p class="eyebrow">computing</p>
<h2>What it took</h2>
<p>${words} Of the ledgers <code>${command}</code> says the same.</p>
<div class="scroll"><table class="values">
<caption>Time of one core</caption>
<thead><tr>${table.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${table.rows.map(
    ([name, ...cells]) => html`
<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody>
</table></div>
</section>`;
}
