import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import { claim, difference, last, rankOver, ratio, seeds, term } from '../../study/vocabulary/index.js';
import { armId, ids, widths } from './arms.js';
import { longIds, noise, noisyIds } from './intended-arms.js';

const better = (arms: readonly string[]): readonly ClaimTest[] => [
  rankOver(
    widths.map((hidden, i) => ({ id: arms[i]!, number: hidden })),
    last('testAccuracy'),
    "Spearman's correlation of test accuracy and parameters",
  ).above(0.5),
];

/** Share that is wrong: of test images at the end, of training images as the code counts them. */
const error = (arm: string, metric: 'testAccuracy' | 'accuracy'): Term => ({
  difference: [{ number: 1 }, term(arm, { kind: 'max', metric })],
});

const [middle, largest] = [500, 2000] as const;
const shrinks = (metric: 'testAccuracy' | 'accuracy'): Term => ({
  ratio: [error(armId(largest), metric), error(armId(middle), metric)],
});
const plateaus: ClaimTest = ratio(
  shrinks('testAccuracy'),
  shrinks('accuracy'),
  `error at ${largest} units / at ${middle} units, test / training`,
).above(1.5);

/** Overfitting by size: the largest network is worse on test images than the best of the smaller ones. */
const overfits = (arms: readonly string[], what = ''): ClaimTest =>
  difference(
    term(arms.at(-1)!, last('testLoss')),
    { least: arms.slice(0, -1).map((arm) => term(arm, last('testLoss'))) },
    `test loss of the largest less the smallest of the others${what}`,
  ).above(0);

/** What is claimed of size. */
export const claims: readonly Claim[] = [
  claim({
    id: 'more-parameters-better',
    statement: 'More parameters do better in training and in testing.',
    metric: "Spearman's correlation of test accuracy and parameters over the ten sizes",
    least: seeds(5),
    tests: { 'as-written': better(ids), 'as-coded': better(ids), 'as-intended': better(longIds) },
  }),
  claim({
    id: 'test-plateaus-first',
    statement: 'Testing stops improving well before training does, by overfitting.',
    metric:
      `error at ${largest} units / error at ${middle} units, testing / training; and whether test loss ever rises ` +
      'with size',
    margin: (bound) =>
      `${bound}, and test loss of the largest above that of a smaller one; networks that have fitted have no ` +
      'training error, so as intended the second alone',
    least: seeds(5),
    tests: {
      'as-written': [plateaus, overfits(ids)],
      'as-coded': [plateaus, overfits(ids)],
      'as-intended': [overfits(longIds, ', fitted'), overfits(noisyIds, `, ${noise}`)],
    },
  }),
];
