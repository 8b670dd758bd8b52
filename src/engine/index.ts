/** The engine by itself: describe a network, train it, look at it. Needs nothing but WebAssembly with SIMD. */
export type { Dataset } from '../base/dataset.js';
export { SpecError, UserError } from '../base/errors.js';
export { kernelsBinaryDigest, kernelsDigest, kernelTier } from './bindings/kernels.js';
export type { Batch } from './network/inputs.js';
export {
  type BatchResult,
  type CurvatureMatrix,
  createNetwork,
  type Evaluation,
  inputKind,
  type Network,
  type NetworkOptions,
} from './network/network.js';
export { type ActivationName, type LayerSpec, type LossName, mlp, type NetworkSpec } from './network-spec.js';
export { inferShapes, type ParameterShape, parameterCount, parameterShapes } from './shapes.js';
export type { EditSpec } from './training/edits.js';
export type {
  CurvatureProbe,
  MetricName,
  MetricRow,
  ObserveSpec,
  SnapshotSpec,
} from './training/observations/index.js';
export type * from './training/options.js';
export type { TrainResult } from './training/run.js';
export type * from './training/spec.js';
export type { TrainEnd, TrainState } from './training/state.js';
export { stateDigest } from './training/state-digest.js';
export { evaluate, predict, train } from './training/train.js';
export { createTrainer, type Slice, type Trainer } from './training/trainer.js';

/**
 * Raised whenever the host side of the engine changes the bits of a result (how a batch is split, how scalars are
 * made). Together with `kernelsDigest` it is part of every trial's id.
 */
export const engineRevision = 1;
