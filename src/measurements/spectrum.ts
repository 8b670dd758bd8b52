import { count, whole } from '../base/fields.js';
import { defineMeasurement, gradientsPerProduct, krylovWork } from './measurement.js';

const mostVectors = 10_000;

/**
 * Density of the Hessian's eigenvalues.
 * Columns: lambda, density. Values: loss, lambdaMax, lambdaMin, sigma.
 */
export const spectrum = defineMeasurement({
  name: 'spectrum',
  of: [1, 1],
  fields: {
    samples: count('how many samples to measure on'),
    probes: whole('random vectors', 1, mostVectors),
    steps: whole('products with the Hessian, at most', 2, mostVectors),
  },
  command: {
    word: 'spectrum',
    options: { samples: { unset: 1000 }, probes: { unset: 10 }, steps: { flag: 'products', unset: 80 } },
  },
  work: ({ samples, probes, steps }, [of]) => ({
    gradients: probes * steps * gradientsPerProduct * Math.min(samples, of?.train ?? 0),
    multiplications: (probes / 2) * krylovWork(steps) * (of?.parameters ?? 0),
  }),
  numbers: ({ steps }, [of]) => steps * (of?.parameters ?? 0),
  run: async (context) => (await import('./run/spectrum.js')).measureSpectrum(context),
});
