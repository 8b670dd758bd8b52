import { type ProtocolId, protocolIds } from '../../study/names.js';
import { type Judgement, testText, type Verdict } from '../../verdicts/index.js';
import { protocolName } from '../tables/tables.js';
import {
  type ClaimRow,
  shortText,
  tallyOf,
  unitsText,
  verdictMeanings,
  verdicts,
  verdictWords,
} from '../tables/verdict-rows.js';
import { type Html, html, trusted } from './html.js';
import type { Section } from './sections.js';

/** A tick in a disc, a cross in a square, a question mark in a ring: told apart by shape, whatever the colours. */
const drawings: Readonly<Record<Verdict, string>> = {
  supported: '<circle cx="8" cy="8" r="8"/><path d="M4.2 8.4 7 11 11.8 5.4"/>',
  refuted: '<rect x=".5" y=".5" width="15" height="15" rx="2.5"/><path d="M4.8 4.8 11.2 11.2M11.2 4.8 4.8 11.2"/>',
  inconclusive:
    '<circle cx="8" cy="8" r="7"/><path d="M5.8 6.3C5.8 3.4 10.3 3.5 10.2 6.3 10.1 7.9 8 8 8 9.6M8 11.7V12.2"/>',
};

/** The mark of a verdict; pale for a miniature, which counts for nothing. */
export function markHtml(verdict: Verdict, miniature = false): Html {
  const name = `${verdictWords[verdict]}${miniature ? ', miniature' : ''}`;
  return html`<svg class="mark ${verdict}${miniature && ' pale'}" viewBox="0 0 16 16" role="img" \
aria-label="${name}">${trusted(drawings[verdict])}</svg>`;
}

/** The first screen: how many claims stand and fall under each protocol, and each claim in a line. */
export function verdictsAtAGlance(sections: readonly Section[]): Html | undefined {
  const all = sections.flatMap(({ claims }) => claims);
  const protocols = protocolIds.filter((id) => all.some(({ claim }) => claim.tests[id]));
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
<p class="legend">${verdicts.map(
    (verdict) => html`<span>${markHtml(verdict)} <b>${verdictWords[verdict]}</b>: \
${verdictMeanings[verdict]}</span>`,
  )}<span>Beside it: effect [95 % interval] of the test that decides. \
Pale: a miniature, which counts for nothing.</span></p>`;
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
  const entries = verdicts.map(
    (verdict) => html`<span class="${verdict}">${markHtml(verdict)} <b>${counts[verdict]}</b></span>`,
  );
  return html`<li><b>${protocolName(id)}</b>${entries}${
    counts.miniature > 0 && html`<span>${counts.miniature} miniature</span>`
  }${counts.notRun > 0 && html`<span>${counts.notRun} not run</span>`}</li>`;
}

function glance({ claim, judgements }: ClaimRow, id: ProtocolId): Html {
  const judgement = judgements[protocolIds.indexOf(id)];
  const label = protocolName(id);
  if (judgement === undefined) {
    return html`<td data-protocol="${label}" class="none">${claim.tests[id] ? 'not run yet' : ''}</td>`;
  }
  const { verdict, miniature } = judgement;
  return html`<td data-protocol="${label}"${miniature && trusted(' class="pale"')}>${markHtml(verdict, miniature)}\
<span><b>${verdictWords[verdict]}</b> ${shortText(judgement)}</span></td>`;
}

/** Every claim of a section with its tests, effects and intervals under each protocol. */
export function claimDetails({ claims }: Section): Html | undefined {
  if (claims.length === 0) return undefined;
  return html`
<h3>What is claimed, and what came of it</h3>
<div class="claims">${claims.map(
    ({ claim, judgements }) => html`
<article id="${claim.id}">
<h4>${claim.statement}</h4>
<p class="test">Measured: ${claim.metric}. Counts as an effect: ${claim.margin}. At least ${claim.least.count} \
${claim.least.unit}.</p>
${judgements.map((judgement) => judgement && judgementHtml(judgement))}
</article>`,
  )}</div>`;
}

function judgementHtml({ claim, protocol, verdict, miniature, tests, count, missing, text }: Judgement): Html {
  const seeds = `${unitsText(count, claim.least.unit)}${missing > 0 ? `, ${missing} missing` : ''}`;
  const holm = /does not hold among[^;]*/.exec(text)?.[0];
  return html`
<div class="judgement"><h5>${markHtml(verdict, miniature)} ${protocolName(protocol)}: \
${verdictWords[verdict]}${miniature && ', miniature, not counted'} <small>${seeds}</small></h5>
<ul>${tests.map((test) => html`<li>${testText(test)}</li>`)}</ul>${holm && html`<p>It ${holm}.</p>`}</div>`;
}
