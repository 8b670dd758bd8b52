import type { Experiment } from '../../study/experiment.js';
import { presetNames, protocolIds } from '../../study/names.js';
import { type Glimpse, glimpseRun } from '../../verdicts/index.js';
import { type FigurePlan, planFigures } from '../drawing/figure-plan.js';
import { type QuantityRow, quantityRows } from '../tables/quantity-rows.js';
import { type ReportRun, seedsOf, tasksOfRun } from '../tables/run.js';

/** A run with its figures. */
export interface ShownRun {
  readonly run: ReportRun;
  readonly figures: readonly FigurePlan[];
}

/** One experiment of a report, without its verdicts: what was run of it. */
export interface SectionDraft {
  readonly experiment: Experiment;
  readonly shown: readonly ShownRun[];
  /** The quantities of its runs. */
  readonly rows: readonly QuantityRow[];
  /** Which way its runs point; they judge nothing. */
  readonly glimpses: readonly Glimpse[];
}

/** Takes from the runs of an experiment all that its section shows. */
export function draftSection(experiment: Experiment, unordered: readonly ReportRun[]): SectionDraft {
  const runs = inOrder(unordered);
  const figures = planFigures(runs);
  return {
    experiment,
    shown: runs.map((run, i) => ({ run, figures: figures[i]! })),
    rows: quantityRows(runs),
    glimpses: glimpsesOf(runs),
  };
}

/** Runs in the order in which a section shows them: by protocol, then the larger preset last. */
const inOrder = (runs: readonly ReportRun[]): readonly ReportRun[] =>
  runs.toSorted(
    (a, b) =>
      protocolIds.indexOf(a.protocol.id) - protocolIds.indexOf(b.protocol.id) ||
      presetNames.indexOf(a.presetName) - presetNames.indexOf(b.presetName),
  );

/** Of each protocol what the run with the most seeds shows, a miniature only if there is no other. */
function glimpsesOf(runs: readonly ReportRun[]): readonly Glimpse[] {
  const weight = (run: ReportRun): number => (run.preset.miniature ? 0 : 1e6) + seedsOf(run).length;
  return protocolIds.flatMap((id) => {
    const own = runs.filter(({ protocol }) => protocol.id === id).toSorted((a, b) => weight(b) - weight(a));
    return own.slice(0, 1).flatMap((run) => glimpseRun(explored(run)));
  });
}

function explored(run: ReportRun): Parameters<typeof glimpseRun>[0] {
  const tasks = tasksOfRun(run);
  return {
    experiment: run.experiment,
    protocol: run.protocol,
    miniature: run.preset.miniature,
    tasks: tasks.map((task) => ({ ...task, arm: task.arm.id })),
    results: new Map(tasks.flatMap(({ id, record }) => (record ? [[id, record] as const] : []))),
  };
}

/** The runs that a section shows, in its order. */
export const runsOf = ({ shown }: SectionDraft): readonly ReportRun[] => shown.map(({ run }) => run);

/** The figures of a section, in the order of the page. */
export const figuresOf = ({ shown }: SectionDraft): readonly FigurePlan[] => shown.flatMap(({ figures }) => figures);
