import type {
  BugModel,
  DisagreementModel,
  FigureModel,
  RunModel,
  SectionModel,
  SectionProtocol,
} from '../model/page-model.js';
import type { TextTable } from '../tables/csv.js';
import { type Html, html } from './html.js';
import { type Drawings, figureHtml } from './page-figure.js';
import { allNumbers, numberCount } from './page-numbers.js';

/** What a section has beside its question and its verdicts; a link into a folded part opens it. */
export function foldedParts(section: SectionModel, drawings: Drawings): Html {
  const { id, disagreements, settings, networks, tasks, protocols } = section;
  const numbers = numberCount(section);
  const inAll = tasks.reduce((sum, { table }) => sum + table.rows.length, 0);
  return html`
<div class="folds">
${numbers > 0 && fold(`${id}.numbers`, 'All numbers, the original’s and ours', numbers, allNumbers(section))}
${figureFolds(section, drawings)}
${fold(`${id}.runs`, 'How it was run, and how to run it again', protocols.length, html`${protocols.map(protocolHtml)}`)}
${
  disagreements.length > 0 &&
  fold(
    `${id}.differences`,
    'Where text, code and figures of the original differ',
    disagreements.length,
    html`<div class="disagreements">${disagreements.map(disagreementHtml)}</div>`,
  )
}
${settings && fold(`${id}.settings`, 'What the original sets, and ours', settings.rows.length, tableHtml(settings))}
${networks && fold(`${id}.networks`, 'The networks', networks.rows.length, tableHtml(networks))}
${inAll > 0 && fold(`${id}.tasks`, 'Ids and result hashes of all tasks', inAll, taskTables(section))}
</div>`;
}

const fold = (id: string, title: string, count: number, content: Html): Html => html`
<details class="fold" id="${id}"><summary>${title} <small>(${count})</small></summary>
${content}
</details>`;

/** A fold for each run, named by what it shows. */
function figureFolds({ id, figures }: SectionModel, drawings: Drawings): readonly Html[] {
  const runs = [...new Set(figures.map(({ run }) => run))];
  return runs.flatMap((run) => {
    const own = figures.filter((figure) => figure.run === run && !figure.isKey);
    if (own.length === 0) return [];
    const name = `${id}.figures.${run.replaceAll(/\W+/g, '-')}`;
    return [fold(name, `More figures, ${run}: ${titles(own)}`, own.length, figureGrid(own, drawings))];
  });
}

/** The first titles of some figures. */
function titles(figures: readonly FigureModel[]): string {
  const first = figures.slice(0, 2).map(({ title }) => title.replace(/^[A-Z](?=[a-z])/, (a) => a.toLowerCase()));
  return `${first.join('; ')}${figures.length > 2 ? ' …' : ''}`;
}

const figureGrid = (figures: readonly FigureModel[], drawings: Drawings): Html =>
  html`<div class="figures">${figures.map((figure) => figureHtml(figure, drawings))}</div>`;

/** What a protocol does, its switches, in which sizes it was run, and how to run them again. */
const protocolHtml = ({ word, note, bugs, runs, command, takes }: SectionProtocol): Html => html`
<article class="way">
<h3>${word}</h3>
<p>${note}</p>
${bugs.length > 0 && html`<ul>${bugs.map(bugHtml)}</ul>`}
${runs.map(runHtml)}
${runs.length === 0 && html`<p><b>Not run here.</b> ${takes} on one core: <code>${command}</code></p>`}
</article>`;

const bugHtml = ({ about, disagreement, isOn, option }: BugModel): Html =>
  html`<li>${about}${disagreement !== undefined && ` (${disagreement})`}: <b>${isOn ? 'on' : 'off'}</b>, \
<code>${option}</code></li>`;

const runHtml = ({ preset, isMiniature, settings, note, caution, command }: RunModel): Html => html`
<p><span class="badge">${preset}${isMiniature && ', miniature'}${settings.length > 0 && ', changed'}</span> ${note}</p>
${caution !== undefined && html`<p class="caution">${caution}</p>`}
<p><code>${command}</code></p>`;

function disagreementHtml({ id, about, written, coded, consequence, measured }: DisagreementModel): Html {
  return html`
<article>
<h3><span>${id}</span> ${about}</h3>
<dl><dt>Text</dt><dd>${written}</dd><dt>Code</dt><dd>${coded}</dd></dl>
${consequence !== undefined && html`<p>${consequence}</p>`}
${measured.map((line) => html`<p class="measured">${line}</p>`)}
</article>`;
}

const taskTables = ({ tasks }: SectionModel): Html =>
  html`${tasks.map(({ run, table }) => html`<h3>${run}</h3>${tableHtml(table)}`)}`;

const tableHtml = ({ columns, rows }: TextTable): Html => html`
<div class="scroll"><table>
<thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((text) => html`<td>${text}</td>`)}</tr>`)}</tbody>
</table></div>`;
