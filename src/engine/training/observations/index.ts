/**
 * Everything that can be observed while a network trains; definitions: docs/definitions.md. This list is the only one.
 */
import { type Field, type Fields, optional, type SpecOf } from '../../../base/fields.js';
import { accuracy } from './accuracy.js';
import { test, train } from './evaluation.js';
import { gradNorm } from './grad-norm.js';
import { lambdaMax } from './lambda-max.js';
import { lastBatchLoss } from './last-batch-loss.js';
import { layerGradNorm } from './layer-grad-norm.js';
import { loss } from './loss.js';
import type { Column, Moment, Need, Observation, ObservationWork, Observed, Observer, RunSize } from './observation.js';
import { snapshots } from './snapshots.js';
import { stepLoss } from './step-loss.js';
import { tensorGradNorm } from './tensor-grad-norm.js';

export type {
  Cadence,
  Column,
  CurvatureProbe,
  EvaluationCadence,
  Moment,
  Need,
  ObservationWork,
  Observed,
  Observer,
  RunSize,
  StepTaken,
  Sums,
} from './observation.js';
export { placesOfLayers } from './observation.js';
export { isSnapshotEpoch, type SnapshotSpec, snapshotTensors } from './snapshots.js';

/** The observations, in the order of their columns. */
const list = [
  loss,
  lastBatchLoss,
  gradNorm,
  accuracy,
  train,
  test,
  tensorGradNorm,
  lambdaMax,
  snapshots,
  layerGradNorm,
  stepLoss,
] as const;

type Listed = (typeof list)[number];
type FieldOf<O> = O extends Observation<string, infer T, string> ? Field<T, 'optional'> : never;
type ColumnOf<O> = O extends Observation<string, infer _, infer C> ? C : never;
type ObserveFields = { readonly [O in Listed as O['name']]: FieldOf<O> };

export const observations: readonly Observation[] = list;

/** The fields of `observe`, by name. */
export const observeFields: ObserveFields = Object.fromEntries(
  observations.map(({ name, field }) => [name, optional(field)]),
) as Fields as ObserveFields;

/** What is recorded while training; what is left out is not computed. */
export type ObserveSpec = SpecOf<ObserveFields>;

/** A metric: a column of the rows of observations. */
export type MetricName = ColumnOf<Listed>;

/**
 * One row of observations. `epoch` and `step` count from 1; `step` counts through all epochs. Absent fields were not
 * observed there.
 */
export type MetricRow = { readonly epoch: number; readonly step: number } & { readonly [C in MetricName]?: number };

/** Every metric with its words and unit, in the order of the columns; those of layers are not among them. */
export const metrics = Object.assign({}, ...observations.map(({ columns }) => columns)) as Readonly<
  Record<MetricName, Column>
>;

/** Every metric, in the order of the columns; those of layers are not among them. */
export const metricNames = Object.keys(metrics) as readonly MetricName[];

/** Words and unit of a metric, be it of a layer; undefined for a name that is none. */
export function columnOf(name: string): Column | undefined {
  if (Object.hasOwn(metrics, name)) return metrics[name as MetricName];
  const [, family, place] = /^([A-Za-z]+)(\d+)$/.exec(name) ?? [];
  const column = observations.find((one) => one.name === family)?.ofLayers;
  return column && { ...column, words: `${column.words} ${place}` };
}

/** What is observed, each with its setting. */
function observed(observe: ObserveSpec): readonly { readonly observation: Observation; readonly setting: unknown }[] {
  const settings = observe as Readonly<Record<string, unknown>>;
  return observations
    .map((observation) => ({ observation, setting: settings[observation.name] }))
    .filter(({ setting }) => setting !== undefined);
}

/** Metrics that the row of a moment holds, as far as data and optimizer have them. */
export const metricsAt = (observe: ObserveSpec, moment: Moment): readonly MetricName[] =>
  observed(observe).flatMap(({ observation, setting }) => observation.emits(setting, moment)) as MetricName[];

/** Names of the observations that need something. */
export const observationsWith = (need: Need, observe: ObserveSpec): readonly (keyof ObserveSpec)[] =>
  observed(observe)
    .filter(({ observation }) => observation.needs?.includes(need))
    .map(({ observation }) => observation.name as keyof ObserveSpec);

/** What observing takes beside the steps of a run. */
export function observationWork(observe: ObserveSpec, run: RunSize): ObservationWork {
  const works = observed(observe).map(({ observation, setting }) => observation.work?.(setting, run) ?? {});
  const sum = (part: keyof ObservationWork) => works.reduce((total, work) => total + (work[part] ?? 0), 0);
  return { gradients: sum('gradients'), evaluated: sum('evaluated') };
}

/** An observer for each thing that is observed, in the order of the list. */
export const observersOf = (observe: ObserveSpec, run: Observed): readonly Observer[] =>
  observed(observe).map(({ observation, setting }) => observation.observe(setting, run));
