import type { Disagreement } from '../experiments/experiment.js';
import { formatDifference, hereParts, reportedParts } from './format.js';
import { type Html, html, trusted } from './html.js';
import { armColour } from './palette.js';
import { type QuantityRow, quantityRows } from './quantity-rows.js';
import { type ReportRun, rerunCommand, runKey } from './run.js';
import { style } from './style.js';
import { caution, runFacts, type Section } from './summary.js';
import { networkTable, type TextTable, trialTable } from './tables.js';

/** The report as one page that needs no network and no other file. */
export function page(sections: readonly Section[], version: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Descent report</title>
<style>${trusted(style)}</style>
</head>
<body>
<header class="top">
<p class="brand">Descent</p>
<h1>Deep-learning experiments, re-run to the bit</h1>
<ul class="facts">${runFacts(sections).map((fact) => html`<li>${fact}</li>`)}</ul>
<div class="cards">${sections.map(({ run }) => card(run))}</div>
</header>
<main>${sections.map(section)}</main>
<footer>Made by descent-lab ${version}. Equal result hashes mean equal weights and metrics, bit for bit. Long curves are drawn from the lowest and the highest value of each short stretch, so that no spike is lost.</footer>
</body>
</html>
`.markup;
}

function card(run: ReportRun): Html {
  const rows = quantityRows(
    run,
    run.experiment.quantities.filter(({ headline }) => headline),
  );
  return html`
<a class="card" href="#${runKey(run)}">
<p class="eyebrow">${run.experiment.section} ${badge(run)}</p>
<h2>${run.experiment.title}</h2>
<p>${run.experiment.question}</p>
${groups(rows).map((group) => valueTable(run, group, false))}
</a>`;
}

const badge = (run: ReportRun): Html =>
  html`<span class="badge">${run.presetName}${run.preset.miniature ? ', miniature' : ''}${run.settings.length > 0 ? ', changed' : ''}</span>`;

function section({ run, figures }: Section): Html {
  const { experiment, preset } = run;
  const warning = caution(run);
  return html`
<section id="${runKey(run)}">
<p class="eyebrow">${experiment.section} · ${experiment.id} ${badge(run)}</p>
<h2>${experiment.title}</h2>
<p class="question">${experiment.question}</p>
<dl class="notes">
<div><dt>Protocol</dt><dd>${experiment.protocol}</dd></div>
<div><dt>Preset ${run.presetName}</dt><dd>${preset.note}</dd></div>
</dl>
${warning && html`<p class="caution">${warning}</p>`}
${figures.map(
  ({ figure, inline }) => html`
<figure>
<div class="drawing">${inline}</div>
<figcaption><h3>${figure.title}</h3><p>${figure.caption}</p></figcaption>
</figure>`,
)}
<h3>Reported and here</h3>
<div class="pairs">${groups(quantityRows(run)).map((group) => valueTable(run, group, true))}</div>
<h3>The networks</h3>
${plainTable(networkTable(run))}
<h3>Where text, code and figures of the report differ</h3>
<div class="disagreements">${experiment.disagreements.map(disagreement)}</div>
<h3>Trials</h3>
${plainTable(trialTable(run), new Set(['trial id', 'result hash']))}
<p class="rerun">Run it again: <code>${rerunCommand(run)}</code></p>
</section>`;
}

/** Rows of one quantity, under its name. */
function valueTable(run: ReportRun, rows: readonly QuantityRow[], full: boolean): Html {
  const quantity = rows[0]!.quantity;
  const value = ([text, note]: readonly [string, string]): Html => html`${text}${note && html`<small>${note}</small>`}`;
  return html`
<table class="values">
<caption>${quantity.label}${full && html` <small>Reported value: ${quantity.source}.</small>`}</caption>
<thead><tr><th scope="col">network</th><th scope="col">reported</th><th scope="col">here</th>${full && html`<th scope="col">difference</th>`}</tr></thead>
<tbody>${rows.map(
    (row) => html`
<tr><th scope="row"><i style="background:${armColour(run, row.arm.id)}"></i>${row.arm.label}</th><td>${value(reportedParts(row))}</td><td class="here">${value(hereParts(row))}</td>${full && html`<td>${formatDifference(row)}</td>`}</tr>`,
  )}
</tbody>
</table>`;
}

const groups = (rows: readonly QuantityRow[]): readonly (readonly QuantityRow[])[] =>
  [...new Set(rows.map(({ quantity }) => quantity))].map((quantity) => rows.filter((row) => row.quantity === quantity));

/** A table of text; columns in `long` hold ids that are cut on the screen but selected and copied whole. */
function plainTable({ columns, rows }: TextTable, long: ReadonlySet<string> = new Set()): Html {
  const cell = (text: string, column: number): Html =>
    long.has(columns[column] ?? '')
      ? html`<td><code class="long" title="${text}">${text}</code></td>`
      : html`<td>${text}</td>`;
  return html`
<div class="scroll"><table>
<thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody>
</table></div>`;
}

const disagreement = ({ id, about, written, coded, consequence }: Disagreement): Html => html`
<article>
<h4><span>${id}</span> ${about}</h4>
<dl><dt>Text</dt><dd>${written}</dd><dt>Code</dt><dd>${coded}</dd></dl>
${consequence && html`<p>${consequence}</p>`}
</article>`;
