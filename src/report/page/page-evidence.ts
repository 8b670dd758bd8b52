import { registerPlaces } from '../../verdicts/index.js';
import type { End, PartModel, SeedNumber, VerdictCell } from '../model/page-model.js';
import { csv } from '../tables/csv.js';
import { evidenceFigure } from './evidence-figure.js';
import { type Html, html } from './html.js';
import { markHtml } from './marks.js';

/** The evidence of a verdict: each part with its interval as it shrank, its place in the register, its raw values. */
export function evidenceHtml(cell: VerdictCell, protocol: string): Html {
  const { outcome, word, link, parts, words, chosen, note, glimpse, history } = cell;
  return html`
<article id="${link.slice(1)}">
<h4>${markHtml(outcome)} ${protocol}: ${word}</h4>
${parts.length === 0 && words !== '' && html`<p>${words}</p>`}
${parts.map((part, i) => partHtml(part, cell, `${link.slice(1)}.${i + 1}`))}
${chosen !== undefined && html`<p>Chosen on seeds that do not count: ${chosen}.</p>`}
${note !== undefined && html`<p>${note}</p>`}
${glimpse && html`<p class="soft">${glimpseLead(glimpse.isMiniature)} ${glimpse.text}.</p>`}
${history.map((line) => html`<p class="soft">${line}</p>`)}
</article>`;
}

const glimpseLead = (isMiniature: boolean): string =>
  isMiniature ? 'A miniature, which judges nothing, shows:' : 'Runs from seeds that do not count (below 1001) show:';

function partHtml(part: PartModel, cell: VerdictCell, name: string): Html {
  const { label, effect, expected, units, n, outcome, word, change } = part;
  return html`
<div class="part">
<div>
<p>${cell.parts.length > 1 && html`${markHtml(outcome)} <b>${word}</b>: `}<b>${label}</b></p>
<dl>
${n > 0 && html`<dt>found</dt><dd>${effect}, from ${units}</dd>`}
<dt>claimed</dt><dd>${expected}${part.noEffect !== undefined && `; no effect: ${part.noEffect.text}`}</dd>
${change !== '' && html`<dt>what would change it</dt><dd>${change}</dd>`}
<dt>register</dt><dd>${registerHtml(part, cell)}</dd>
</dl>
${n > 0 && valuesHtml(part, name)}
</div>
${n > 0 && evidenceFigure(part)}
</div>`;
}

function registerHtml({ place, hash }: PartModel, { registered, version }: VerdictCell): Html {
  if (place === undefined) return html`not registered`;
  const when = registered === undefined ? '' : `, registered on ${registered}`;
  const where = `place ${place} of ${registerPlaces}, version ${version}${when}`;
  return html`${where}${hash !== undefined && html`, <code>${hash}</code>`}`;
}

/** Of so many seeds the values are shown; the file beside them has all. */
const mostShown = 40;

function valuesHtml({ values, units }: PartModel, name: string): Html {
  const text = csv(valueTable(values)).replaceAll('\r', '');
  const lines = text.trimEnd().split('\n');
  const rest = lines.length - 1 - mostShown;
  const shown = lines.slice(0, mostShown + 1).join('\n');
  return html`<div class="files"><details class="raw"><summary>Values of ${units}</summary>\
<pre tabindex="0" role="region" aria-label="Values of ${name}">${shown}${rest > 0 && `\n… ${rest} more in the file`}\
</pre></details> <a class="file" download="${name}.csv" href="${dataUrl(text)}">values as CSV</a></div>`;
}

/** Commas, most of what would be escaped, may stand as they are (RFC 2397). */
const dataUrl = (text: string): string =>
  `data:text/csv;charset=utf-8,${encodeURIComponent(text).replaceAll('%2C', ',')}`;

const endText = (end: End, infinite: string): string => (end === null ? infinite : String(end));
const ends = (range: SeedNumber['x'] | undefined): readonly string[] =>
  range ? [endText(range[0], '-inf'), endText(range[1], 'inf')] : ['', ''];

/** A line for each seed: its number as an interval, of a correlation two; empty where the seed is left out. */
function valueTable(values: readonly SeedNumber[]) {
  const hasTwo = values.some(({ y }) => y !== undefined);
  return {
    columns: ['seed', 'low', 'high', ...(hasTwo ? ['y low', 'y high'] : [])],
    rows: values.map(({ seed, x, y }) => [String(seed), ...ends(x), ...(hasTwo ? ends(y) : [])]),
  };
}
