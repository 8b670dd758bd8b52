import type { ProtocolId } from '../../study/names.js';
import type { ClaimModel, PageModel, SectionModel } from '../model/page-model.js';
import { type Html, html, trusted } from './html.js';
import { markHtml } from './marks.js';

/** The first screen: what the original is, what the protocols mean, what became of its claims. */
export const overview = (model: PageModel, notice: Html | undefined): Html => html`
<header id="top" class="overview">
<div class="words">
<p class="brand">Descent</p>
<h1>What a course report claims of deep learning, run again to the bit and judged</h1>
${notice}<p>${model.original} Each of its sections is run again under up to three protocols:</p>
<dl class="protocols">${model.protocols.map(
  ({ word, meaning }) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`,
)}</dl>
${tally(model)}
<p class="sure">${model.certainty}</p>
${model.computing && html`<p class="sure">${model.computing.words} <a href="#computing">By section</a>.</p>`}
</div>
${matrix(model)}
</header>`;

const isMain = ({ companionOf }: ClaimModel): boolean => companionOf === undefined;

/** Every outcome with what it means and how often it came; those that never came are left out. */
function tally({ tally: counts, outcomes, sections, thin }: PageModel): Html | undefined {
  const claims = sections.flatMap((section) => section.claims).filter(isMain).length;
  const shown = outcomes.filter(({ id }) => id !== 'notClaimed' && counts[id]);
  if (shown.length === 0) return undefined;
  return html`
<p>What became of ${claims} claims, its own and those that its parts are about, each under every protocol that makes \
it:</p>
<ul class="tally">${shown.map(
    ({ id, word, meaning }) =>
      html`<li>${markHtml(id)} <b>${counts[id]}</b> <span><b class="${id}">${word}</b>: ${meaning}</span></li>`,
  )}</ul>
${thin !== undefined && html`<p class="sure">${thin}</p>`}`;
}

/** A row for each section and a column for each protocol; in it a mark for each claim, which links to its evidence. */
const matrix = ({ sections, protocols }: PageModel): Html => html`
<div class="scroll matrix"><table>
<caption>Sections of the original, and what became of each claim. A mark leads to its evidence: what was found, \
how sure it is.</caption>
<thead><tr><th scope="col">section</th>${protocols.map(({ word }) => html`<th scope="col">${word}</th>`)}</tr></thead>
<tbody>${sections.map(
  (section) => html`
<tr><th scope="row"><a href="#${section.id}"><b>${section.name}</b> <span>${section.title}</span></a></th>\
${protocols.map(({ id }) => html`<td>${marksOf(section, id)}</td>`)}</tr>`,
)}</tbody>
</table></div>`;

function marksOf({ claims, protocols }: SectionModel, protocol: ProtocolId): Html | readonly Html[] {
  const claimed = claims.filter((claim) => isMain(claim) && claim.cells[protocol].outcome !== 'notClaimed');
  if (claimed.length === 0) {
    return html`<small>${protocols.some(({ id }) => id === protocol) ? 'nothing claimed' : 'no such protocol'}</small>`;
  }
  return claimed.map(({ statement, cells }) => {
    const { outcome, word, words, link } = cells[protocol];
    const found = words === '' ? word : `${word}, ${words}`;
    return html`<a href="${link}" title="${statement} ${found}">${markHtml(outcome, `${statement} ${found}`)}</a>`;
  });
}

/** A list of the sections that stays in sight above the page. */
export const contents = (sections: readonly SectionModel[], hasCoverage: boolean): Html => html`
<nav class="contents" aria-label="Sections"><ul>
<li><a href="#top"><b>Verdicts</b></a></li>${sections.map(
  ({ id, name, title }) => html`
<li><a href="#${id}" title="${title}">${name}</a></li>`,
)}${
  hasCoverage &&
  html`
<li><a href="#coverage" title="Everything that the original states">coverage</a></li>`
}
</ul></nav>`;

/** Words for a page that is still being made. */
export const noticeOf = (missing: string): Html => html`<p class="unfinished" role="status">\
<b>This page is still being made.</b> ${missing} It loads itself again every 5 s until it is whole; if it stays like \
this, the command that made it was stopped: run it again.</p>
`;

/** A page that is being made loads itself again, so that who opened it early sees it grow. */
export const reloading = trusted(`
<meta http-equiv="refresh" content="5">`);
