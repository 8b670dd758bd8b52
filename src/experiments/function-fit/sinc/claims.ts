import type { Claim, ClaimTest, Term } from '../../../study/claim.js';
import { claim, count, epochs, factor, logRatio, median, term } from '../../../study/vocabulary/index.js';
import { gridPoints, lastEpoch, type NetworkId } from '../arms.js';
import { names, similarErrors } from '../claims.js';
import { equalEpochs, equalRate, rates } from './arms.js';

const epochsOf = (arm: string): Term => term(arm, epochs);
const atBest = (network: string): Term => ({ least: rates.map(({ id }) => epochsOf(`${network}${id}`)) });

const ratio = (a: Term, b: Term, label: string, margin: number): ClaimTest =>
  median(logRatio(a, b), label, 'factor').above(factor(margin), 0);

const slower = (a: NetworkId, b: NetworkId, margin: number): ClaimTest =>
  ratio(epochsOf(a), epochsOf(b), `epochs, ${names(a, b)}`, margin);

/** A ratio of epochs, as intended: at one learning rate, and each network at its best. */
const slowerBothWays = (a: NetworkId, b: NetworkId, margin: number): readonly ClaimTest[] => {
  const { id, rate } = equalRate;
  const label = `epochs, ${names(a, b)}`;
  return [
    ratio(epochsOf(`${a}${id}`), epochsOf(`${b}${id}`), `${label} at rate ${rate}`, margin),
    ratio(atBest(a), atBest(b), `${label}, each at its best rate`, margin),
  ];
};

const much = 1.1;

/** What is claimed of depth and the smooth function. */
export const claims: readonly Claim[] = [
  claim({
    id: 'depth-speeds-fit',
    statement: 'More layers reach convergence much quicker: M1 and M2 before M3.',
    metric: `epochs to convergence, M3 / M1 and M3 / M2; not converged within ${count(lastEpoch)} counts as more`,
    judged: {
      'as-coded': { tests: [slower('m3', 'm1', much), slower('m3', 'm2', much)] },
      'as-intended': { tests: [...slowerBothWays('m3', 'm1', much), ...slowerBothWays('m3', 'm2', much)] },
    },
  }),
  claim({
    id: 'depth-speeds-fit-monotone',
    statement: 'The same, read strictly: seven layers converge before four.',
    metric: 'epochs to convergence, M2 / M1',
    judged: { 'as-coded': { tests: [slower('m2', 'm1', 1)] }, 'as-intended': { tests: slowerBothWays('m2', 'm1', 1) } },
  }),
  claim({
    id: 'fits-are-similar-f1',
    statement: 'All three models perform similarly.',
    metric: `mean squared error on a grid of ${count(gridPoints)} points`,
    judged: {
      'as-coded': { tests: similarErrors('error at convergence') },
      'as-intended': {
        tests: [
          ...similarErrors('error at convergence', equalRate.id),
          ...similarErrors(`error after ${count(equalEpochs.epochs)} epochs`, equalEpochs.id),
        ],
      },
    },
  }),
];
