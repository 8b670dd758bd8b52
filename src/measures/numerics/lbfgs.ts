import { addScaled, dot } from './vectors.js';

/** An approximate inverse Hessian from the last few steps. */
export interface LbfgsMemory {
  /** The inverse Hessian's estimate times a gradient. Shapes: gradient and result [n]. */
  multiply(gradient: Float64Array): Float64Array;
  /** Learns from a step and how the gradient changed over it; a pair without positive curvature is left out. */
  learn(step: Float64Array, change: Float64Array): void;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / step.change. */
  readonly rho: number;
}

/**
 * The two-loop recursion of limited-memory BFGS; the identity before anything was learnt.
 *
 * Cost: 4 m n multiply-adds, m = `size` pairs. Reference: Nocedal 1980; Nocedal & Wright 2006, algorithm 7.4.
 */
export function lbfgsMemory(size = 10): LbfgsMemory {
  const pairs: Pair[] = [];
  return {
    multiply(gradient) {
      const result = gradient.slice();
      const alphas = pairs.map(() => 0);
      for (let i = pairs.length - 1; i >= 0; i--) {
        const { step, change, rho } = pairs[i]!;
        alphas[i] = rho * dot(step, result);
        addScaled(result, -alphas[i]!, change);
      }
      const last = pairs.at(-1);
      if (last) {
        const scale = 1 / (last.rho * dot(last.change, last.change));
        for (let i = 0; i < result.length; i++) result[i]! *= scale;
      }
      pairs.forEach(({ step, change, rho }, i) => {
        addScaled(result, alphas[i]! - rho * dot(change, result), step);
      });
      return result;
    },
    learn(step, change) {
      const curvature = dot(step, change);
      if (!(curvature > 2 ** -52 * dot(change, change))) return;
      pairs.push({ step, change, rho: 1 / curvature });
      if (pairs.length > size) pairs.shift();
    },
  };
}
