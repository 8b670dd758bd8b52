import type { Kind } from '../../base/fields.js';
import type { Pass } from '../bindings/pass.js';
import type { PlanContext, Tensor } from '../layers/planned.js';
import type { Batch } from '../network/inputs.js';

/** How many samples of each class there were, and how many of them were right. Shapes: each [classes] */
export interface ClassTally {
  readonly total: number[];
  readonly correct: number[];
}

/** A loss over the last layer's output, with its targets in memory. */
export interface PlannedLoss {
  /** Brings the targets of a micro-batch in. */
  load(batch: Batch, pass: Readonly<Pass>): void;
  /**
   * Sum of the losses of the micro-batch's samples; with `differentiate`, also the gradient of the mean over `total`
   * samples.
   */
  sum(pass: Readonly<Pass>, total: number, differentiate: boolean): number;
  /**
   * output.tangentGrad from output.tangent: the Hessian of the mean over `total` samples in the outputs, times the
   * outputs' tangent. After `sum`.
   */
  tangent(pass: Readonly<Pass>, total: number): void;
  /**
   * Samples of the micro-batch that are right, entered into `classes` too where given; undefined where the loss has no
   * classes. Call after `sum`.
   */
  readonly countCorrect: ((pass: Readonly<Pass>, classes?: ClassTally) => number) | undefined;
}

/**
 * A loss L(outputs, targets) of n samples in float64, with its derivatives with respect to the outputs.
 *
 * Shapes: outputs, gradient, direction and product [n, k]; targets [n] labels or [n, k] values.
 */
export interface ReferenceLoss {
  value(outputs: Float64Array, targets: ArrayLike<number>): number;
  /** Overwrites `gradient` with dL/doutputs. */
  gradient(outputs: Float64Array, targets: ArrayLike<number>, gradient: Float64Array): void;
  /** Overwrites `product` with (d2L/doutputs2) direction. */
  hessianProduct(outputs: Float64Array, direction: Float64Array, product: Float64Array): void;
}

/** A kind of loss, whole: what it is and how it is computed. Specs name it by its word alone. */
export interface LossDefinition<Name extends string = string> extends Kind<Name, Readonly<Record<never, never>>> {
  /** What it compares the outputs with: a label a sample, or a value an output. */
  readonly targets: 'labels' | 'values';
  /** The loss in a few words with its unit, as an axis has them. */
  readonly words: string;
  /** Takes the memory of its targets and binds its kernels. */
  plan(output: Tensor, context: PlanContext): PlannedLoss;
  /** The oracle of the kernels, for `samples` rows of `outputs` numbers. */
  reference(samples: number, outputs: number): ReferenceLoss;
}

/** A loss's definition, with its types as narrow as they are written. */
export const defineLoss = <const Name extends string>(
  kind: Name,
  parts: Omit<LossDefinition<Name>, 'kind' | 'fields'>,
): LossDefinition<Name> => ({ kind, fields: {}, ...parts });
