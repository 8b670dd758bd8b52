import type { ReferenceLayer } from '../layers/reference.js';
import type { LossName, NetworkSpec } from '../network-spec.js';
import { requireLength } from '../require-length.js';
import { inferShapes, type ShapedLayer } from '../shapes.js';
import { buildLayer } from './build-layer.js';
import { type Curvature, curvatureAt, type LossAndGradient, lossGradients } from './curvature.js';
import { type Linearization, linearizationAt } from './linearization.js';
import { referenceLoss } from './losses.js';
import { allocate, type DropoutMasks, forwardPass, type NetworkPoint } from './passes.js';

/**
 * What a loss is computed from.
 * Shapes: inputs [n, inputs]; targets [n] labels (crossEntropy) or [n, outputs] values (mse).
 */
export interface Batch {
  readonly inputs: Float64Array;
  readonly targets: ArrayLike<number>;
}

/** How the network is run: with dropout masks (as in training), or without (as in evaluation). */
export interface RunOptions {
  readonly masks?: DropoutMasks | undefined;
}

/**
 * A network in plain float64: the oracle of the kernels, and the instrument for exact derivatives of first and second
 * order. Parameters are one flat array in PyTorch's order and orientation. All methods throw RangeError if an array has
 * the wrong length.
 */
export interface ReferenceNetwork {
  readonly parameterCount: number;
  readonly inputSize: number;
  readonly outputSize: number;
  /** Shapes: params [parameterCount], inputs [n, inputSize], result [n, outputSize]. */
  forward(params: Float64Array, inputs: Float64Array, options?: RunOptions): Float64Array;
  lossAndGradient(params: Float64Array, batch: Batch, loss: LossName, options?: RunOptions): LossAndGradient;
  /**
   * The outputs' derivatives: many products at one point for one forward pass. `params` and `inputs` must not change
   * while it is in use.
   */
  linearize(params: Float64Array, inputs: Float64Array, options?: RunOptions): Linearization;
  /**
   * The loss's second derivatives: many products at one point for one gradient. `params` and `inputs` must not change
   * while it is in use.
   */
  curvature(params: Float64Array, batch: Batch, loss: LossName, options?: RunOptions): Curvature;
}

/**
 * The float64 version of a network.
 * @throws SpecError if the layers do not fit together
 */
export function referenceNetwork(spec: NetworkSpec): ReferenceNetwork {
  const shapes = inferShapes(spec);
  const layers = shapes.map(buildLayer);
  const inputSize = layers[0]!.inputSize;
  const outputSize = layers.at(-1)!.outputSize;
  const parameterCount = layers.reduce((total, layer) => total + layer.parameterCount, 0);

  const run = (params: Float64Array, inputs: Float64Array, { masks }: RunOptions = {}): NetworkPoint => {
    requireLength('parameters', params, parameterCount);
    if (inputs.length === 0 || inputs.length % inputSize !== 0) {
      throw new RangeError(`inputs: expected rows of ${inputSize} numbers, got ${inputs.length} numbers`);
    }
    if (masks) requireMasks(masks, shapes, layers, inputs.length / inputSize);
    const point = allocate(layers, params, inputs, masks);
    forwardPass(layers, point);
    return point;
  };
  const lossOf = (name: LossName, { inputs }: Batch) => referenceLoss(name, inputs.length / inputSize, outputSize);

  return {
    parameterCount,
    inputSize,
    outputSize,
    forward: (params, inputs, options) => run(params, inputs, options).outputs,
    lossAndGradient(params, batch, name, options) {
      const point = run(params, batch.inputs, options);
      const loss = lossOf(name, batch);
      const gradient = lossGradients(layers, point, loss, batch.targets).params;
      return { loss: loss.value(point.outputs, batch.targets), gradient, outputs: point.outputs };
    },
    linearize: (params, inputs, options) => linearizationAt(layers, run(params, inputs, options)),
    curvature: (params, batch, name, options) =>
      curvatureAt(layers, run(params, batch.inputs, options), lossOf(name, batch), batch.targets),
  };
}

function requireMasks(
  masks: DropoutMasks,
  shapes: readonly ShapedLayer[],
  layers: readonly ReferenceLayer[],
  samples: number,
): void {
  shapes.forEach(({ spec, index }) => {
    if (spec.kind !== 'dropout') return;
    requireLength(`dropout mask of layers[${index}]`, masks.get(index), samples * layers[index]!.inputSize);
  });
}
