import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import { claim, factor, last, logRatio, median, term, trend } from '../../study/vocabulary/index.js';
import { armId, ids, widths } from './arms.js';
import { longIds, noise, noisyIds } from './intended-arms.js';

const better = (arms: readonly string[]): readonly ClaimTest[] => [
  median(
    trend(
      widths.map((hidden, i) => ({ id: arms[i]!, number: hidden })),
      last('testAccuracy'),
    ),
    "Kendall's tau of test accuracy and parameters",
  ).above(0.5, 0),
];

/** Share that is wrong: of test images at the end, of training images as the code counts them. */
const error = (arm: string, metric: 'testAccuracy' | 'accuracy'): Term => ({
  difference: [{ number: 1 }, term(arm, { kind: 'max', metric })],
});

const [middle, largest] = [500, 2000] as const;
const shrinks = (metric: 'testAccuracy' | 'accuracy'): Term => ({
  ratio: [error(armId(largest), metric), error(armId(middle), metric)],
});
const plateaus: ClaimTest = median(
  logRatio(shrinks('testAccuracy'), shrinks('accuracy')),
  `error at ${largest} units / at ${middle} units, test / training`,
  'factor',
).above(factor(1.5), 0);

/** Overfitting by size: the largest network is worse on test images than the best of the smaller ones. */
const overfits = (arms: readonly string[], what = ''): ClaimTest =>
  median(
    {
      difference: [
        term(arms.at(-1)!, last('testLoss')),
        { least: arms.slice(0, -1).map((arm) => term(arm, last('testLoss'))) },
      ],
    },
    `test loss of the largest less the smallest of the others${what}`,
  ).above(0);

/** What is claimed of size. */
export const claims: readonly Claim[] = [
  claim({
    id: 'more-parameters-better',
    statement: 'More parameters do better in training and in testing.',
    metric: "Kendall's tau of test accuracy and parameters over the ten sizes",
    judged: {
      'as-written': { tests: better(ids) },
      'as-coded': { tests: better(ids) },
      'as-intended': { tests: better(longIds) },
    },
  }),
  claim({
    id: 'test-plateaus-first',
    statement: 'Testing stops improving well before training does, by overfitting.',
    metric:
      `error at ${largest} units / error at ${middle} units, testing / training; and whether test loss ever rises ` +
      'with size',
    judged: {
      'as-written': { tests: [plateaus, overfits(ids)] },
      'as-coded': { tests: [plateaus, overfits(ids)] },
      'as-intended': { tests: [overfits(longIds, ', fitted'), overfits(noisyIds, `, ${noise}`)] },
    },
  }),
];
