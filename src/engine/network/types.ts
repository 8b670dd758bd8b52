import type { Dataset } from '../../base/dataset.js';
import type { InputKind } from '../layers/planned.js';
import type { LossName } from '../losses/index.js';
import type { NetworkSpec } from '../network-spec.js';
import type { OptimizerSpec } from '../optimizers/index.js';
import type { OptimizerState } from '../optimizers/optimizer.js';
import type { ParameterShape } from '../shapes.js';
import type { Batch } from './inputs.js';

/** What a network is made for. */
export interface NetworkOptions {
  readonly loss: LossName;
  /** Whether the samples are bytes or values; see `inputKind`. */
  readonly inputs: InputKind;
  /** Absent: the network can be evaluated and differentiated, not stepped. */
  readonly optimizer?: OptimizerSpec;
  /** Key of the dropout masks (two 32-bit words); needed only where there is dropout. */
  readonly dropoutKey?: readonly [number, number];
  /** Take room for products with the Hessian, the Gauss-Newton matrix and the Jacobian. Default false. */
  readonly curvature?: boolean;
}

/**
 * Mean loss over a data set, and for labelled data the share that is right, overall and of each class (NaN for a class
 * without samples).
 */
export interface Evaluation {
  readonly loss: number;
  readonly accuracy?: number;
  readonly correct?: number;
  readonly classAccuracy?: readonly number[];
}

/** Mean loss of a batch before the step, and how many samples were right (0 without labels). */
export interface BatchResult {
  readonly loss: number;
  readonly correct: number;
}

/** Which second derivatives of the loss. */
export type CurvatureMatrix = 'hessian' | 'gaussNewton';

/**
 * A network over a WebAssembly memory of its own. Parameters and gradients cross its boundary in PyTorch's order, flat.
 */
export interface Network {
  readonly spec: NetworkSpec;
  readonly parameterCount: number;
  readonly parameterShapes: readonly ParameterShape[];
  readonly memoryBytes: number;
  parameters(): Float32Array<ArrayBuffer>;
  setParameters(values: Float32Array): void;
  /**
   * One optimizer step. `keepGradients` false: its gradients are not read afterwards, which saves memory traffic
   * where there are many parameters.
   * @throws Error if the network was made without an optimizer
   */
  step(batch: Batch, keepGradients?: boolean): BatchResult;
  /** Loss and gradient of a batch; parameters stay. `training`: with dropout, the masks of the next step. */
  gradient(batch: Batch, training?: boolean): BatchResult;
  /**
   * Loss and gradient of a batch, and the product of a matrix of its second derivatives with v, dropout off: the
   * Hessian (Pearlmutter 1994), or the generalised Gauss-Newton matrix (Schraudolph 2002). Costs about three gradients.
   * Shapes: v and product [parameterCount]
   * @throws Error if the network was made without curvature
   */
  curvatureProduct(
    batch: Batch,
    v: Float32Array,
    matrix: CurvatureMatrix,
  ): BatchResult & { readonly product: Float32Array<ArrayBuffer> };
  /**
   * J v: how the outputs of a batch move as the parameters move along v, dropout off. Costs about two forward passes.
   * Shapes: v [parameterCount], result [count, outputs]
   * @throws Error if the network was made without curvature
   */
  jacobianProduct(batch: Batch, v: Float32Array): Float32Array<ArrayBuffer>;
  /**
   * J' u: the gradient in the parameters of the outputs' sum with weights u, dropout off; it takes the place of the
   * last gradient. Costs as much.
   * Shapes: u [count, outputs], result [parameterCount]
   * @throws RangeError if u has another length
   */
  transposedJacobianProduct(batch: Batch, u: Float32Array): Float32Array<ArrayBuffer>;
  /**
   * Gradient of the last `step` or `gradient`.
   * Shapes: [parameterCount].
   * @throws Error, as the two below, if that step did not keep it
   */
  gradients(): Float32Array<ArrayBuffer>;
  /** L2 norm of that gradient. */
  gradNorm(): number;
  /** L2 norm of that gradient in each parameter tensor. Shapes: [parameterShapes.length] */
  tensorGradNorms(): readonly number[];
  /**
   * The diagonal that the optimizer divides by, as it stands after the last step; for Adam sqrt(v / (1 - beta2^t)) +
   * epsilon. Undefined before a step, and for an optimizer that does not scale parameters one by one, such as SGD.
   * Shapes: [parameterCount]
   */
  preconditioner(): Float32Array<ArrayBuffer> | undefined;
  /** What the optimizer remembers between steps. @throws Error if the network was made without one */
  optimizerState(): OptimizerState;
  /**
   * Resumes where `optimizerState` was taken.
   * @throws Error as above; RangeError, and stays as it is, if the state is another network's
   */
  setOptimizerState(state: OptimizerState): void;
  /**
   * Steps with other settings of the same optimizer from now on; what it remembers stays.
   * @throws Error if the network was made without one
   */
  retune(optimizer: OptimizerSpec): void;
  /** L2 norm of the parameters; not finite if any of them is not. */
  parameterNorm(): number;
  evaluate(data: Dataset): Evaluation;
  /** Outputs (logits for crossEntropy) for every sample. Shapes: [size, outputs] */
  predict(data: Dataset): Float32Array<ArrayBuffer>;
}
