import { type ProtocolId, protocolIds } from '../../study/names.js';
import {
  type Glimpse,
  type Outcome,
  outcomeMeanings,
  outcomeWords,
  partText,
  type Verdict,
} from '../../verdicts/index.js';
import { protocolName } from '../tables/tables.js';
import { type ClaimRow, glimpseText, outcomes, shortText, tallyOf } from '../tables/verdict-rows.js';
import { type Html, html, trusted } from './html.js';
import type { Section } from './sections.js';

/** Told apart by shape, whatever the colours: tick in a disc, cross in a square, bar in a disc, a question, rings. */
const drawings: Readonly<Record<Outcome, string>> = {
  stands: '<circle cx="8" cy="8" r="8"/><path d="M4.2 8.4 7 11 11.8 5.4"/>',
  falls: '<rect x=".5" y=".5" width="15" height="15" rx="2.5"/><path d="M4.8 4.8 11.2 11.2M11.2 4.8 4.8 11.2"/>',
  fallsShort: '<rect x=".5" y=".5" width="15" height="15" rx="2.5"/><path d="M4.2 8H11.8"/>',
  open: '<circle cx="8" cy="8" r="7"/><path d="M5.8 6.3C5.8 3.4 10.3 3.5 10.2 6.3 10.1 7.9 8 8 8 9.6M8 11.7V12.2"/>',
  noTest: '<circle cx="8" cy="8" r="7"/><path d="M3.2 12.8 12.8 3.2"/>',
  notRun: '<circle cx="8" cy="8" r="7"/>',
  withdrawn: '<circle cx="8" cy="8" r="7"/><path d="M4.2 8H11.8"/>',
};

/** The mark of an outcome. */
export const markHtml = (outcome: Outcome): Html => html`<svg class="mark ${outcome}" viewBox="0 0 16 16" role="img" \
aria-label="${outcomeWords[outcome]}">${trusted(drawings[outcome])}</svg>`;

/** The first screen: how many claims stand and fall under each protocol, and each claim in a line. */
export function verdictsAtAGlance(sections: readonly Section[]): Html | undefined {
  const all = sections.flatMap(({ claims }) => claims);
  const protocols = protocolIds.filter((id) => all.some(({ claim }) => claim.judged[id]));
  if (all.length === 0) return undefined;
  return html`
<ul class="tally">${protocols.map((id) => tally(id, all))}</ul>
<table class="verdicts">
<thead><tr><th scope="col" colspan="2">The report says</th>${protocols.map(
    (id) => html`<th scope="col">${protocolName(id)}</th>`,
  )}</tr></thead>
${sections.map(
  (section) => html`<tbody>${section.claims.map((row, i) => claimLine(section, row, i === 0, protocols))}</tbody>`,
)}
</table>
<p class="legend">${outcomes.map(
    (outcome) => html`<span>${markHtml(outcome)} <b>${outcomeWords[outcome]}</b>: \
${outcomeMeanings[outcome]}</span>`,
  )}<span>Beside it: effect [interval] of the part that decides; all intervals hold at once.</span></p>`;
}

function claimLine(section: Section, row: ClaimRow, isFirst: boolean, protocols: readonly ProtocolId[]): Html {
  const { id, section: number } = section.experiment;
  const where = isFirst && html`<a href="#${id}">${number}</a>`;
  return html`
<tr><td class="where">${where}</td>\
<th scope="row"><a href="#${row.claim.id}">${row.claim.statement}</a></th>\
${protocols.map((protocol) => glance(row, protocol))}</tr>`;
}

function tally(id: ProtocolId, rows: readonly ClaimRow[]): Html {
  const counts = tallyOf(id, rows);
  const entries = outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => html`<span class="${outcome}">${markHtml(outcome)} <b>${counts[outcome]}</b></span>`);
  return html`<li><b>${protocolName(id)}</b>${entries}</li>`;
}

function glance({ claim, verdicts, glimpses }: ClaimRow, id: ProtocolId): Html {
  const place = protocolIds.indexOf(id);
  const [verdict, glimpse] = [verdicts[place], glimpses[place]];
  const label = protocolName(id);
  if (claim.judged[id] === undefined) return html`<td data-protocol="${label}" class="none"></td>`;
  const outcome = verdict?.outcome ?? 'notRun';
  const short = verdict === undefined ? '' : shortText(verdict);
  return html`<td data-protocol="${label}">${markHtml(outcome)}<span><b>${outcomeWords[outcome]}</b> ${short}</span>\
${short === '' && glimpse && html` <small>${glimpseText(glimpse)}</small>`}</td>`;
}

/** Every claim of a section with its tests, effects and intervals under each protocol. */
export function claimDetails({ claims }: Section): Html | undefined {
  if (claims.length === 0) return undefined;
  return html`
<h3>What is claimed, and what came of it</h3>
<div class="claims">${claims.map(
    ({ claim, verdicts, glimpses }) => html`
<article id="${claim.id}">
<h4>${claim.statement}</h4>
<p class="test">Measured: ${claim.metric}.</p>
${verdicts.map((verdict) => verdict && verdictHtml(verdict))}
${glimpses.map((glimpse) => glimpse && glimpseHtml(glimpse))}
</article>`,
  )}</div>`;
}

const verdictHtml = ({ protocol, outcome, parts, noTest }: Verdict): Html => html`
<div class="judgement"><h5>${markHtml(outcome)} ${protocolName(protocol)}: ${outcomeWords[outcome]}</h5>
${noTest && html`<p>${noTest}</p>`}<ul>${parts.map((part) => html`<li>${partText(part)}</li>`)}</ul></div>`;

function glimpseHtml(glimpse: Glimpse): Html | undefined {
  const parts = glimpse.parts.map(
    (part) => html`<li>${part.test.label}: ${glimpseText({ ...glimpse, parts: [part] })}</li>`,
  );
  return html`
<div class="judgement"><h5>${protocolName(glimpse.protocol)}, exploration</h5><ul>${parts}</ul></div>`;
}
