import { UserError } from '../../base/errors.js';
import type { RunRecord } from '../../lab/record.js';
import type { Experiment } from '../../study/experiment.js';
import type { Verdict } from '../../verdicts/index.js';
import type { DrawnFigure, FigureRequest } from '../drawing/draw-figure.js';
import type { FigurePlan } from '../drawing/figure-plan.js';
import { csv } from '../tables/csv.js';
import { joinRun, type Results, runKey } from '../tables/run.js';
import { comparisonData, taskTable } from '../tables/tables.js';
import { verdictData } from '../tables/verdict-tables.js';
import { markdownReport } from './markdown.js';
import { page } from './page.js';
import { draftSection, joinSections, runsOf, type Section, type SectionDraft } from './sections.js';

/** What a report is made from. */
export interface ReportInput {
  /** Those to show, in this order; one without a run is shown as not run yet. */
  readonly experiments: readonly Experiment[];
  /** The runs to show; of one protocol there may be several, in different presets. */
  readonly runs: readonly RunRecord[];
  /** Finished tasks by id; a planned one that is not among them is shown as missing. */
  readonly results: Results;
  /** Verdicts of the ledger. Default none. */
  readonly verdicts?: readonly Verdict[];
  /** Version of this package, named on the page. */
  readonly version: string;
  /** Draws a figure; several are asked for at once. */
  readonly draw: (figure: FigureRequest) => Promise<DrawnFigure>;
}

/** A file of the report; its path is relative to the report's folder. */
export interface ReportFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Builds a report: one page that needs nothing else (`index.html`), the same as Markdown, each figure as PNG and as
 * Vega-Lite JSON, each table as CSV. The same input gives the same files.
 * @throws UserError if there is no run, or a run that does not fit the experiments.
 */
export async function buildReport(input: ReportInput): Promise<readonly ReportFile[]> {
  const { experiments, runs, results, version, verdicts = [] } = input;
  if (runs.length === 0) throw new UserError('report: expected at least one run, got none; run an experiment first');
  const joined = runs.map((run) => joinRun(run, experiments, results));
  const drafts = experiments.map((experiment) =>
    draftSection(
      experiment,
      joined.filter((run) => run.experiment === experiment),
    ),
  );
  const drawn = drafts.flatMap(figuresOf).map(async (figure) => [figure, await input.draw(figure)] as const);
  const drawings = new Map(await Promise.all(drawn));
  const sections = joinSections(drafts, verdicts);
  return [
    { path: 'index.html', content: page(sections, { version, drawings }) },
    ...tableFiles(sections, version),
    ...[...drawings].flatMap(([figure, { png }]) => figureFiles(figure, png)),
  ];
}

/** The figures of a section, in the order of the page. */
export const figuresOf = ({ shown }: SectionDraft): readonly FigurePlan[] => shown.flatMap(({ figures }) => figures);

/** Everything but the page and the figures: the report as Markdown, and the tables. */
export const tableFiles = (sections: readonly Section[], version: string): readonly ReportFile[] => [
  { path: 'report.md', content: markdownReport(sections, version) },
  { path: 'tables/verdicts.csv', content: csv(verdictData(sections)) },
  ...sections.flatMap(tablesOf),
];

/** A figure as files of its own. */
export const figureFiles = ({ key, specs }: FigurePlan, png: Uint8Array): readonly ReportFile[] => [
  { path: `figures/${key}.png`, content: png },
  { path: `figures/${key}.vl.json`, content: `${specs.alone}\n` },
];

function tablesOf(section: Section): readonly ReportFile[] {
  const { experiment, rows } = section;
  const runs = runsOf(section);
  if (runs.length === 0) return [];
  return [
    { path: `tables/${experiment.id}.csv`, content: csv(comparisonData(runs, rows)) },
    ...runs.map((run) => ({ path: `tables/${runKey(run)}-tasks.csv`, content: csv(taskTable(run)) })),
  ];
}
