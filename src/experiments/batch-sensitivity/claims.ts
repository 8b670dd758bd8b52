import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import { allImages, claim, images, kendall, last, median, term, trend, value } from '../../study/vocabulary/index.js';
import { batchSizes, equalUpdates, ids, scaledRate, triedId, triedRates, withSuffix } from './arms.js';
import { fittedIds, fittedText, type Varied } from './fitted-arms.js';
import { jacobians } from './presets.js';
import { allSteps } from './quantities.js';

const falls = (what: string, terms: readonly Term[]): readonly ClaimTest[] => [
  median(trend(batchSizes, terms), `Kendall's tau of batch size and ${what}`).below(-0.5, 0),
];

/** Test accuracy in images, so that a tie is a tie. */
const worse = (arms: readonly string[]): readonly ClaimTest[] =>
  falls(
    'test accuracy',
    arms.map((id) => images(term(id, last('testAccuracy')), allImages.testSize)),
  );

const jacobianFalls = (of: 'probabilities' | 'logits'): readonly ClaimTest[] =>
  falls(
    `Jacobian norm of the ${of}`,
    jacobians(ids).map((id) => term(id, value(`${of}Test`))),
  );

/** Right of the training images less right of the test images. */
const gap = (arm: string): Term => ({
  difference: [term(arm, last('trainAccuracy')), term(arm, last('testAccuracy'))],
});

const together = (by: Varied, over: string): ClaimTest => {
  const arms = fittedIds(by);
  const norms = jacobians(arms).map((id) => term(id, value('probabilitiesTest')));
  return median(kendall(norms, arms.map(gap)), `Kendall's tau of Jacobian norm and gap over ${over}`).above(0.5, 0);
};
const novak =
  "Kendall's tau, within a seed, of the probabilities' Jacobian norm (test images) and training less test accuracy, " +
  `over six networks that differ in one thing; ${fittedText}`;

/**
 * The learning rate of four at which each batch size does best, in the order of the sizes: with it most are right of
 * 10,000 training images that were held out.
 */
const bestRates = [3e-4, 3e-3, 3e-3, 1e-2, 1e-2] as const;
const bestIds = batchSizes.map((size, i) => triedId(size, bestRates[i]!));

const tau = "Kendall's tau of test accuracy and batch size over the five sizes, within a seed";

/** What is claimed of batch size and sensitivity. */
export const claims: readonly Claim[] = [
  claim({
    id: 'large-batch-worse',
    statement: 'Larger batches do worse at the same number of epochs.',
    metric: tau,
    judged: {
      'as-coded': { tests: worse(ids) },
      'as-intended': {
        tests: worse(bestIds),
        chosen:
          `learning rates ${bestRates.join(', ')} for batches of ${batchSizes.join(', ')}, the best of ` +
          `${triedRates.join(', ')} for each (seeds 501 and 502, 10,000 training images held out)`,
        note:
          'Each batch size at the best of four learning rates. The largest three do worse with 0.03 than with 0.01, the ' +
          'smallest does worse with 0.0001.',
      },
    },
  }),
  claim({
    id: 'large-batch-worse-at-equal-updates',
    companionOf: 'large-batch-worse',
    statement: 'Do they still, at the same number of updates?',
    metric: tau,
    judged: { 'as-intended': { tests: worse(withSuffix(equalUpdates)) } },
  }),
  claim({
    id: 'large-batch-worse-with-scaled-rate',
    companionOf: 'large-batch-worse',
    statement: 'Do they still, with a learning rate that goes with the root of the batch?',
    metric: tau,
    judged: { 'as-intended': { tests: worse(withSuffix(scaledRate)) } },
  }),
  claim({
    id: 'sensitivity-falls-with-batch',
    statement: 'Sensitivity decreases as batch size increases.',
    metric:
      "Kendall's tau of sensitivity and batch size, within a seed. As coded: mean norm of the parameters' gradient " +
      "over training; as intended: mean norm of the probabilities' Jacobian by the inputs, test images",
    judged: {
      'as-coded': {
        tests: falls(
          'parameter-gradient norm',
          ids.map((id) => term(id, allSteps('tensorGradNorm'))),
        ),
      },
      'as-intended': { tests: jacobianFalls('probabilities') },
    },
  }),
  claim({
    id: 'sensitivity-falls-with-batch-logits',
    companionOf: 'sensitivity-falls-with-batch',
    statement: 'Does the Jacobian of the logits fall as well?',
    metric: "Kendall's tau of the logits' Jacobian norm and batch size, within a seed",
    judged: { 'as-intended': { tests: jacobianFalls('logits') } },
  }),
  claim({
    id: 'sensitivity-tells-generalization',
    statement: 'What the part is about (Novak et al. 2018): sensitivity goes with the generalization gap.',
    metric: novak,
    judged: {
      'as-intended': {
        tests: [
          together('hidden', 'widths'),
          together('learningRate', 'learning rates'),
          together('batchSize', 'batch sizes'),
        ],
      },
    },
  }),
  claim({
    id: 'sensitivity-tells-generalization-over-label-noise',
    companionOf: 'sensitivity-tells-generalization',
    statement: 'Does it go with the gap over label noise, which moves both?',
    metric: novak,
    judged: { 'as-intended': { tests: [together('noise', 'shares of random labels')] } },
  }),
];
