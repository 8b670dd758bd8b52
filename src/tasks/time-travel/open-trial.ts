import type { Dataset } from '../../base/dataset.js';
import type { Mnist } from '../../data/index.js';
import { loadData, shapedFor } from '../../data/sources/index.js';
import type { DataSets } from '../../data/sources/source.js';
import {
  createTrainer,
  type Evaluation,
  type ParameterShape,
  type Slice,
  stateDigest,
  type TrainEnd,
  type TrainProgress,
  type TrainResult,
  type TrainState,
} from '../../engine/index.js';
import { networkOf } from '../../engine/model-spec.js';
import { parameterShapes, product } from '../../engine/shapes.js';
import type { MetricRow } from '../../engine/training/observations/index.js';
import type { TrialCheckpoint, TrialStart } from '../checkpoint.js';
import { measureCurvature } from '../curvature-probe.js';
import { withDefaults } from '../defaults.js';
import type { LoadTrial } from '../finished-trial.js';
import { initialParameters } from '../initial-parameters.js';
import { type ResultHasher, resultHasher, type Sha256 } from '../result-hash.js';
import { collectSnapshots } from '../snapshot-table.js';
import type { Predictions, TrialOutcome, TrialSummary } from '../trial-result.js';
import type { TrialSpec } from '../trial-spec.js';

/** What an open trial needs of whoever opens it, and who listens to it. */
export interface OpenHost {
  readonly loadMnist: () => Promise<Mnist>;
  /** Reads the trials from which this one starts; absent where there is no store. */
  readonly loadTrial?: LoadTrial;
  /** Where the platform has one that is faster than JavaScript. */
  readonly sha256?: () => Sha256;
  readonly onRow?: (row: MetricRow) => void;
  /** After every step. */
  readonly onProgress?: (progress: TrainProgress) => void;
}

/**
 * A moment of an open trial: all that the rest of it depends on, its hash included. It stays in its
 * thread; `checkpoint` makes what can be posted or written.
 */
export interface Keyframe {
  readonly train: TrainState;
  /** Rows emitted by then, and snapshots taken. */
  readonly rows: number;
  readonly snapshots: number;
  readonly hasher: ResultHasher;
}

/** A moment with all snapshots so far: `openTrial` resumes there, with another spec if it is to be a branch. */
export interface Moment {
  readonly checkpoint: TrialCheckpoint;
  /** Has taken the rows by then. */
  readonly hasher: ResultHasher;
}

/**
 * A trial that is taken in slices, looked at between them, and moved to any of its moments. However it is cut and
 * moved, it ends with the hash of `runTrial`.
 */
export interface OpenTrial {
  /** The samples, as the network reads them. */
  readonly data: DataSets;
  readonly parameterShapes: readonly ParameterShape[];
  /** Takes the next steps. Returns undefined where more can follow, else how the trial ended. */
  run(slice?: Slice): TrainEnd | undefined;
  /** How it ended; undefined where steps follow. */
  end(): TrainEnd | undefined;
  progress(): TrainProgress;
  /** Where it stands; a copy. */
  state(): TrainState;
  /** SHA-256 of the weights and moments where it stands: `stateDigest`. */
  digest(): string;
  /** The moment where it stands. */
  keyframe(): Keyframe;
  /**
   * Moves to a moment of its own; rows that follow it are emitted again.
   * @throws RangeError or UserError, and stays where it is, if the moment is another trial's
   */
  restore(keyframe: Keyframe): void;
  /** The moment where it stands, as plain data: with the rows so far, `openTrial` and `runTrial` resume there. */
  checkpoint(): TrialCheckpoint;
  /** The same with the hash of those rows in their place. */
  moment(): Moment;
  /** Outputs for every sample where it stands, dropout off (logits for crossEntropy). Shapes: [size, outputs] */
  predict(data: Dataset): Float32Array<ArrayBuffer>;
  /** Loss and accuracies where it stands, dropout off. */
  evaluate(data: Dataset): Evaluation;
  /** What it has come to, `stopped` where it did not end by itself; it can be run and moved afterwards. */
  outcome(): TrialOutcome;
}

/**
 * Opens a valid trial at its start, or resumes it; rows before that are not emitted again.
 * @throws UserError if data or trials from which it starts are not there
 */
export async function openTrial(spec: TrialSpec, host: OpenHost, from?: TrialStart | Moment): Promise<OpenTrial> {
  const { data, asLoaded, snapshots, seen, trainer } = await partsOf(spec, host, from);
  const shapes = parameterShapes(networkOf(spec.model));
  const checkpoint = (): TrialCheckpoint => ({
    train: trainer.state(),
    rows: seen.mark().rows,
    ...(snapshots && { snapshots: snapshots.table() }),
  });
  return {
    data,
    parameterShapes: shapes,
    run: trainer.run,
    end: trainer.end,
    progress: trainer.progress,
    state: trainer.state,
    digest: () => stateDigest(trainer.state()),
    keyframe: () => ({ train: trainer.state(), snapshots: snapshots?.count() ?? 0, ...seen.mark() }),
    restore(keyframe) {
      trainer.restore(keyframe.train);
      snapshots?.moveTo(keyframe.snapshots);
      seen.moveTo(keyframe);
    },
    checkpoint,
    moment: () => ({ checkpoint: checkpoint(), hasher: seen.mark().hasher }),
    predict: trainer.predict,
    evaluate: trainer.evaluate,
    outcome() {
      const result = trainer.finish();
      const predictions = isCurve(asLoaded) ? predictionsOf(asLoaded, trainer.predict(data.train)) : undefined;
      return {
        summary: summaryOf(result, seen.mark().hasher.finish(result.parameters, shapes)),
        parameters: result.parameters,
        parameterShapes: result.parameterShapes,
        ...(predictions && { predictions }),
        ...(snapshots && { snapshots: snapshots.table() }),
      };
    },
  };
}

/** What an open trial is made of. */
async function partsOf(spec: TrialSpec, host: OpenHost, from: TrialStart | Moment | undefined) {
  const { loss, optimizer, batchSize, stop, seed, observe, init, edits } = withDefaults(spec);
  const network = networkOf(spec.model);
  const loaded = await loadData(spec.data, host.loadMnist);
  const data = shapedSets(network.input, loaded);
  const snapshots = collectSnapshots(network, stop, observe.snapshots, from?.checkpoint.snapshots);
  const seen = rowCounter(from, host.sha256);
  const trainer = await createTrainer({
    loss,
    optimizer,
    batchSize,
    stop,
    seed,
    observe,
    edits,
    network,
    data: data.train,
    ...(data.test && { test: data.test }),
    ...(from ? { from: from.checkpoint.train } : await initialParameters(init, host.loadTrial)),
    curvatureProbe: measureCurvature,
    ...(snapshots && { onSnapshot: snapshots.add }),
    onRow(row) {
      seen.add(row);
      host.onRow?.(row);
    },
    ...(host.onProgress && { onProgress: host.onProgress }),
  });
  return { data, asLoaded: loaded.train, snapshots, seen, trainer };
}

const shapedSets = (input: readonly number[], { train, test }: DataSets): DataSets => ({
  train: shapedFor(input, train),
  ...(test && { test: shapedFor(input, test) }),
});

/** Counts and hashes rows; can be moved to any of its marks. */
function rowCounter(from: TrialStart | Moment | undefined, sha256: OpenHost['sha256']) {
  let rows = from?.checkpoint.rows ?? 0;
  let hasher = from && 'hasher' in from ? from.hasher.copy() : resultHasher(sha256?.());
  if (from && 'rows' in from) from.rows.forEach(hasher.addRow);
  const add = (row: MetricRow): void => {
    rows++;
    hasher.addRow(row);
  };
  return {
    add,
    mark: () => ({ rows, hasher: hasher.copy() }),
    moveTo(mark: Pick<Keyframe, 'rows' | 'hasher'>): void {
      rows = mark.rows;
      hasher = mark.hasher.copy();
    },
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

/** Whether a network of the data is a curve: one number in, one number out. */
const isCurve = ({ inputShape, targets, size }: Dataset): boolean =>
  product(inputShape) === 1 && targets instanceof Float32Array && targets.length === size;

const predictionsOf = ({ inputs, targets }: Dataset, predicted: Float32Array): Predictions => ({
  x: Array.from(inputs),
  truth: Array.from(targets),
  predicted: Array.from(predicted),
});
