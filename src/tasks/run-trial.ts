import type { Dataset } from '../base/dataset.js';
import type { Mnist } from '../data/index.js';
import { loadData, shapedFor } from '../data/sources/index.js';
import { type ParameterShape, predict, type TrainProgress, type TrainResult, train } from '../engine/index.js';
import { networkOf } from '../engine/model-spec.js';
import { product } from '../engine/shapes.js';
import type { MetricRow } from '../engine/training/observations/index.js';
import type { TrialCheckpoint, TrialStart } from './checkpoint.js';
import { measureCurvature } from './curvature-probe.js';
import { withDefaults } from './defaults.js';
import type { LoadTrial } from './finished-trial.js';
import { initialParameters } from './initial-parameters.js';
import { resultHasher, type Sha256 } from './result-hash.js';
import { collectSnapshots, type SnapshotTable } from './snapshot-table.js';
import type { Predictions, TrialSummary } from './trial-result.js';
import type { TrialSpec } from './trial-spec.js';

/** What a trial needs of whoever runs it, and who listens to it. */
export interface TrialHost {
  readonly loadMnist: () => Promise<Mnist>;
  /** Reads the trials from which this one starts; absent where there is no store. */
  readonly loadTrial?: LoadTrial;
  /** Where the platform has one that is faster than JavaScript. */
  readonly sha256?: () => Sha256;
  readonly onRow?: (row: MetricRow) => void;
  /** After every step. */
  readonly onProgress?: (progress: TrainProgress) => void;
  /** Asked before every step; true ends the trial with status `stopped`. */
  readonly shouldStop?: () => boolean;
  /** Asked before every step: whether `onCheckpoint` is due. */
  readonly checkpointDue?: () => boolean;
  /** Listens to where the trial stands when that is due, and when it is stopped. */
  readonly onCheckpoint?: (checkpoint: TrialCheckpoint) => void;
}

/** A trial's end: the summary and what it is made from. Shapes: parameters flat, in PyTorch's order. */
export interface TrialOutcome {
  readonly summary: TrialSummary;
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly parameterShapes: readonly ParameterShape[];
  readonly predictions?: Predictions;
  readonly snapshots?: SnapshotTable;
}

/**
 * Runs one valid trial from its data, or from where it stood, to its result hash.
 * The outcome depends on the spec alone, unless the host stops it. Rows that were emitted before `from` are not emitted
 * again.
 */
export async function runTrial(spec: TrialSpec, host: TrialHost, from?: TrialStart): Promise<TrialOutcome> {
  const { loss, optimizer, batchSize, stop, seed, observe, init } = withDefaults(spec);
  const network = networkOf(spec.model);
  const data = await loadData(spec.data, host.loadMnist);
  const hasher = resultHasher(host.sha256?.());
  const snapshots = collectSnapshots(network, stop, observe.snapshots, from?.checkpoint.snapshots);
  from?.rows.forEach(hasher.addRow);
  let rows = from?.rows.length ?? 0;
  const result = await train({
    network,
    loss,
    optimizer,
    batchSize,
    stop,
    seed,
    ...(from ? { from: from.checkpoint.train } : await initialParameters(init, host.loadTrial)),
    observe,
    curvatureProbe: measureCurvature,
    ...(snapshots && { onSnapshot: snapshots.add }),
    data: shapedFor(network.input, data.train),
    ...(data.test && { test: shapedFor(network.input, data.test) }),
    onRow: (row) => {
      rows++;
      hasher.addRow(row);
      host.onRow?.(row);
    },
    ...(host.onProgress && { onProgress: host.onProgress }),
    ...(host.shouldStop && { shouldStop: host.shouldStop }),
    ...(host.checkpointDue && { checkpointDue: host.checkpointDue }),
    ...(host.onCheckpoint && {
      onCheckpoint: (state) => {
        host.onCheckpoint?.({ train: state, rows, ...(snapshots && { snapshots: snapshots.table() }) });
      },
    }),
  });
  const predictions = await predictionsOf(spec, result.parameters, data.train);
  return {
    summary: summaryOf(result, hasher.finish(result.parameters, result.parameterShapes)),
    parameters: result.parameters,
    parameterShapes: result.parameterShapes,
    ...(predictions && { predictions }),
    ...(snapshots && { snapshots: snapshots.table() }),
  };
}

function summaryOf(result: TrainResult, hash: string): TrialSummary {
  const { status, epochs, steps, finalLoss, divergedAt, evaluation } = result;
  return {
    status,
    epochs,
    steps,
    finalLoss: Number.isFinite(finalLoss) ? finalLoss : null,
    ...(divergedAt && { divergedAt }),
    ...((evaluation.train || evaluation.test) && { evaluation }),
    hash,
  };
}

async function predictionsOf(
  spec: TrialSpec,
  parameters: Float32Array,
  data: Dataset,
): Promise<Predictions | undefined> {
  const isCurve =
    product(data.inputShape) === 1 && data.targets instanceof Float32Array && data.targets.length === data.size;
  if (!isCurve) return undefined;
  const predicted = await predict(networkOf(spec.model), parameters, data);
  return { x: Array.from(data.inputs), truth: Array.from(data.targets), predicted: Array.from(predicted) };
}
