import { UserError } from '../../base/errors.js';
import type { RunRecord } from '../../lab/record.js';
import type { Experiment } from '../../study/experiment.js';
import type { DrawnFigure, FigureRequest } from '../drawing/draw-figure.js';
import type { FigurePlan } from '../drawing/figure-plan.js';
import { type ModelOptions, pageModel } from '../model/build-model.js';
import { pageJson } from '../model/page-json.js';
import type { PageModel } from '../model/page-model.js';
import { draftSection, figuresOf, runsOf, type SectionDraft } from '../model/section-draft.js';
import { csv } from '../tables/csv.js';
import { joinRun, type Results, runKey } from '../tables/run.js';
import { comparisonData, taskTable } from '../tables/tables.js';
import { verdictData } from '../tables/verdict-tables.js';
import { markdownReport } from './markdown.js';
import { page } from './page.js';

/** What a report is made from. */
export interface ReportInput extends ModelOptions {
  /** Those to show, in this order; one without a run is shown as not run. */
  readonly experiments: readonly Experiment[];
  /** The runs to show; of one protocol there may be several, in different presets. */
  readonly runs: readonly RunRecord[];
  /** Finished tasks by id; a planned one that is not among them is shown as missing. */
  readonly results: Results;
  /** Draws a figure; several are asked for at once. */
  readonly draw: (figure: FigureRequest) => Promise<DrawnFigure>;
}

/** A file of the report; its path is relative to the report's folder. */
export interface ReportFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Builds a report: one page that needs nothing else (`index.html`), the same as Markdown and as JSON, each figure as
 * PNG and as Vega-Lite JSON, each table as CSV. The same input gives the same files.
 * @throws UserError if there is neither a run nor a verdict, or a run that does not fit the experiments.
 */
export async function buildReport(input: ReportInput): Promise<readonly ReportFile[]> {
  const { experiments, runs, results, verdicts = [] } = input;
  if (runs.length === 0 && verdicts.length === 0) {
    throw new UserError('report: expected at least one run, got none; run an experiment first');
  }
  const joined = runs.map((run) => joinRun(run, experiments, results));
  const drafts = experiments.map((experiment) =>
    draftSection(
      experiment,
      joined.filter((run) => run.experiment === experiment),
    ),
  );
  const plans = drafts.flatMap(figuresOf);
  const drawn = await Promise.all(plans.map((figure) => input.draw(figure)));
  const drawings = new Map(plans.map(({ key }, i) => [key, drawn[i]!] as const));
  const model = pageModel(drafts, input);
  return [
    { path: 'index.html', content: page(model, { drawings }) },
    ...tableFiles(drafts, model),
    ...plans.flatMap((figure, i) => figureFiles(figure, drawn[i]!.png)),
  ];
}

/** Everything but the page and the figures: the report as Markdown and as JSON, and the tables. */
export const tableFiles = (drafts: readonly SectionDraft[], model: PageModel): readonly ReportFile[] => [
  { path: 'report.md', content: markdownReport(model) },
  { path: 'page.json', content: pageJson(model) },
  ...(model.coverage?.table ? [{ path: model.coverage.file, content: csv(model.coverage.table) }] : []),
  { path: 'tables/verdicts.csv', content: csv(verdictData(model)) },
  ...drafts.flatMap(tablesOf),
];

/** A figure as files of its own. */
export const figureFiles = ({ key, specs }: FigurePlan, png: Uint8Array): readonly ReportFile[] => [
  { path: `figures/${key}.png`, content: png },
  { path: `figures/${key}.vl.json`, content: `${specs.alone}\n` },
];

function tablesOf(draft: SectionDraft): readonly ReportFile[] {
  const runs = runsOf(draft);
  if (runs.length === 0) return [];
  return [
    { path: `tables/${draft.experiment.id}.csv`, content: csv(comparisonData(runs, draft.rows)) },
    ...runs.map((run) => ({ path: `tables/${runKey(run)}-tasks.csv`, content: csv(taskTable(run)) })),
  ];
}
