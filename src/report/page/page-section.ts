import type { ProtocolId } from '../../study/names.js';
import type { Meaning, SectionModel, SectionProtocol } from '../model/page-model.js';
import { type Html, html } from './html.js';
import { claimRows } from './page-claims.js';
import { type Drawings, figureHtml } from './page-figure.js';
import { foldedParts } from './page-folds.js';
import { headlineNumbers } from './page-numbers.js';

/** A section of the page: its question, its figure and its verdicts; all else is folded. */
export function pageSection(
  section: SectionModel,
  protocols: readonly Meaning<ProtocolId>[],
  drawings: Drawings,
): Html {
  const { id, name, title, question } = section;
  return html`
<section id="${id}">
<div class="head">
<div class="asks">
<p class="eyebrow">${name} · ${id}</p>
<h2>${title}</h2>
<p class="question">${question}</p>
</div>
${keyFigure(section, drawings)}
<dl class="ways">${section.protocols.map(wayHtml)}</dl>
</div>
${claimRows(section, protocols)}
${headlineNumbers(section)}
${foldedParts(section, drawings)}
</section>`;
}

/** What the section does under a protocol. */
const wayHtml = ({ word, note }: SectionProtocol): Html => html`<div><dt>${word}</dt><dd>${note}</dd></div>`;

function keyFigure(section: SectionModel, drawings: Drawings): Html {
  const figure = section.figures.find(({ isKey }) => isKey);
  if (figure !== undefined) return figureHtml(figure, drawings, 'key');
  const { command, takes } = section.protocols[0] ?? { command: '', takes: '' };
  return html`
<div class="key idle"><p><b>No figure: this was not run here.</b> Verdicts are read off the ledger, which keeps the \
number of every seed that counts. To draw the figures, run it (${takes} on one core):</p>\
<p><code>${command}</code></p></div>`;
}
