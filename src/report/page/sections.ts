import type { Experiment, Protocol } from '../../study/experiment.js';
import { type PresetName, presetNames, protocolIds } from '../../study/names.js';
import type { Glimpse, Verdict } from '../../verdicts/index.js';
import { type FigurePlan, planFigures } from '../drawing/figure-plan.js';
import { type QuantityRow, quantityRows } from '../tables/quantity-rows.js';
import { type ReportRun, seedsOf, tasksOfRun } from '../tables/run.js';
import { type ClaimRow, claimRows, glimpseRuns } from '../tables/verdict-rows.js';

/** A run with its figures. */
export interface ShownRun {
  readonly run: ReportRun;
  readonly figures: readonly FigurePlan[];
}

/** One experiment of a report by itself: what was run of it, and what was not. */
export interface SectionDraft {
  readonly experiment: Experiment;
  readonly shown: readonly ShownRun[];
  /** Protocols without a run. */
  readonly notRun: readonly Protocol[];
  /** The quantities of its runs. */
  readonly rows: readonly QuantityRow[];
  /** What its runs show of its claims. */
  readonly glimpses: readonly Glimpse[];
}

/** The same as part of a report. */
export interface Section extends SectionDraft {
  readonly claims: readonly ClaimRow[];
}

/** Takes from the runs of an experiment all that its section shows. */
export function draftSection(experiment: Experiment, unordered: readonly ReportRun[]): SectionDraft {
  const runs = inOrder(unordered);
  const figures = planFigures(runs);
  return {
    experiment,
    shown: runs.map((run, i) => ({ run, figures: figures[i]! })),
    notRun: experiment.protocols.filter(({ id }) => runs.every(({ protocol }) => protocol.id !== id)),
    rows: quantityRows(runs),
    glimpses: glimpseRuns(runs),
  };
}

/** The sections of a report with the verdicts on their claims, which come from the ledger, whatever was run here. */
export const joinSections = (drafts: readonly SectionDraft[], verdicts: readonly Verdict[]): readonly Section[] =>
  drafts.map((draft) => ({ ...draft, claims: claimRows(draft.experiment, verdicts, draft.glimpses) }));

/** Runs in the order in which a section shows them: by protocol, then the larger preset last. */
const inOrder = (runs: readonly ReportRun[]): readonly ReportRun[] =>
  runs.toSorted(
    (a, b) =>
      protocolIds.indexOf(a.protocol.id) - protocolIds.indexOf(b.protocol.id) ||
      presetNames.indexOf(a.presetName) - presetNames.indexOf(b.presetName),
  );

/** The runs that a section shows, in its order. */
export const runsOf = ({ shown }: SectionDraft): readonly ReportRun[] => shown.map(({ run }) => run);

/** A count with its noun: `1 trial`, `3 trials`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What was run, in a few words: each is a fact of all sections together. */
export function runFacts(sections: readonly Section[]): readonly string[] {
  const runs = sections.flatMap(runsOf);
  const tasks = new Map(runs.flatMap(tasksOfRun).map((task) => [task.id, task]));
  const records = [...tasks.values()].flatMap(({ record }) => record ?? []);
  const trials = runs.flatMap(({ trials, twins }) => [...trials, ...twins]);
  const presets = [...new Set(runs.map(({ presetName }) => presetName))];
  const seconds = records.reduce((total, { durationMs }) => total + durationMs / 1000, 0);
  const missing = tasks.size - records.length;
  return [
    `${counted(new Set(runs.map(({ experiment }) => experiment.id)).size, 'experiment')} of ${sections.length}`,
    `${presets.length === 1 ? 'preset' : 'presets'} ${presets.join(', ')}`,
    counted(new Set(trials.map(({ id }) => id)).size, 'trial'),
    counted(new Set(runs.flatMap(({ measurements }) => measurements.map(({ id }) => id))).size, 'measurement'),
    ...(missing > 0 ? [`${missing} missing`] : []),
    `up to ${counted(Math.max(...runs.map((run) => seedsOf(run).length)), 'seed')}`,
    `${durationText(seconds)} of computing`,
  ];
}

function durationText(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/**
 * What to know before numbers are compared with the report's; undefined if they are of the report's own sizes and
 * settings.
 */
export function caution(run: ReportRun): string | undefined {
  const changed = run.settings.length > 0 ? `Changed from the preset: ${run.settings.join(', ')}.` : '';
  const small = run.preset.miniature
    ? "Miniature: numbers are not expected to be the report's, and no verdict counts."
    : '';
  return [small, changed].filter((text) => text !== '').join(' ') || undefined;
}

/** The command that runs a protocol that was not run, in the preset of the other runs or its largest that is quick. */
export function firstCommand({ id }: Experiment, protocol: Protocol): string {
  const has = (name: PresetName): boolean => protocol.presets[name] !== undefined;
  const preset = (['quick', 'report', 'study', 'smoke'] as const).find(has) ?? 'quick';
  return `npx descent run ${id} --protocol ${protocol.id} --preset ${preset}`;
}
