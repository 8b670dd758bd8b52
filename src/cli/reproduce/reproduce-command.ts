import { availableParallelism } from 'node:os';
import { counted } from '../../base/counted.js';
import { type PlannedRun, planRuns, runRecord, tasksToRun } from '../../lab/plan-runs.js';
import type { RunListener } from '../../lab/run-tasks.js';
import type { Task } from '../../lab/task.js';
import { openStore } from '../../platform/node/store/store.js';
import type { SectionDraft } from '../../report/model/section-draft.js';
import { tasksSeconds } from '../../study/estimate.js';
import type { PresetName } from '../../study/names.js';
import { chooseExperiments } from '../run/choose-experiments.js';
import { labelsOf, runPlanned, workersOf } from '../run/run-command.js';
import { type PeopleOutput, peopleOutput, troubleLine } from '../run/run-output.js';
import { duration, print, wrapped } from '../text.js';
import { GrowingReport } from './growing-report.js';
import { outcomeLines, summaryLines } from './section-lines.js';

/** Options of `descent reproduce`, as parsed. */
export interface ReproduceCommandOptions {
  readonly preset: PresetName;
  readonly store: string;
  readonly out: string;
  readonly workers?: number;
  readonly data?: string;
}

/**
 * Runs experiments in miniature, says what came of each as soon as it is known, and writes a page that grows with them.
 * Returns the exit code.
 */
export async function reproduceCommand(ids: readonly string[], options: ReproduceCommandOptions): Promise<number> {
  const start = performance.now();
  const { preset } = options;
  const runs = planRuns(await chooseExperiments(ids), { preset, protocol: 'all', twins: 0, settings: [] });
  const tasks = tasksToRun(runs);
  print(...beginning(runs, tasks, options));
  let output: PeopleOutput | undefined;
  const onSection = (draft: SectionDraft, pagePath: string, count: number): void =>
    output?.say(...outcomeLines(draft), '', ...(count === 1 ? [`page: ${pagePath} (open it now: it grows)`, ''] : []));
  const records = runs.map((run) => ({ experiment: run.experiment, record: runRecord(run, preset, []) }));
  const report = await GrowingReport.open(records, { ...options, onSection });
  try {
    const openOutput = async () => {
      output = await openPeopleOutput(tasks, runs);
      return { close: output.close, listen: bothOf(output.listen, report.listen) };
    };
    const code = await runPlanned(runs, tasks, { ...options, set: [], openOutput });
    if (code !== 0) return code;
    await report.finish(availableParallelism());
  } finally {
    report.close();
  }
  print(...ending(report, performance.now() - start));
  return 0;
}

function openPeopleOutput(tasks: readonly Task[], runs: readonly PlannedRun[]): Promise<PeopleOutput> {
  const labels = labelsOf(tasks, runs);
  return peopleOutput(tasks, (index, event) => troubleLine(labels[index] ?? '', event));
}

const bothOf =
  (first: RunListener, second: RunListener): RunListener =>
  (index, event) => {
    first(index, event);
    second(index, event);
  };

const paragraph = (text: string): readonly string[] => [...wrapped(text, { lead: '', hanging: 0 }), ''];

function beginning(runs: readonly PlannedRun[], tasks: readonly Task[], options: ReproduceCommandOptions) {
  const experiments = new Set(runs.map(({ experiment }) => experiment)).size;
  return paragraph(
    `Runs ${counted(experiments, 'experiment')} of the original in miniature: ${counted(tasks.length, 'task')}, ` +
      `${workersOf(options)} at a time, ${timeOf(tasks, options)}. What comes of each experiment \
is said as soon as it is known. ` +
      `Results are kept in ${options.store}: stop at any time, the same command resumes.`,
  );
}

/**
 * A whole call by the estimate of its tasks alone, as timed on two cores: tasks beside each other, figures, the page.
 */
const wholeShare = 1.5;

/** How long what the store does not hold takes, for people. */
function timeOf(tasks: readonly Task[], options: ReproduceCommandOptions): string {
  const { has } = openStore(options.store);
  const left = tasks.filter(({ id }) => !has(id));
  if (left.length === 0) return 'all of them done before';
  const ms = (1000 * wholeShare * tasksSeconds(left)) / workersOf(options);
  return `about ${duration(ms)} on a usual machine`;
}

function ending(report: GrowingReport, ms: number): readonly string[] {
  return [
    '',
    ...paragraph(
      'What was found, one entry a section: first what the original says, then, after "->", what the miniature shows.',
    ),
    ...report.drafts().flatMap(summaryLines),
    '',
    ...paragraph(
      'Miniatures have few seeds, and most have smaller networks or less data: they show which way the numbers point ' +
        'and never judge. Verdicts are in the page, from a ledger of many seeds at full size; npx descent study adds ' +
        'to it.',
    ),
    `page: ${report.pagePath} (it needs no network)`,
    `done in ${duration(ms)}`,
  ];
}
