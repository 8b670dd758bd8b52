import type { Claim, ClaimTest, Term } from '../../../study/claim.js';
import { claim, count, epochs, factor, fitted, logRatio, median, term } from '../../../study/vocabulary/index.js';
import { gridPoints, lastEpoch, type NetworkId } from '../arms.js';
import { names, similarErrors } from '../claims.js';
import { equalEpochs, equalRate } from './arms.js';

/** Epochs of one network over those of another, with something behind the ids of both. */
const slower = (a: NetworkId, b: NetworkId, margin: number, suffix = ''): ClaimTest => {
  const epochsOf = (id: NetworkId): Term => term(`${id}${suffix}`, epochs);
  return median(logRatio(epochsOf(a), epochsOf(b)), `epochs, ${names(a, b)}`, 'factor').above(factor(margin), 0);
};

const much = 1.5;
const deepBeforeShallow = (suffix = ''): readonly ClaimTest[] => [
  slower('m3', 'm1', much, suffix),
  slower('m3', 'm2', much, suffix),
];

const oneRate = `All three at learning rate ${equalRate.rate}.`;
const gridError = `largest / smallest mean squared error of the three on a grid of ${count(gridPoints)} points`;

/** What is claimed of depth and the smooth function. */
export const claims: readonly Claim[] = [
  claim({
    id: 'depth-speeds-fit',
    statement: 'The networks with seven and with four hidden layers converge much quicker than the one with one.',
    metric: `epochs to convergence, M3 / M1 and M3 / M2; not converged within ${count(lastEpoch)} is longer still`,
    judged: {
      'as-coded': { tests: deepBeforeShallow() },
      'as-intended': { tests: deepBeforeShallow(equalRate.id), note: oneRate },
    },
  }),
  claim({
    id: 'depth-speeds-fit-monotone',
    statement: 'Read strictly: seven hidden layers converge before four.',
    metric: 'epochs to convergence, M2 / M1',
    judged: {
      'as-coded': { tests: [slower('m2', 'm1', 1)] },
      'as-intended': { tests: [slower('m2', 'm1', 1, equalRate.id)], note: oneRate },
    },
  }),
  claim({
    id: 'fits-are-similar',
    statement: 'All three networks perform similarly.',
    metric: `${gridError} at the end of training`,
    judged: {
      'as-coded': {
        tests: [similarErrors('error at convergence')],
        note: `It holds all but by construction: training ends where the loss is below ${fitted.below}.`,
      },
      'as-intended': { tests: [similarErrors('error at convergence', equalRate.id)], note: oneRate },
    },
  }),
  claim({
    id: 'fits-are-similar-at-equal-epochs',
    companionOf: 'fits-are-similar',
    statement: `Are they as similar after ${count(equalEpochs.epochs)} epochs, whatever the loss is by then?`,
    metric: `${gridError} after ${count(equalEpochs.epochs)} epochs`,
    judged: { 'as-intended': { tests: [similarErrors('error', equalEpochs.id)], note: oneRate } },
  }),
];
