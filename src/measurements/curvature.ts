import { count, whole } from '../base/fields.js';
import { defineMeasurement, gradientsPerProduct, krylovWork } from './measurement.js';

const mostProducts = 10_000;

/**
 * Both ends of the Hessian's spectrum, and its trace with a standard error.
 * Values: loss, lambdaMax, lambdaMin, lambdaMaxResidual, lambdaMinResidual, trace, traceError.
 */
export const curvature = defineMeasurement({
  name: 'curvature',
  of: [1, 1],
  fields: {
    samples: count('how many samples to measure on'),
    products: whole('products with the Hessian, at most; as many probes for the trace', 2, mostProducts),
  },
  command: { word: 'curvature', options: { samples: { unset: 1000 }, products: { unset: 100 } } },
  work: ({ samples, products }, [of]) => ({
    gradients: 2 * products * gradientsPerProduct * Math.min(samples, of?.train ?? 0),
    multiplications: (krylovWork(products) + 40 * products) * (of?.parameters ?? 0),
  }),
  numbers: ({ products }, [of]) => products * (of?.parameters ?? 0),
  run: async (context) => (await import('./run/curvature.js')).measureCurvature(context),
});
