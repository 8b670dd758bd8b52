import { byDefault, count, flag, kindOf, positive, share, whole, word } from '../base/fields.js';
import { dataSources } from '../data/sources/index.js';
import { modelKinds } from '../engine/model-spec.js';
import { defineMeasurement, hessianNumbers, hessianWork } from './measurement.js';

/** Steps that all attempts to find a zero gradient take, as far as that can be known before. */
const usualSearchSteps = 200;

/**
 * Of no network: trains one from the seed for some epochs, then looks for a zero of the gradient in float64.
 * Values: kind (1 critical, 0 gradient-flat, -1 neither), gradNorm, relativeHg, loss, nPositive, nZero, nNegative,
 * minimalRatio, lambdaMax, lambdaMin, steps, attempts; on request activeUnits.
 */
export const criticalPoint = defineMeasurement({
  name: 'criticalPoint',
  of: [0, 0],
  revision: 2,
  fields: {
    model: kindOf('the network', () => modelKinds),
    data: kindOf('what it is trained on', () => dataSources),
    warmUpEpochs: whole('epochs of Adam before the search', 0),
    gradNorm: positive('the gradient norm that counts as zero'),
    maxSteps: count('steps of the search, at most'),
    learningRate: byDefault(positive('of Adam in the warm-up'), 0.001),
    method: byDefault(
      word('how a zero is looked for; the default finds saddles as well as minima', [
        'dampedNewton',
        'saddleFreeNewton',
        'levenbergMarquardt',
        'gradientNormDescent',
      ]),
      'dampedNewton',
    ),
    attempts: byDefault(count('starts at most, each but the first where the last ended, moved at random'), 10),
    tolerance: byDefault(share('of max |lambda|, below which an eigenvalue counts as zero'), 1e-8),
    countUnits: byDefault(flag('also how many units of the first layer are above 0 at some sample'), false),
  },
  trains: ({ model, data }) => ({ model, data }),
  work(_, [of]) {
    if (of === undefined) return {};
    const step = hessianWork(of) + 9 * of.parameters ** 3 + 120 * of.forward * of.train;
    return { multiplications: usualSearchSteps * step };
  },
  numbers: (_, [of]) => (of ? hessianNumbers(of) : 0),
  run: async (context) => (await import('./run/critical-point.js')).measureCriticalPoint(context),
});
