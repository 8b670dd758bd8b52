import type { Dataset } from '../../../base/dataset.js';
import { type Field, word } from '../../../base/fields.js';
import type { Batch } from '../../network/inputs.js';
import type { BatchResult, Evaluation, Network } from '../../network/network.js';

/** What an observation asks of a run besides the network. */
export type Need = 'labels' | 'testSet' | 'curvature';

/** One column of the rows of metrics: its words for people, and its unit with its range. */
export interface Column {
  readonly words: string;
  readonly unit: string;
}

/** Where a row stands in its run. */
export interface Moment {
  /** Counts from 1, through all epochs. */
  readonly step: number;
  readonly endsEpoch: boolean;
  readonly isLast: boolean;
  /** Whether something was not finite there: evaluations are then left out. */
  readonly diverged: boolean;
  /** Places of the layers that have parameters. */
  readonly layers: readonly number[];
}

/** Places in a network of the layers that have parameters, by the names of its tensors: 0 of `0.weight`. */
export const placesOfLayers = (shapes: readonly { readonly name: string }[]): readonly number[] => [
  ...new Set(shapes.map(({ name }) => Number(name.split('.')[0]))),
];

/** How long a run is at most, and on how many samples. */
export interface RunSize {
  readonly epochs: number;
  readonly steps: number;
  readonly train: number;
  readonly test: number;
}

/** Samples whose gradient is taken outside of steps, and samples that only go forward, all in all. */
export interface ObservationWork {
  readonly gradients: number;
  readonly evaluated: number;
}

/** A step that was taken. */
export interface StepTaken {
  readonly epoch: number;
  /** Counts from 1, through all epochs. */
  readonly step: number;
  readonly result: BatchResult;
  /** Samples of its batch. */
  readonly count: number;
  /** Samples and steps of its epoch so far, these included. */
  readonly seen: number;
  readonly steps: number;
  readonly endsEpoch: boolean;
}

/** Measures the curvature where a network stands, without moving it. */
export type CurvatureProbe = (
  network: Network,
  batch: Batch,
) => { readonly lambdaMax?: number; readonly preconditionedLambdaMax?: number };

/** What observers remember of an epoch between two of its steps, by name. */
export type Sums = Readonly<Record<string, number>>;

/** A run as its observers see it. */
export interface Observed {
  readonly network: Network;
  readonly data: Dataset;
  readonly test?: Dataset;
  readonly curvatureProbe?: CurvatureProbe;
  readonly onSnapshot?: (epoch: number, values: Float32Array) => void;
  /** The last evaluation of each set, which observers replace. */
  readonly evaluation: { train?: Evaluation; test?: Evaluation };
  /** Where a run resumes: what the observers before remembered. */
  readonly sums?: Sums;
}

/**
 * One observation at work on one run. Methods run in the order of the list of observations, and each adds to the row.
 */
export interface Observer<C extends string = string> {
  /** Whether it reads the gradients of every step, or of an epoch's last one. */
  readonly gradients?: Cadence;
  /** Before the first step of a run that does not resume. */
  start?(): void;
  /** Before a step, at the parameters from which it starts. */
  beforeStep?(step: number): void;
  /** After a step. */
  step?(row: { [N in C]?: number }, taken: StepTaken): void;
  /** After the last step of an epoch, unless the run diverged there. */
  endEpoch?(row: { [N in C]?: number }, epoch: number): void;
  /** After the last epoch, into the last row; not after a run that diverged or was stopped. */
  end?(row: { [N in C]?: number }): void;
  /** What it has to remember between two steps. */
  sums?(): Sums;
}

/** A sum as it was saved, or 0. @throws RangeError if others were saved, but not this one */
export function savedSum({ sums }: Observed, name: string): number {
  if (!sums) return 0;
  const value = sums[name];
  if (value === undefined) throw new RangeError(`recorder state: expected a number ${name}, got none`);
  return value;
}

/**
 * One thing that can be observed while a network trains: its field in `observe`, and the columns of metrics that it
 * emits. `Name` is the field's name, `T` the field's value, `C` the names of the columns.
 */
export interface Observation<Name extends string = string, T = unknown, C extends string = string> {
  readonly name: Name;
  readonly field: Field<T>;
  readonly columns: Readonly<Record<C, Column>>;
  /** The columns that it has for each layer with parameters: its own name with the layer's place behind it. */
  readonly ofLayers?: Column;
  readonly needs?: readonly Need[];
  /** Columns that the row of a moment holds, as far as data and optimizer have them. */
  emits(setting: T, moment: Moment): readonly C[];
  /** Work beside the steps; none where it is absent. */
  work?(setting: T, run: RunSize): Partial<ObservationWork>;
  /** Observes a run. */
  observe(setting: T, run: Observed): Observer<C>;
}

/** Defines an observation; its types follow from what is written. */
export const defineObservation = <const Name extends string, T, const C extends string>(
  observation: Observation<Name, T, C>,
): Observation<Name, T, C> => observation;

/** Once a step (before the step is taken) or once an epoch (at its end). */
export type Cadence = 'step' | 'epoch';
/** Once an epoch, or once after the last epoch. */
export type EvaluationCadence = 'epoch' | 'end';

/** A field for a cadence by step or by epoch. */
export const byStepOrEpoch = (about: string): Field<Cadence, 'needed'> => word(about, ['step', 'epoch']);
/** A field for what can only be observed by epoch. */
export const byEpoch = (about: string): Field<'epoch', 'needed'> => word(about, ['epoch']);

/** Whether something is due after a step. */
export const isDue = (cadence: Cadence, endsEpoch: boolean): boolean => cadence === 'step' || endsEpoch;
