import { UserError } from '../../base/errors.js';

/** Parameters of a network, or a direction among them, flat in PyTorch's order. */
export type ParameterVector = Float32Array | Float64Array;

/**
 * @throws UserError if a vector has not `count` numbers, or one of them is not finite: there is no landscape around a
 * diverged network
 */
export function requireParameters(where: string, vector: ParameterVector, count: number): void {
  if (vector.length !== count) {
    throw new UserError(
      `${where}: expected ${count} numbers, one a parameter of the same network, got ${vector.length}`,
    );
  }
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(vector[i])) {
      throw new UserError(`${where}: expected finite numbers, got ${vector[i]} at ${i}; a diverged run cannot be used`);
    }
  }
}

/**
 * Weighted sum of parameter vectors, computed in float64 and rounded once. Vectors of weight 0 are left out, so that
 * one vector of weight 1 comes through bit for bit.
 *
 *     target = sum_k weights_k * vectors_k
 *
 * Shapes: target and each vector [P], weights [k].
 */
export function combineInto(
  target: Float32Array,
  weights: readonly number[],
  vectors: readonly ParameterVector[],
): void {
  const sum = new Float64Array(stretch);
  for (let from = 0; from < target.length; from += stretch) {
    const count = Math.min(stretch, target.length - from);
    sum.fill(0);
    let isFirst = true;
    for (let k = 0; k < vectors.length; k++) {
      if (weights[k] === 0) continue;
      if (isFirst) putScaled(sum, weights[k]!, vectors[k]!, from, count);
      else addScaled(sum, weights[k]!, vectors[k]!, from, count);
      isFirst = false;
    }
    target.set(sum.subarray(0, count), from);
  }
}

/** So many sums lie in a processor's nearest memory. */
const stretch = 1024;

function putScaled(sum: Float64Array, weight: number, vector: ParameterVector, from: number, count: number): void {
  for (let i = 0; i < count; i++) sum[i] = weight * vector[from + i]!;
}

function addScaled(sum: Float64Array, weight: number, vector: ParameterVector, from: number, count: number): void {
  for (let i = 0; i < count; i++) sum[i]! += weight * vector[from + i]!;
}
