import type { Disagreement, Protocol } from '../../study/experiment.js';
import type { DrawnFigure } from '../drawing/draw-figure.js';
import type { FigurePlan } from '../drawing/figure-plan.js';
import type { TextTable } from '../tables/csv.js';
import { measuredLines } from '../tables/measured-lines.js';
import type { QuantityRow } from '../tables/quantity-rows.js';
import { type ReportRun, rerunCommand, runKey } from '../tables/run.js';
import { networkTable, protocolName, runName, shortTaskTable } from '../tables/tables.js';
import { type Html, html, trusted } from './html.js';
import { quantityTables } from './page-quantities.js';
import { claimDetails } from './page-verdicts.js';
import { caution, counted, firstCommand, runsOf, type Section, type ShownRun } from './sections.js';

/** Figures of a report that are drawn; while it is made there may be others. */
export type Drawings = ReadonlyMap<FigurePlan, DrawnFigure>;

/** A section of the page: one experiment, its protocols side by side, and all that came of it. */
export function pageSection(section: Section, drawings: Drawings): Html {
  const { experiment, shown, notRun, rows } = section;
  const runs = runsOf(section);
  return html`
<section id="${experiment.id}">
<p class="eyebrow">${experiment.section} · ${experiment.id}</p>
<h2>${experiment.title}</h2>
<p class="question">${experiment.question}</p>
<div class="protocols">${groupedByProtocol(runs).map((own) => protocolCard(own[0]!.protocol, own))}\
${notRun.map((protocol) => idleCard(section, protocol))}</div>
${claimDetails(section)}
${runs.length > 0 && quantityTables(runs, rows)}
${shown.map((one) => figuresOf(one, runs, drawings))}
${
  experiment.disagreements.length > 0 &&
  html`<h3>Where text, code and figures of the report differ</h3>
<div class="disagreements">${experiment.disagreements.map((one) => disagreementHtml(one, runs, rows))}</div>`
}
${
  runs.length > 0 &&
  html`<h3>The networks</h3>${plainTable(networkTable(runs))}\
<h3>Ids and hashes</h3>${runs.map((run) => tasksOf(run, runs))}`
}
</section>`;
}

/** What a protocol does, in which sizes it was run, and how to run them again. */
function protocolCard(protocol: Protocol, runs: readonly ReportRun[]): Html {
  return html`
<article>
<h3>${capital(protocolName(protocol.id))}</h3>
<p>${protocol.note}</p>
${bugList(protocol)}
${runs.map(presetPart)}
</article>`;
}

function presetPart(run: ReportRun): Html {
  const { presetName, preset, settings } = run;
  const warning = caution(run);
  return html`<div class="preset">
<p><span class="badge">${presetName}${preset.miniature && ', miniature'}${settings.length > 0 && ', changed'}</span> \
${preset.note}</p>
${warning && html`<p class="caution">${warning}</p>`}
<p class="rerun"><code>${rerunCommand(run)}</code></p></div>`;
}

/** Runs of one protocol together; one with its switches set otherwise is apart. */
const groupedByProtocol = (runs: readonly ReportRun[]): readonly (readonly ReportRun[])[] =>
  [...new Set(runs.map(({ protocol }) => protocol))].map((protocol) => runs.filter((run) => run.protocol === protocol));

const idleCard = ({ experiment }: Section, protocol: Protocol): Html => html`
<article class="idle">
<h3>${capital(protocolName(protocol.id))} <span class="badge">not run yet</span></h3>
<p>${protocol.note}</p>
<p class="rerun"><code>${firstCommand(experiment, protocol)}</code></p>
</article>`;

/** The faults of the original code that can be switched, and how they stand. */
function bugList({ bugs = {} }: Protocol): Html | undefined {
  const entries = Object.entries(bugs);
  if (entries.length === 0) return undefined;
  return html`<ul class="bugs">${entries.map(
    ([name, bug]) =>
      html`<li>${bug.about}${bug.disagreement && ` (${bug.disagreement})`}: <b>${bug.standard ? 'on' : 'off'}</b>, \
<code>--set bugs.${name}=${String(!bug.standard)}</code></li>`,
  )}</ul>`;
}

function figuresOf({ run, figures }: ShownRun, runs: readonly ReportRun[], drawings: Drawings): Html | undefined {
  if (figures.length === 0) return undefined;
  const name = capital(runName(run, runs));
  return html`
<h3 class="figures" id="${runKey(run)}">Figures, ${name.toLowerCase()}</h3>
${figures.map(
  (figure) => html`
<figure>
<div class="drawing">${drawingHtml(drawings.get(figure))}</div>
<figcaption><h4>${figure.title}</h4><p>${figure.caption}</p><p class="which">${name}</p></figcaption>
</figure>`,
)}`;
}

const drawingHtml = (drawn: DrawnFigure | undefined): Html =>
  drawn === undefined ? html`<p class="pending">Not drawn yet.</p>` : trusted(drawn.inline);

const tasksOf = (run: ReportRun, runs: readonly ReportRun[]): Html => {
  const table = shortTaskTable(run);
  return html`
<details><summary>${capital(runName(run, runs))}: ${counted(table.rows.length, 'task')}</summary>
${plainTable(table)}</details>`;
};

function plainTable({ columns, rows }: TextTable): Html {
  return html`
<div class="scroll"><table>
<thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((text) => html`<td>${text}</td>`)}</tr>`)}</tbody>
</table></div>`;
}

function disagreementHtml(disagreement: Disagreement, runs: readonly ReportRun[], rows: readonly QuantityRow[]): Html {
  const { id, about, written, coded, consequence } = disagreement;
  return html`
<article>
<h4><span>${id}</span> ${about}</h4>
<dl><dt>Text</dt><dd>${written}</dd><dt>Code</dt><dd>${coded}</dd></dl>
${consequence && html`<p>${consequence}</p>`}
${measuredLines(disagreement, runs, rows).map((line) => html`<p class="measured">${line}</p>`)}
</article>`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
