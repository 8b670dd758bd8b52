import type { ProtocolId } from '../../study/names.js';
import type { ClaimModel, GlimpseModel, Meaning, PartModel, SectionModel, VerdictCell } from '../model/page-model.js';
import { type Html, html } from './html.js';
import { markHtml } from './marks.js';
import { evidenceHtml } from './page-evidence.js';

type Protocols = readonly Meaning<ProtocolId>[];

/**
 * The claims of a section in rows, companions under theirs: the statement, then a cell for each protocol. Each row
 * opens to its evidence.
 */
export function claimRows({ claims }: SectionModel, all: Protocols): Html | undefined {
  if (claims.length === 0) return undefined;
  const protocols = all.filter(({ id }) => claims.some(({ cells }) => cells[id].outcome !== 'notClaimed'));
  return html`
<div class="claims n${protocols.length}">
<div class="heads" aria-hidden="true"><span>The original says <small>(+: a question beside it, never part of \
its verdict; in brackets: the interval that decides)</small></span>\
${protocols.map(({ word }) => html`<span>${word}</span>`)}</div>
${claims.map((claim) => claimRow(claim, protocols))}
</div>`;
}

function claimRow(claim: ClaimModel, protocols: Protocols): Html {
  const { statement, companionOf, given, metric, link, cells } = claim;
  const shared = sharedTest(claim, protocols);
  const judged = protocols.filter(({ id }) => cells[id].outcome !== 'notClaimed');
  return html`
<details class="claim${companionOf !== undefined && ' companion'}" id="${link.slice(1)}">
<summary><span class="says">${companionOf !== undefined && '+ '}${statement} \
<small>${shared ?? metric}</small></span>\
${protocols.map(({ id, word }) => cellHtml(cells[id], word, shared === undefined))}</summary>
<div class="evidence">
<p class="metric">Measured: ${metric}.${given !== undefined && ` Of ${given} alone.`}</p>
${judged.map(({ id, word }) => evidenceHtml(cells[id], word))}
</div>
</details>`;
}

const testText = ({ label, expected }: PartModel): string => `${label}; claimed: ${expected}`;

/** What all cells of a row measure and expect, where that is one and the same. */
function sharedTest({ cells }: ClaimModel, protocols: Protocols): string | undefined {
  const parts = protocols.map(({ id }) => cells[id].parts).filter((own) => own.length > 0);
  const texts = new Set(parts.flat().map(testText));
  return texts.size === 1 && parts.every((own) => own.length === 1) ? [...texts][0] : undefined;
}

function cellHtml(cell: VerdictCell, protocol: string, isNamed: boolean): Html {
  const { outcome, word, words, needs, parts, glimpse } = cell;
  const isJoint = parts.length > 1 && outcome !== 'notRun';
  const lines = isJoint || (isNamed && outcome !== 'notRun') ? parts : [];
  return html`<span class="cell ${outcome}"><span class="under">${protocol}: </span>\
<span class="outcome">${markHtml(outcome)} <b>${word}</b></span>\
${!isJoint && words !== '' && html` <span class="effect">${words}</span>`}\
${lines.map((part) => html` <small>${partLine(part, isJoint)}</small>`)}\
${needs !== undefined && html` <small>${needs}</small>`}\
${glimpse && html` <small class="glimpse">${glimpseName(glimpse)}: ${glimpse.text}</small>`}\
</span>`;
}

const glimpseName = ({ isMiniature }: GlimpseModel): string => (isMiniature ? 'miniature' : 'first look');

/** A part of a conjunction with its own outcome; of a single part what it measures. */
function partLine(part: PartModel, isJoint: boolean): Html {
  if (!isJoint) return html`${testText(part)}`;
  const { outcome, word, label, effect, expected, units } = part;
  const found = effect !== '' && html`<b>${effect}</b> from ${units}; `;
  return html`${markHtml(outcome, word)} ${label}: ${found}claimed: ${expected}`;
}
