import { count, nested, optional } from '../../../base/fields.js';
import { type CurvatureProbe, defineObservation } from './observation.js';

/** A product with the Hessian costs as much as so many gradients. */
const gradientsPerProduct = 3;
/** Products of one search for a largest eigenvalue while training; there are two of them. */
const productsPerSearch = 60;

interface Looks {
  readonly every: number;
  readonly from?: number;
  readonly until?: number;
}

const isDue = ({ every, from = 1, until = Number.POSITIVE_INFINITY }: Looks, step: number): boolean =>
  step % every === 0 && step >= from && step <= until;

/** Looks of a run of so many steps. */
function looks({ every, from = 1, until = Number.POSITIVE_INFINITY }: Looks, steps: number): number {
  const upTo = (step: number): number => Math.floor(Math.min(step, steps) / every);
  return Math.max(0, upTo(until) - upTo(from - 1));
}

/**
 * Largest eigenvalue of the Hessian of the loss on all training samples, plain and as Adam sees it, every so many
 * steps, of a window of them or of all.
 */
export const lambdaMax = defineObservation({
  name: 'lambdaMax',
  field: nested('largest eigenvalue of the Hessian of the loss on all training samples', {
    every: count('steps from one look to the next'),
    from: optional(count('first step that may be looked at')),
    until: optional(count('last step that may be looked at')),
  }),
  columns: {
    lambdaMax: { words: 'largest eigenvalue of the Hessian', unit: 'loss units per squared parameter unit' },
    preconditionedLambdaMax: { words: 'largest eigenvalue as Adam sees it', unit: '1 / learning rate' },
  },
  needs: ['curvature'],
  emits(setting, { step }) {
    if (!isDue(setting, step)) return [];
    // Adam has no scale before its first step.
    return step === 1 ? ['lambdaMax'] : ['lambdaMax', 'preconditionedLambdaMax'];
  },
  observe(setting, { network, data, curvatureProbe }) {
    let seen: ReturnType<CurvatureProbe> = {};
    return {
      beforeStep(step) {
        seen = isDue(setting, step) ? curvatureProbe!(network, { data, order: null, start: 0, count: data.size }) : {};
      },
      step(row) {
        Object.assign(row, seen);
      },
    };
  },
  work: (setting, { steps, train }) => ({
    gradients: looks(setting, steps) * 2 * productsPerSearch * gradientsPerProduct * train,
  }),
});
