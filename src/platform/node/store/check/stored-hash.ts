import { join } from 'node:path';
import { canonicalJson } from '../../../../base/canonical-json.js';
import { UserError } from '../../../../base/errors.js';
import { sha256Hex } from '../../../../base/sha256.js';
import { parameterShapes } from '../../../../engine/index.js';
import { networkOf } from '../../../../engine/model-spec.js';
import { type MetricRow, metricsAt, placesOfLayers } from '../../../../engine/training/observations/index.js';
import type { MetricColumns } from '../../../../lab/record.js';
import { resultHasher } from '../../../../tasks/result-hash.js';
import type { TrialSummary } from '../../../../tasks/trial-result.js';
import type { TrialSpec } from '../../../../tasks/trial-spec.js';
import { readJson } from '../../files.js';
import { readParameters } from '../finished-trials.js';
import { readMetrics } from '../metrics-file.js';
import { taskFiles } from '../task-files.js';

/**
 * Whether metrics and weights of a trial's folder have the result hash that its result names
 * (docs/definitions.md#result-hash).
 * @throws UserError if a file is missing or cannot be read; it names the file
 */
export async function hasTrialHash(folder: string): Promise<boolean> {
  const { hash, status } = readJson(join(folder, taskFiles.result)) as TrialSummary;
  const spec = readJson(join(folder, taskFiles.spec)) as TrialSpec;
  const parameters = readParameters(join(folder, taskFiles.weights), spec);
  const shapes = parameterShapes(networkOf(spec.model));
  const columns = await readMetrics(join(folder, taskFiles.metrics)).catch((error: Error) => {
    throw new UserError(`${join(folder, taskFiles.metrics)}: expected Parquet, got: ${error.message.split('\n')[0]}`);
  });
  return readingsOf(columns, spec, status === 'diverged', placesOfLayers(shapes)).some((rows) => {
    const hasher = resultHasher();
    for (const row of rows) hasher.addRow(row);
    return hasher.finish(parameters, shapes) === hash;
  });
}

/**
 * Whether the values and columns of a measurement's folder have the hash beside them.
 * @throws UserError as hasTrialHash
 */
export function hasMeasurementHash(folder: string): boolean {
  const { hash, ...result } = readJson(join(folder, taskFiles.result)) as Readonly<Record<string, unknown>>;
  return sha256Hex(canonicalJson(result)) === hash;
}

/**
 * In a metrics file a number that was not observed and one that was not finite look alike: which it is follows from
 * when it was due. Whether the last row of a trial that diverged ends an epoch is not written down, so that there are
 * two readings.
 */
function readingsOf(
  columns: MetricColumns,
  { observe = {} }: TrialSpec,
  diverged: boolean,
  layers: readonly number[],
): readonly (readonly MetricRow[])[] {
  const { epoch: epochs = [] } = columns;
  const rowsIf = (lastEndsEpoch: boolean): readonly MetricRow[] =>
    epochs.map((epoch, i) => {
      const isLast = i === epochs.length - 1;
      const endsEpoch = isLast ? lastEndsEpoch : epochs[i + 1] !== epoch;
      const moment = { step: columns['step']?.[i] ?? 0, endsEpoch, isLast, diverged, layers };
      const due = new Set<string>(metricsAt(observe, moment));
      const cells = Object.entries(columns).map(([name, values]) => [name, values[i] ?? null] as const);
      return Object.fromEntries(
        cells.filter(([name, value]) => value !== null || due.has(name)),
      ) as unknown as MetricRow;
    });
  return [rowsIf(true), rowsIf(false)];
}
