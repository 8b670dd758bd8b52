import type { OptimizerSpec } from '../../src/engine/index.js';

/** Which curvature bounds the steps of an optimizer, and where. */
export interface Stability {
  readonly curvature: 'lambdaMax' | 'preconditionedLambdaMax';
  readonly bound: number;
}

/**
 * The curvature above which full-batch steps on a quadratic grow: 2 (1 + momentum) / rate for gradient descent,
 * (2 + 2 beta1) / ((1 - beta1) rate) for Adam, of the Hessian that its scaling makes (Cohen et al. 2021, 2022).
 * Undefined where no such bound is known.
 */
export function stabilityOf(optimizer: OptimizerSpec): Stability | undefined {
  switch (optimizer.kind) {
    case 'sgd':
      return { curvature: 'lambdaMax', bound: (2 * (1 + (optimizer.momentum ?? 0))) / optimizer.learningRate };
    case 'adam':
    case 'adamW': {
      const [beta1] = optimizer.betas ?? [0.9];
      const bound = (2 + 2 * beta1) / ((1 - beta1) * optimizer.learningRate);
      return { curvature: 'preconditionedLambdaMax', bound };
    }
    default:
      return undefined;
  }
}
