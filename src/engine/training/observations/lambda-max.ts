import { count, nested } from '../../../base/fields.js';
import { type CurvatureProbe, defineObservation } from './observation.js';

/** A product with the Hessian costs as much as so many gradients. */
const gradientsPerProduct = 3;
/** Products of one search for a largest eigenvalue while training; there are two of them. */
const productsPerSearch = 60;

/**
 * Largest eigenvalue of the Hessian of the loss on all training samples, plain and as Adam sees it, every so many
 * steps.
 */
export const lambdaMax = defineObservation({
  name: 'lambdaMax',
  field: nested('largest eigenvalue of the Hessian of the loss on all training samples', {
    every: count('steps from one look to the next'),
  }),
  columns: {
    lambdaMax: { words: 'largest eigenvalue of the Hessian', unit: 'loss units per squared parameter unit' },
    preconditionedLambdaMax: { words: 'largest eigenvalue as Adam sees it', unit: '1 / learning rate' },
  },
  needs: ['curvature'],
  emits(setting, { step }) {
    if (step % setting.every !== 0) return [];
    // Adam has no scale before its first step.
    return step === 1 ? ['lambdaMax'] : ['lambdaMax', 'preconditionedLambdaMax'];
  },
  observe({ every }, { network, data, curvatureProbe }) {
    let seen: ReturnType<CurvatureProbe> = {};
    return {
      beforeStep(step) {
        const due = step % every === 0;
        seen = due ? curvatureProbe!(network, { data, order: null, start: 0, count: data.size }) : {};
      },
      step(row) {
        Object.assign(row, seen);
      },
    };
  },
  work: ({ every }, { steps, train }) => ({
    gradients: Math.floor(steps / every) * 2 * productsPerSearch * gradientsPerProduct * train,
  }),
});
