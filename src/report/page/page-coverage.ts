import type { BeyondModel, CoverageModel, PageModel } from '../model/page-model.js';
import { coverageCounts, coverageWords } from './coverage-table.js';
import { type Html, html } from './html.js';

/** The last section: everything that the original states, counted by section and by reason. */
export function coverageSection({ coverage }: PageModel): Html | undefined {
  if (coverage === undefined) return undefined;
  const { file } = coverage;
  return html`
<section id="coverage">
<p class="eyebrow">coverage</p>
<h2>Everything that the original states</h2>
<p>${coverageWords(coverage)} <a href="${file}">${file}</a>.</p>
${countsTable(coverage)}
${meanings(coverage)}
${beyondTable(coverage)}
</section>`;
}

function countsTable(coverage: CoverageModel): Html {
  const { columns, rows } = coverageCounts(coverage);
  return html`
<div class="scroll"><table class="values">
<caption>Values by how they stand to ours</caption>
<thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name, ...counts]) => html`
<tr><th scope="row">${name}</th>${counts.map((count) => html`<td>${count}</td>`)}</tr>`,
  )}</tbody>
</table></div>`;
}

/** Numbers that ours does not meet within its range. */
const beyondTable = ({ beyond }: CoverageModel): Html | false =>
  beyond.length > 0 &&
  html`
<div class="scroll"><table class="values words">
<caption>Beyond the range of ours, and what is known of why</caption>
<thead><tr><th scope="col">reported</th><th scope="col">original</th><th scope="col">ours</th>\
<th scope="col">why</th></tr></thead>
${beyond.map((one) => html`<tbody>${one.values.map((_, i) => beyondRow(one, i))}</tbody>`)}
</table></div>`;

/** What is known of numbers stated together stands once, beside all of them. */
function beyondRow({ section, what, values, evidence, place }: BeyondModel, i: number): Html {
  const { name, reported, agreement } = values[i]!;
  const isFirst = i === 0;
  return html`
<tr><th scope="row">${isFirst && html`<a href="${place}">${section}</a> ${what}${name && ': '}`}${name}</th>\
<td>${reported}</td><td>${agreement}</td>${isFirst && html`<td rowspan="${values.length}">${evidence}</td>`}</tr>`;
}

/** What the columns mean, and the reasons for which nothing of ours stands there. */
const meanings = ({ standings, reasons, total }: CoverageModel): Html => html`
<dl class="protocols">${standings
  .filter(({ id }) => total.standings[id])
  .map(({ word, meaning }) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`)}</dl>
<p>Why there is nothing of ours:</p>
<dl class="protocols">${reasons
  .filter(({ count }) => count > 0)
  .map(({ word, meaning, count }) => html`<div><dt>${word} (${count})</dt><dd>${meaning}</dd></div>`)}</dl>`;
