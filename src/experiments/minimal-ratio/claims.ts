import type { Claim, ClaimTest, Judged, Term } from '../../study/claim.js';
import { claim, gamma, holds, noTest, term, value } from '../../study/vocabulary/index.js';

const isCritical = (arm: string): Term => holds(term(arm, value('kind')), { above: 0 });

/** Gamma of loss and ratio below 0, over the points of one search. */
const falls = (label: string, arm: string): ClaimTest =>
  gamma(
    term(arm, value('loss')),
    term(arm, value('minimalRatio')),
    `gamma of loss and ratio, ${label}`,
    isCritical(arm),
  ).below(-0.2, 0);

const otherQuantity: Judged = noTest('what is computed there is not the minimal ratio');

/** What is claimed of points where the gradient is almost zero. */
export const claims: readonly Claim[] = [
  claim({
    id: 'ratio-falls-with-loss',
    statement: 'Loss against minimal ratio (the report gives no number).',
    metric:
      'gamma of loss and minimal ratio over points of zero gradient; counts of positive, zero and ' +
      'negative eigenvalues are in the table',
    judged: {
      'as-written': otherQuantity,
      'as-coded': otherQuantity,
      'as-intended': {
        tests: [
          falls('1-5-1', 'minimum-h5'),
          falls('1-10-1', 'minimum-h10'),
          falls('1-20-1', 'minimum-h20'),
          falls('1-5-10-5-1', 'minimum-deep'),
        ],
      },
    },
  }),
];
