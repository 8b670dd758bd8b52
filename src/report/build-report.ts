import { UserError } from '../base/errors.js';
import type { Experiment } from '../experiments/experiment.js';
import type { RunRecord, TrialRecord } from '../lab/record.js';
import { drawFigures } from './figures.js';
import { markdownReport } from './markdown.js';
import { page } from './page.js';
import { joinRun, runKey } from './run.js';
import { comparisonData, csv, trialTable } from './tables.js';

/** What a report is made from. */
export interface ReportInput {
  readonly experiments: readonly Experiment[];
  /** The runs to show, each a section, in this order. */
  readonly runs: readonly RunRecord[];
  /** Finished trials by id; a planned trial that is not among them is shown as missing. */
  readonly records: ReadonlyMap<string, TrialRecord>;
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
  const sections = [];
  for (const record of input.runs) {
    const run = joinRun(record, input.experiments, input.records);
    sections.push({ run, figures: await drawFigures(run, input.fontFiles) });
  }
  const files: ReportFile[] = [
    { path: 'index.html', content: page(sections, input.version) },
    { path: 'report.md', content: markdownReport(sections, input.version) },
  ];
  for (const { run, figures } of sections) {
    files.push({ path: `tables/${runKey(run)}.csv`, content: csv(comparisonData(run)) });
    files.push({ path: `tables/${runKey(run)}-trials.csv`, content: csv(trialTable(run)) });
    for (const { key, png, spec } of figures) {
      files.push({ path: `figures/${key}.png`, content: png });
      files.push({ path: `figures/${key}.vl.json`, content: `${JSON.stringify(spec)}\n` });
    }
  }
  return files;
}
