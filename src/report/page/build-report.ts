import { UserError } from '../../base/errors.js';
import type { RunRecord } from '../../lab/record.js';
import type { Experiment } from '../../study/experiment.js';
import { type DrawnFigure, drawFigures } from '../drawing/figures.js';
import { csv } from '../tables/csv.js';
import { joinRun, type ReportRun, type Results, runKey } from '../tables/run.js';
import { comparisonData, taskTable } from '../tables/tables.js';
import { judgeReport } from '../tables/verdict-rows.js';
import { verdictData } from '../tables/verdict-tables.js';
import { markdownReport } from './markdown.js';
import { page } from './page.js';
import { type DrawnRun, inOrder, runsOf, type Section } from './sections.js';

/** What a report is made from. */
export interface ReportInput {
  /** Those to show, in this order; one without a run is shown as not run yet. */
  readonly experiments: readonly Experiment[];
  /** The runs to show; of one protocol there may be several, in different presets. */
  readonly runs: readonly RunRecord[];
  /** Finished tasks by id; a planned one that is not among them is shown as missing. */
  readonly results: Results;
  /** TrueType files for the text in PNG figures. */
  readonly fontFiles: readonly string[];
  /** Version of this package, named on the page. */
  readonly version: string;
}

/** A file of the report; its path is relative to the report's folder. */
export interface ReportFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Builds a report: one page that needs nothing else (`index.html`), the same as Markdown, each figure as PNG and as Vega-Lite JSON, each table as CSV.
 * The same input gives the same files.
 * @throws UserError if there is no run, or a run that does not fit the experiments.
 */
export async function buildReport(input: ReportInput): Promise<readonly ReportFile[]> {
  if (input.runs.length === 0)
    throw new UserError('report: expected at least one run, got none; run an experiment first');
  const runs = input.runs.map((run) => joinRun(run, input.experiments, input.results));
  const sections: Section[] = [];
  const judged = judgeReport(runs);
  for (const experiment of input.experiments) {
    const own = inOrder(runs.filter((run) => run.experiment === experiment));
    const drawn = await drawnRuns(own, input.fontFiles);
    const notRun = experiment.protocols.filter(({ id }) => own.every(({ protocol }) => protocol.id !== id));
    const claims = judged.get(experiment.id) ?? experiment.claims.map((claim) => ({ claim, judgements: [] }));
    sections.push({ experiment, drawn, notRun, claims });
  }
  return [
    { path: 'index.html', content: page(sections, input.version) },
    { path: 'report.md', content: markdownReport(sections, input.version) },
    { path: 'tables/verdicts.csv', content: csv(verdictData(sections)) },
    ...sections.flatMap(filesOf),
  ];
}

/** Draws runs of one experiment; what an earlier run of the same protocol shows to the point is not shown again. */
async function drawnRuns(runs: readonly ReportRun[], fontFiles: readonly string[]): Promise<readonly DrawnRun[]> {
  const drawn: DrawnRun[] = [];
  for (const run of runs) {
    const siblings = runs.filter(({ protocol }) => protocol.id === run.protocol.id);
    const before = drawn.filter((one) => siblings.includes(one.run)).flatMap(({ figures }) => figures);
    const figures = await drawFigures(run, siblings, fontFiles);
    drawn.push({ run, figures: figures.filter((figure) => !before.some((other) => isSame(figure, other))) });
  }
  return drawn;
}

/** Whether two figures show the same, to the point: the function that is learnt does not change with the seeds. */
const isSame = (a: DrawnFigure, b: DrawnFigure): boolean => JSON.stringify(a.spec) === JSON.stringify(b.spec);

function filesOf(section: Section): readonly ReportFile[] {
  const { experiment, drawn } = section;
  if (drawn.length === 0) return [];
  return [
    { path: `tables/${experiment.id}.csv`, content: csv(comparisonData(runsOf(section))) },
    ...drawn.flatMap(({ run, figures }) => [
      { path: `tables/${runKey(run)}-tasks.csv`, content: csv(taskTable(run)) },
      ...figures.flatMap(({ key, png, spec }) => [
        { path: `figures/${key}.png`, content: png },
        { path: `figures/${key}.vl.json`, content: `${JSON.stringify(spec)}\n` },
      ]),
    ]),
  ];
}
