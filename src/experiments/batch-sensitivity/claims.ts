import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import type { Reading } from '../../study/reading.js';
import { claim, last, rankOver, seeds, spearman, term, value } from '../../study/vocabulary/index.js';
import { batchSizes, byRate, byWidth, equalUpdates, ids, scaledRate, withSuffix } from './arms.js';
import { jacobians } from './presets.js';
import { allSteps } from './quantities.js';

const gap = (arm: string): Term => ({
  difference: [term(arm, last('trainAccuracy')), term(arm, last('testAccuracy'))],
});

const falls = (label: string, arms: readonly string[], reading: Reading): ClaimTest =>
  rankOver(
    arms.map((id, i) => ({ id, number: batchSizes[i]! })),
    reading,
    `Spearman's correlation with batch size: ${label}`,
  ).below(-0.5);

const together = (label: string, arms: readonly string[]): ClaimTest =>
  spearman(
    jacobians(arms).map((id) => term(id, value('probabilitiesTest'))),
    arms.map(gap),
    `Spearman's correlation of Jacobian norm and generalization gap ${label}`,
  ).above(0.5);

/** What is claimed of batch size and sensitivity. */
export const claims: readonly Claim[] = [
  claim({
    id: 'large-batch-worse',
    statement: 'Larger batches do worse at the same number of epochs.',
    metric:
      "Spearman's correlation of test accuracy and batch size over five sizes; as intended also at equal updates and " +
      'with a scaled learning rate',
    least: seeds(5),
    tests: {
      'as-coded': [falls('test accuracy', ids, last('testAccuracy'))],
      'as-intended': [
        falls('test accuracy, equal updates', withSuffix(equalUpdates), last('testAccuracy')),
        falls('test accuracy, scaled learning rate', withSuffix(scaledRate), last('testAccuracy')),
      ],
    },
  }),
  claim({
    id: 'sensitivity-falls-with-batch',
    statement: 'Sensitivity decreases as batch size increases.',
    metric:
      "Spearman's correlation with batch size: as coded of the mean norm of parameter gradients over training, as " +
      "intended of the Jacobian's norm on test images",
    least: seeds(5),
    tests: {
      'as-coded': [falls('parameter-gradient norm', ids, allSteps('tensorGradNorm'))],
      'as-intended': [
        falls('Jacobian norm of the probabilities', jacobians(ids), value('probabilitiesTest')),
        falls('Jacobian norm of the logits', jacobians(ids), value('logitsTest')),
      ],
    },
  }),
  claim({
    id: 'sensitivity-tells-generalization',
    statement: 'What the part is about (Novak et al. 2018): sensitivity goes with the generalization gap.',
    metric:
      "Spearman's correlation of Jacobian norm and generalization gap (training less test accuracy) over batch " +
      'sizes, ' +
      'over learning rates and over widths',
    least: seeds(5),
    tests: {
      'as-intended': [
        together('over batch sizes', ids),
        together('over learning rates', byRate),
        together('over widths', byWidth),
      ],
    },
  }),
];
