import { namedStream } from '../../base/streams.js';
import { dot, type Product, requireCount, requireFinite, signVector } from '../numerics/vectors.js';

/** An estimated trace. */
export interface TraceEstimate {
  readonly trace: number;
  /** Sample standard deviation of v'Av over sqrt(probes). */
  readonly standardError: number;
  readonly products: number;
}

/** How a matrix is probed. */
export interface ProbeOptions {
  /** Random vectors. Default 100, at least 2. */
  readonly probes?: number;
  /** Of the stream of the method's name. Default 1. */
  readonly seed?: number;
}

/**
 * Hutchinson's estimate of a trace, from random signs.
 *
 *     tr A = E[v' A v],   v_i = -1 or 1 with equal odds;   variance of one probe: 2 sum_{i != j} A_ij^2
 *
 * Shapes: n by n products. Cost: one product a probe. Reference: Hutchinson 1990; Yao et al. 2020 (PyHessian).
 * @throws RangeError if there are fewer than 2 probes, n is not positive, or a product is not finite
 */
export function hutchinsonTrace(
  product: Product,
  n: number,
  { probes = 100, seed = 1 }: ProbeOptions = {},
): TraceEstimate {
  requireCount('hutchinsonTrace: n', n, 1);
  requireCount('hutchinsonTrace: probes', probes, 2);
  const rng = namedStream('measures/hutchinson', seed);
  const draws = Float64Array.from({ length: probes }, () => {
    const v = signVector(rng, n);
    return dot(v, product(v));
  });
  const trace = requireFinite('hutchinsonTrace', draws).reduce((sum, draw) => sum + draw, 0) / probes;
  const squares = draws.reduce((sum, draw) => sum + (draw - trace) * (draw - trace), 0);
  return { trace, standardError: Math.sqrt(squares / (probes - 1) / probes), products: probes };
}
