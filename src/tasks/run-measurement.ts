import { canonicalJson } from '../base/canonical-json.js';
import { sha256Hex } from '../base/sha256.js';
import type { MeasureContext, RawResult } from '../measurements/context.js';
import { measureCriticalPoint } from '../measurements/critical-point.js';
import { measureCurvature } from '../measurements/curvature.js';
import { measureGridError } from '../measurements/grid-error.js';
import { measureHessian } from '../measurements/hessian.js';
import { measureInterpolation } from '../measurements/interpolation.js';
import { measureMinimalRatioAsCoded } from '../measurements/minimal-ratio-as-coded.js';
import { measurePredictions } from '../measurements/predictions.js';
import { measureSensitivity } from '../measurements/sensitivity.js';
import { measureSharpness } from '../measurements/sharpness.js';
import { measureSpectrum } from '../measurements/spectrum.js';
import { measureSurface } from '../measurements/surface.js';
import { measureTrajectory } from '../measurements/trajectory.js';
import type { LoadTrial } from './finished-trial.js';
import type { MeasurementResult, MeasurementSpec, MeasureName } from './measurement-spec.js';
import type { TrialHost } from './run-trial.js';

const measures: { readonly [N in MeasureName]: (context: MeasureContext<N>) => Promise<RawResult> } = {
  interpolation: measureInterpolation,
  trajectory: measureTrajectory,
  sharpness: measureSharpness,
  curvature: measureCurvature,
  sensitivity: measureSensitivity,
  gridError: measureGridError,
  predictions: measurePredictions,
  criticalPoint: measureCriticalPoint,
  minimalRatioAsCoded: measureMinimalRatioAsCoded,
  hessian: measureHessian,
  spectrum: measureSpectrum,
  surface: measureSurface,
};

/** What a measurement needs from, and tells to, whoever runs it. */
export interface MeasurementHost extends Pick<TrialHost, 'loadMnist' | 'shouldStop'> {
  readonly loadTrial: LoadTrial;
  /** Told the share done, in (0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/** A measurement's end. `hash` is the SHA-256 of the result's canonical JSON. */
export interface MeasurementOutcome {
  readonly result: MeasurementResult;
  readonly hash: string;
}

/**
 * Takes one valid measurement. The outcome depends on the spec alone.
 * @throws UserError if a trial is not fit for it, or the host asked it to stop
 */
export async function runMeasurement(spec: MeasurementSpec, host: MeasurementHost): Promise<MeasurementOutcome> {
  const trials = [];
  for (const id of spec.of) trials.push(await host.loadTrial(id));
  const take = measures[spec.measure.name] as (context: MeasureContext<MeasureName>) => Promise<RawResult>;
  const { values = {}, columns = {} } = await take({
    measure: spec.measure,
    trials,
    seed: spec.seed,
    loadMnist: host.loadMnist,
    onProgress(share) {
      if (host.shouldStop?.()) throw new Error('stopped');
      host.onProgress?.(share);
    },
  });
  const result: MeasurementResult = {
    values: mapValues(values, finiteOrNull),
    columns: mapValues(columns, (column) => Array.from(column, finiteOrNull)),
  };
  return { result, hash: sha256Hex(canonicalJson(result)) };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

function mapValues<A, B>(object: Readonly<Record<string, A>>, change: (value: A) => B): Readonly<Record<string, B>> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
