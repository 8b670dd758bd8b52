import { SpecError } from '../base/errors.js';
import type { MetricRow } from '../engine/train-spec.js';
import type { TrialSpec } from '../trials/trial-spec.js';

/** `smoke`: seconds, shows nothing; `quick`: a miniature that shows the effect; `report`: the report's own sizes. */
export type PresetName = 'smoke' | 'quick' | 'report';

/** One configuration that is compared with others: a trial without its seed. */
export interface Arm {
  readonly id: string;
  readonly label: string;
  readonly spec: Omit<TrialSpec, 'seed'>;
}

/** What one preset runs: every arm from every seed. */
export interface Preset {
  readonly seeds: readonly number[];
  readonly arms: readonly Arm[];
  /** What this preset changes, and what may be read from it. */
  readonly note: string;
  /** True if its sizes are below the report's, so that its numbers are not expected to be the report's. */
  readonly miniature: boolean;
  /** On one worker, in seconds. */
  readonly estimatedSeconds: number;
}

/** An observation that a figure or a table can show. */
export type MetricName = Exclude<keyof MetricRow, 'epoch' | 'step'>;

/** An axis; its label names the quantity and, in brackets, its unit. */
export interface Axis {
  readonly label: string;
  /** Default linear. */
  readonly scale?: 'linear' | 'log';
  /** Values are shares that are shown as percent. Default false. */
  readonly percent?: boolean;
}

interface FigureText {
  readonly id: string;
  readonly title: string;
  /** What to see in it, true whatever the numbers are. */
  readonly caption: string;
  readonly x: Axis;
  readonly y: Axis;
}

/** A figure as data: which values of which trials, along which axes. Every arm is drawn, in the order of the preset. */
export type Figure =
  /** A metric along the epochs; `threshold` is a horizontal line with a name. */
  | (FigureText & {
      readonly kind: 'metric';
      readonly metric: MetricName;
      readonly threshold?: { readonly value: number; readonly label: string };
    })
  /** The function that is learnt, at the points that it is learnt from. */
  | (FigureText & { readonly kind: 'truth' })
  /** What each trained network makes of those points, over the truth. */
  | (FigureText & { readonly kind: 'predictions' });

/** How one number is taken from one trial. */
export type Measure =
  /** Epochs trained until the trial ended. */
  | { readonly kind: 'epochs' }
  /** The last value of a metric. */
  | { readonly kind: 'last'; readonly metric: MetricName };

/** A measured number beside the one that was reported. */
export interface Quantity {
  readonly id: string;
  readonly label: string;
  readonly measure: Measure;
  /** Values are shares that are shown as percent; differences are then in points. Default false. */
  readonly percent?: boolean;
  /** Decimals shown. */
  readonly decimals: number;
  /** Shown on the first screen as well. Default false. */
  readonly headline?: boolean;
  /** Reported values by arm, in the unit that is shown. An arm that is not named was not reported. */
  readonly reported: Readonly<Record<string, { readonly value: number; readonly note?: string }>>;
  /** Where the reported values are from. */
  readonly source: string;
}

/** A point at which the report's text, its code and its figures do not say the same. */
export interface Disagreement {
  readonly id: string;
  readonly about: string;
  readonly written: string;
  readonly coded: string;
  /** What follows for the reader; left out where it speaks for itself. */
  readonly consequence?: string;
}

/** A question, the trials that answer it, and how the answer is shown. It never knows who runs it. */
export interface Experiment {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly question: string;
  /** What the trials do, and on whose authority. */
  readonly protocol: string;
  readonly presets: Readonly<Record<PresetName, Preset>>;
  readonly figures: readonly Figure[];
  readonly quantities: readonly Quantity[];
  readonly disagreements: readonly Disagreement[];
}

/** A trial of an experiment's plan. */
export interface PlannedTrial {
  readonly experiment: string;
  readonly arm: string;
  readonly seed: number;
  readonly spec: TrialSpec;
}

/**
 * The trials of a preset: seed by seed, every arm of it, so that the arms of a seed are done together.
 * @throws SpecError if no seed is given.
 */
export function trialsOf(
  experiment: Experiment,
  presetName: PresetName,
  seeds?: readonly number[],
): readonly PlannedTrial[] {
  const preset = experiment.presets[presetName];
  const chosen = seeds ?? preset.seeds;
  if (chosen.length === 0) throw new SpecError('seeds', `expected at least one seed for ${experiment.id}, got none`);
  return chosen.flatMap((seed) =>
    preset.arms.map((arm) => ({ experiment: experiment.id, arm: arm.id, seed, spec: { ...arm.spec, seed } })),
  );
}
