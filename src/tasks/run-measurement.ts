import { canonicalJson } from '../base/canonical-json.js';
import { completed } from '../base/complete.js';
import { sha256Hex } from '../base/sha256.js';
import { measurementOf } from '../measurements/index.js';
import { type LoadTrial, trainedNetwork } from './finished-trial.js';
import type { MeasurementResult, MeasurementSpec } from './measurement-spec.js';
import type { TrialHost } from './run-trial.js';

/** What a measurement needs of whoever runs it, and emits to it. */
export interface MeasurementHost extends Pick<TrialHost, 'loadMnist' | 'shouldStop'> {
  readonly loadTrial: LoadTrial;
  /** Receives the share done, in (0, 1]. */
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
  const definition = measurementOf(spec.measure);
  const networks = [];
  for (const id of spec.of) networks.push(trainedNetwork(await host.loadTrial(id)));
  const { values = {}, columns = {} } = await definition.run({
    measure: completed(definition.fields, { ...spec.measure }),
    networks,
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
