import { optional, share } from '../base/fields.js';
import { defineMeasurement, hessianNumbers, hessianWork } from './measurement.js';

/**
 * The whole Hessian of a small network's training loss in float64, and all its eigenvalues.
 * Columns: eigenvalue. Values: loss, gradNorm, lambdaMax, lambdaMin, trace, nPositive, nZero, nNegative, minimalRatio,
 * tolerance, asymmetry.
 */
export const hessian = defineMeasurement({
  name: 'hessian',
  of: [1, 1],
  fields: { tolerance: optional(share('of the largest eigenvalue, below which one counts as zero')) },
  command: { word: 'hessian', options: { tolerance: {} } },
  work: (_, [of]) => ({ multiplications: of ? hessianWork(of) : 0 }),
  numbers: (_, [of]) => (of ? hessianNumbers(of) : 0),
  run: async (context) => (await import('./run/hessian.js')).measureHessian(context),
});
