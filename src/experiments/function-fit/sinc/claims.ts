import type { Claim, ClaimTest, Term } from '../../../study/claim.js';
import {
  claim,
  count,
  epochs,
  factor,
  fitted,
  last,
  logRatio,
  median,
  term,
  value,
} from '../../../study/vocabulary/index.js';
import { gridPoints, lastEpoch, type NetworkId } from '../arms.js';
import { names, similarErrors } from '../claims.js';
import { atBest, equalEpochs, equalRate } from './arms.js';
import { decayEpochs, decayPairs, noisy } from './decay.js';

type ArmOf = (id: NetworkId) => string;

const withEnd =
  (suffix: string): ArmOf =>
  (id) =>
    `${id}${suffix}`;

/** Epochs of one network over those of another. */
const slower = (a: NetworkId, b: NetworkId, margin: number, armOf: ArmOf = (id) => id): ClaimTest => {
  const epochsOf = (id: NetworkId): Term => term(armOf(id), epochs);
  return median(logRatio(epochsOf(a), epochsOf(b)), `epochs, ${names(a, b)}`, 'factor').above(factor(margin), 0);
};

const much = 1.5;
const deepBeforeShallow = (armOf?: ArmOf): readonly ClaimTest[] => [
  slower('m3', 'm1', much, armOf),
  slower('m3', 'm2', much, armOf),
];

const oneRate = `All three at learning rate ${equalRate.rate}.`;
const gridError = `largest / smallest mean squared error of the three on a grid of ${count(gridPoints)} points`;

/** For each network, how many times larger its error is without weight decay. */
const decayHelps = (errorOf: (arm: string) => Term): readonly ClaimTest[] =>
  decayPairs.map(({ network, decay, noDecay }) =>
    median(
      logRatio(errorOf(noDecay), errorOf(decay)),
      `error without / with weight decay, ${network.toUpperCase()}`,
      'factor',
    ).above(factor(1.1), 0),
  );

const strictly =
  'The original says that "having more layers" makes networks converge quicker, and compares M1 and M2 with M3 ' +
  'alone; of M1 and M2 it gives the epochs, and M2 is first.';

/** What is claimed of depth and the smooth function. */
export const claims: readonly Claim[] = [
  claim({
    id: 'depth-speeds-fit',
    statement: 'The networks with seven and with four hidden layers converge much quicker than the one with one.',
    metric: `epochs to convergence, M3 / M1 and M3 / M2; not converged within ${count(lastEpoch)} is longer still`,
    judged: {
      'as-coded': { tests: deepBeforeShallow() },
      'as-intended': { tests: deepBeforeShallow(withEnd(equalRate.id)), note: oneRate },
    },
  }),
  claim({
    id: 'depth-speeds-fit-at-best-rate',
    companionOf: 'depth-speeds-fit',
    statement: 'Is it so, too, with each network at its best learning rate?',
    metric: `epochs to convergence, M3 / M1 and M3 / M2; not converged within ${count(lastEpoch)} is longer still`,
    judged: {
      'as-intended': { tests: deepBeforeShallow((id) => atBest.arms[id]), chosen: atBest.chosen },
    },
  }),
  claim({
    id: 'depth-speeds-fit-monotone',
    statement: 'Read strictly: seven hidden layers converge before four.',
    metric: 'epochs to convergence, M2 / M1',
    judged: {
      'as-coded': { tests: [slower('m2', 'm1', 1)], note: strictly },
      'as-intended': { tests: [slower('m2', 'm1', 1, withEnd(equalRate.id))], note: `${oneRate} ${strictly}` },
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
  claim({
    id: 'decay-prevents-overfitting',
    statement: 'Weight decay prevents each of the networks from overfitting.',
    metric:
      `mean squared error on a grid of ${count(gridPoints)} points after ${count(decayEpochs)} epochs, whatever the ` +
      'training loss is by then: without weight decay / with it',
    judged: {
      'as-coded': {
        tests: decayHelps((arm) => term(`${arm}-grid`, value('mse'))),
        note: "The original's points lie close and have no noise, so there is little to overfit.",
      },
      'as-intended': {
        tests: decayHelps((arm) => term(arm, last('testLoss'))),
        note:
          `${noisy.points} points with normal noise of standard deviation ${noisy.noise}, drawn anew with each seed, ` +
          `so that there is something to overfit; learning rate ${equalRate.rate}.`,
      },
    },
  }),
];
