import type { Dataset } from '../../src/base/dataset.js';
import { Mt19937 } from '../../src/base/mt19937.js';
import { initializeParameters } from '../../src/base/torch-random.js';
import type { LossName, NetworkSpec } from '../../src/engine/network-spec.js';
import { parameterShapes, product } from '../../src/engine/shapes.js';
import type { Objective } from '../../src/measures/objective/objective.js';
import { dot } from './derivatives.js';
import { uniformValues } from './random.js';

/** PyTorch's default initial values of a network, as float64. */
export function initialParams(spec: NetworkSpec, seed: number): Float64Array {
  const tensors = parameterShapes(spec).map(({ shape, fanIn }) => ({ size: product(shape), fanIn }));
  return Float64Array.from(initializeParameters(new Mt19937(seed), tensors));
}

/** Random samples that fit a network of `outputs` outputs. */
export function randomDataset(spec: NetworkSpec, loss: LossName, outputs: number, size: number, seed = 4): Dataset {
  const labels = Uint8Array.from(uniformValues(size, seed + 1), (value) => Math.floor((outputs * (value + 1)) / 2));
  return {
    name: 'random',
    size,
    inputShape: spec.input,
    inputs: uniformValues(size * product(spec.input), seed),
    targets: loss === 'mse' ? uniformValues(size * outputs, seed + 1) : labels,
  };
}

/** A function of a few variables as an objective, from its loss, gradient and Hessian's product. */
export function objectiveOf(
  parameterCount: number,
  loss: (x: Float64Array) => number,
  gradient: (x: Float64Array) => Float64Array,
  hvp: (x: Float64Array, v: Float64Array) => Float64Array,
): Objective {
  return {
    parameterCount,
    roundoff: 2 ** -53,
    loss,
    at: (x) => ({
      loss: loss(x),
      gradient: gradient(x),
      hvp: (v) => hvp(x, v),
      gaussNewtonVp: (v) => hvp(x, v),
    }),
  };
}

/** 0.5 sum_i curvature_i (x_i - centre_i)^2. */
export const quadratic = (curvatures: readonly number[], centre: readonly number[] = []): Objective => {
  const gradient = (x: Float64Array) => x.map((value, i) => curvatures[i]! * (value - (centre[i] ?? 0)));
  return objectiveOf(
    curvatures.length,
    (x) =>
      0.5 *
      dot(
        gradient(x),
        x.map((value, i) => value - (centre[i] ?? 0)),
      ),
    gradient,
    (_, v) => v.map((value, i) => curvatures[i]! * value),
  );
};
