import { normalVector } from '../../base/normal-vector.js';
import { namedStream } from '../../base/streams.js';
import { type ParameterShape, product } from '../../engine/shapes.js';
import { type ParameterVector, requireParameters } from '../numerics/parameter-vectors.js';

/** A parameter tensor, as far as directions need it. */
export type NamedShape = Pick<ParameterShape, 'name' | 'shape'>;

/**
 * A direction with each filter scaled to the size of the network's own, so that slices of networks of different scale
 * can be compared.
 *
 *     d_ij <- d_ij * |theta_ij| / |d_ij|,   filter j of layer i; biases 0
 *
 * A filter is a row of a linear weight, or the [ci][k][k] block of a convolution's output channel.
 *
 * Shapes: direction, params and result [P], tensors of `shapes` one after the other. A filter of norm 0 stays where it
 * is. Cost: O(P).
 * Reference: Li, Xu, Taylor, Studer & Goldstein 2018, section 4.
 * @throws UserError if the lengths do not agree or a number is not finite
 */
export function filterNormalized(
  direction: Float64Array,
  params: ParameterVector,
  shapes: readonly NamedShape[],
): Float64Array {
  const count = shapes.reduce((total, { shape }) => total + product(shape), 0);
  requireParameters('filter normalisation, parameters', params, count);
  requireParameters('filter normalisation, direction', direction, count);
  const result = new Float64Array(direction.length);
  let start = 0;
  for (const { shape } of shapes) {
    const end = start + product(shape);
    const size = shape.length > 1 ? product(shape.slice(1)) : 0;
    for (let at = start; size > 0 && at < end; at += size) {
      const length = norm(direction, at, size);
      const scale = length > 0 ? norm(params, at, size) / length : 0;
      for (let i = at; i < at + size; i++) result[i] = scale * direction[i]!;
    }
    start = end;
  }
  return result;
}

/**
 * Random Gaussian directions, filter-normalised: the axes of a loss surface. In high dimension any two are nearly
 * orthogonal.
 *
 * Shapes: params [P]; result `count` times [P]. Drawn from the stream `measures/filter-normalization`, one direction
 * after the other.
 * @throws UserError if the parameters do not fit the shapes or a number is not finite
 */
export function randomDirections(
  params: ParameterVector,
  shapes: readonly NamedShape[],
  { seed, count = 2 }: { readonly seed: number; readonly count?: number },
): Float64Array[] {
  const rng = namedStream('measures/filter-normalization', seed);
  return Array.from({ length: count }, () => filterNormalized(normalVector(rng, params.length), params, shapes));
}

function norm(values: ParameterVector, start: number, size: number): number {
  let squares = 0;
  for (let i = start; i < start + size; i++) squares += values[i]! * values[i]!;
  return Math.sqrt(squares);
}
