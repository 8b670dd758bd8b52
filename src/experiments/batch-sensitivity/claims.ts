import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import type { Reading } from '../../study/reading.js';
import { claim, kendall, last, median, term, trend, value } from '../../study/vocabulary/index.js';
import { batchSizes, byRate, byWidth, equalUpdates, ids, scaledRate, withSuffix } from './arms.js';
import { jacobians } from './presets.js';
import { allSteps } from './quantities.js';

const gap = (arm: string): Term => ({
  difference: [term(arm, last('trainAccuracy')), term(arm, last('testAccuracy'))],
});

const falls = (label: string, arms: readonly string[], reading: Reading): ClaimTest =>
  median(
    trend(
      arms.map((id, i) => ({ id, number: batchSizes[i]! })),
      reading,
    ),
    `Kendall's tau with batch size: ${label}`,
  ).below(-0.5, 0);

const together = (label: string, arms: readonly string[]): ClaimTest =>
  median(
    kendall(
      jacobians(arms).map((id) => term(id, value('probabilitiesTest'))),
      arms.map(gap),
    ),
    `Kendall's tau of Jacobian norm and generalization gap ${label}`,
  ).above(0.5, 0);

/** What is claimed of batch size and sensitivity. */
export const claims: readonly Claim[] = [
  claim({
    id: 'large-batch-worse',
    statement: 'Larger batches do worse at the same number of epochs.',
    metric:
      "Kendall's tau of test accuracy and batch size over five sizes; as intended also at equal updates and " +
      'with a scaled learning rate',
    judged: {
      'as-coded': { tests: [falls('test accuracy', ids, last('testAccuracy'))] },
      'as-intended': {
        tests: [
          falls('test accuracy, equal updates', withSuffix(equalUpdates), last('testAccuracy')),
          falls('test accuracy, scaled learning rate', withSuffix(scaledRate), last('testAccuracy')),
        ],
      },
    },
  }),
  claim({
    id: 'sensitivity-falls-with-batch',
    statement: 'Sensitivity decreases as batch size increases.',
    metric:
      "Kendall's tau with batch size: as coded of the mean norm of parameter gradients over training, as " +
      "intended of the Jacobian's norm on test images",
    judged: {
      'as-coded': { tests: [falls('parameter-gradient norm', ids, allSteps('tensorGradNorm'))] },
      'as-intended': {
        tests: [
          falls('Jacobian norm of the probabilities', jacobians(ids), value('probabilitiesTest')),
          falls('Jacobian norm of the logits', jacobians(ids), value('logitsTest')),
        ],
      },
    },
  }),
  claim({
    id: 'sensitivity-tells-generalization',
    statement: 'What the part is about (Novak et al. 2018): sensitivity goes with the generalization gap.',
    metric:
      "Kendall's tau of Jacobian norm and generalization gap (training less test accuracy) over batch " +
      'sizes, ' +
      'over learning rates and over widths',
    judged: {
      'as-intended': {
        tests: [
          together('over batch sizes', ids),
          together('over learning rates', byRate),
          together('over widths', byWidth),
        ],
      },
    },
  }),
];
