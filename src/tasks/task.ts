import { canonicalJson } from '../base/canonical-json.js';
import { completed } from '../base/complete.js';
import { sha256Hex } from '../base/sha256.js';
import { dataDigest } from '../data/sources/index.js';
import { measurementOf } from '../measurements/index.js';
import { canonicalMeasurement } from './measurement-defaults.js';
import type { MeasurementSpec, MeasureSpec } from './measurement-spec.js';
import { parseMeasurementSpec } from './schema/measurement-schema.js';
import { parseTrialSpec } from './schema/trial-schema.js';
import { type EngineIdentity, trialId } from './trial-id.js';
import type { DataSpec, TrialSpec } from './trial-spec.js';

/** Anything that is computed once and kept under its id: a training run, or a measurement of some. */
export type TaskSpec = TrialSpec | MeasurementSpec;

/** What a task is. A trial may leave it out. */
export const taskKind = (spec: TaskSpec): 'trial' | 'measurement' => spec.kind ?? 'trial';

/** Ids of the finished trials that a task reads, each once. */
export function needsOf(spec: TaskSpec): readonly string[] {
  if (spec.kind === 'measurement') return [...new Set(spec.of)];
  return spec.init?.kind === 'interpolated' ? [...new Set(spec.init.from)] : [];
}

/** Data that a task reads besides the results of others; undefined for a measurement of trials, which brings theirs. */
export function dataOf(spec: TaskSpec): DataSpec | undefined {
  if (spec.kind !== 'measurement') return spec.data;
  return measurementOf(spec.measure).trains?.({ ...spec.measure }).data;
}

/**
 * A task's id: what its result depends on, as one hash. 64 hex digits.
 *
 *     trial:        see trialId
 *     measurement:  SHA-256(canonical JSON of { measurement without defaults, digest of its own data, revision of the
 * measure, engine })
 */
export function taskId(spec: TaskSpec, engine: EngineIdentity): string {
  if (spec.kind !== 'measurement') return trialId(spec, engine);
  const data = dataOf(spec);
  return sha256Hex(
    canonicalJson({
      measurement: canonicalMeasurement(spec),
      ...(data && { data: dataDigest(data) }),
      measures: revisionOf(spec.measure),
      engine: { kernels: engine.kernelsDigest, revision: engine.engineRevision },
    }),
  );
}

function revisionOf(measure: MeasureSpec): number {
  const { fields, revision = 1, revisionFor } = measurementOf(measure);
  return revisionFor?.(completed(fields, { ...measure })) ?? revision;
}

/**
 * Checks a task's JSON whole, whichever it is.
 * @throws SpecError as `parseTrialSpec` and `parseMeasurementSpec`
 */
export function parseTaskSpec(json: unknown): TaskSpec {
  const isOther = typeof json === 'object' && json !== null && 'kind' in json && json.kind !== 'trial';
  return isOther ? parseMeasurementSpec(json) : parseTrialSpec(json);
}
