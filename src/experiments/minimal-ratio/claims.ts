import type { Claim } from '../../study/claim.js';
import { cell, claim, median, noTest, term } from '../../study/vocabulary/index.js';
import { codedWidths, lastEpoch } from './arms.js';

const [figureNetwork] = codedWidths;
const otherQuantity = noTest(
  'the code computes another quantity: Gauss-Newton blocks added up over the epochs have no negative eigenvalue, so ' +
    'its ratio counts rounding errors (D20 to D27)',
);
const notZero = noTest('after 100 epochs the gradient is not zero, and one point a training is no scatter');

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
    metric: 'gamma of loss and minimal ratio over points of zero gradient, one search a seed',
    judged: { 'as-written': notZero, 'as-coded': otherQuantity },
  }),
];
