import type { Claim, ClaimTest, Point, Term } from '../../study/claim.js';
import { cell, claim, correlation, points, term, value } from '../../study/vocabulary/index.js';
import { codedWidths, lastEpoch } from './arms.js';
import { leastPoints } from './searches.js';

/** The correlation of loss and ratio below 0. */
const falls = (what: string, pairs: readonly Point[]): ClaimTest =>
  correlation(pairs, `loss and ratio${what}`).below(0);

const endOf = (arm: string): Point => ({ x: term(arm, value('loss')), y: term(arm, value('minimalRatio')) });
const isCritical = (arm: string): Term => ({ greatest: [{ number: 0 }, term(arm, value('kind'))] });

/** Points of one network, however they were found. */
const together = (label: string, ...arms: readonly string[]): ClaimTest =>
  falls(
    `, ${label}`,
    arms.map((id) => ({ ...endOf(id), only: isCritical(id) })),
  );

/** The points of one run, one an epoch. */
const alongRun = ({ id, label }: (typeof codedWidths)[number]): ClaimTest =>
  falls(
    ` over the epochs, ${label}`,
    Array.from({ length: lastEpoch }, (_, i) => ({
      x: term(id, cell('loss', 'epoch', i + 1)),
      y: term(id, cell('ratio', 'epoch', i + 1)),
    })),
  );

/** What is claimed of points where the gradient is almost zero. */
export const claims: readonly Claim[] = [
  claim({
    id: 'ratio-falls-with-loss',
    statement: 'Loss against minimal ratio (the report gives no number).',
    metric:
      "Spearman's correlation of loss and minimal ratio over points of zero gradient; counts of positive, zero and " +
      'negative eigenvalues are in the table',
    least: points(leastPoints),
    tests: {
      'as-written': [falls(', one point a seed', [endOf('hessian')])],
      'as-coded': codedWidths.map(alongRun),
      'as-intended': [
        together('1-5-1', 'minimum-h5', 'saddle-h5'),
        together('1-10-1', 'minimum-h10', 'saddle-h10'),
        together('1-20-1', 'minimum-h20'),
        together('1-5-10-5-1', 'minimum-deep'),
      ],
    },
  }),
];
