import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import {
  all,
  cell,
  claim,
  type Effect,
  gamma,
  holds,
  median,
  noTest,
  term,
  value,
} from '../../study/vocabulary/index.js';
import { codedWidths, lastEpoch } from './arms.js';
import { constantLoss, countedSearches, type Search, smoothSearch, smoothSearches } from './searches.js';

const [figureNetwork] = codedWidths;
const otherQuantity = noTest(
  'the code computes another quantity: Gauss-Newton blocks added up over the epochs have no negative eigenvalue, so ' +
    'its ratio counts rounding errors (D20 to D27)',
);
const notZero = noTest('after 100 epochs the gradient is not zero, and one point a training is no scatter');

/** A zero of the gradient, and not that of the network whose output is the same everywhere. */
const isPoint = ({ id }: Search): Term =>
  all(holds(term(id, value('kind')), { above: 0 }), holds(term(id, value('loss')), { below: constantLoss.bound }));

/** Gamma of two values of searches, one test for each network. */
const overPoints = (
  searches: readonly Search[],
  { x, y, label }: { readonly x: string; readonly y: string; readonly label: string },
  bounded: (effect: Effect) => ClaimTest,
): readonly ClaimTest[] =>
  searches.map((search) =>
    bounded(
      gamma(
        term(search.id, value(x)),
        term(search.id, value(y)),
        `gamma of ${label}, ${search.label}`,
        isPoint(search),
      ),
    ),
  );

const smoothNote =
  `Networks of tanh; zero is a norm below ${smoothSearch.gradNorm}, as in the course's assignment. The constant network ` +
  `has the loss ${constantLoss.value}, the variance of the points; what lies above ${constantLoss.bound} counts as it.`;

const chosen =
  `Starts after ${smoothSearch.warmUpEpochs} epochs at learning rate ${smoothSearch.learningRate}: of seeds 501 to 505, ` +
  'searches from 300 epochs at 0.001, or to a norm of 1e-8, ended at the constant network or in flat valleys';

const points =
  'over disjoint pairs of seeds, one search a seed; searches that stall and the constant network are no points, equal ' +
  'values no pair';

/** What is claimed of points where the gradient is almost zero. */
export const claims: readonly Claim[] = [
  claim({
    id: 'loss-did-not-reach-zero',
    statement: `After ${lastEpoch} epochs the loss has not reached zero.`,
    metric: `loss after epoch ${lastEpoch}, ${figureNetwork.hidden} hidden units`,
    judged: {
      'as-coded': {
        tests: [median(term(figureNetwork.id, cell('loss', 'epoch', lastEpoch)), 'final loss').above(0.01)],
      },
    },
  }),
  claim({
    id: 'ratio-falls-with-loss',
    statement: 'Loss against minimal ratio (a figure; the original draws no conclusion in words).',
    metric: `gamma of loss and minimal ratio at zeros of the gradient, ${points}`,
    judged: {
      'as-written': notZero,
      'as-coded': otherQuantity,
      'as-intended': {
        tests: overPoints(smoothSearches, { x: 'loss', y: 'minimalRatio', label: 'loss and minimal ratio' }, (effect) =>
          effect.below(-0.2, 0),
        ),
        chosen,
        note: smoothNote,
      },
    },
  }),
  claim({
    id: 'index-grows-with-loss',
    companionOf: 'ratio-falls-with-loss',
    statement:
      'Does the share of negative eigenvalues grow with the loss, as at the zeros of larger networks (Dauphin et al. 2014)?',
    metric: `gamma of loss and number of negative eigenvalues at zeros of the gradient, ${points}`,
    judged: {
      'as-intended': {
        tests: overPoints(
          smoothSearches,
          { x: 'loss', y: 'nNegative', label: 'loss and negative eigenvalues' },
          (effect) => effect.above(0.2, 0),
        ),
        chosen,
        note: smoothNote,
      },
    },
  }),
  claim({
    id: 'relu-ratio-counts-active-units',
    companionOf: 'ratio-falls-with-loss',
    statement: 'Does the ratio of a network of relu say how many of its units are active?',
    metric: `gamma of minimal ratio and units that are above 0 at some sample, at zeros of the gradient, ${points}`,
    judged: {
      'as-intended': {
        tests: overPoints(
          countedSearches,
          { x: 'minimalRatio', y: 'activeUnits', label: 'minimal ratio and active units' },
          (effect) => effect.above(0.5, 0),
        ),
      },
    },
  }),
];
