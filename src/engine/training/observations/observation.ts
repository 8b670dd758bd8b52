import { type Field, word } from '../../../base/fields.js';

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
}

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

/**
 * One thing that can be observed while a network trains: its field in `observe`, and the columns of metrics that it emits.
 * `Name` is the field's name, `T` the field's value, `C` the names of the columns.
 */
export interface Observation<Name extends string = string, T = unknown, C extends string = string> {
  readonly name: Name;
  readonly field: Field<T>;
  readonly columns: Readonly<Record<C, Column>>;
  readonly needs?: readonly Need[];
  /** Columns that the row of a moment holds, as far as data and optimizer have them. */
  emits(setting: T, moment: Moment): readonly C[];
  /** Work beside the steps; none where it is absent. */
  work?(setting: T, run: RunSize): Partial<ObservationWork>;
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
