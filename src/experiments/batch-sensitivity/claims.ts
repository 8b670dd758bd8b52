import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import type { Reading } from '../../study/reading.js';
import { last, rankOver, term, value } from '../../study/vocabulary.js';
import { allSteps, batchSizes, equalUpdates, ids, rateBatch, scaledRate } from './arms.js';

/** Section 1.3.4: what is claimed of batch size and sensitivity. */

const gap = (arm: string): Term => ({
  difference: [term(arm, last('trainAccuracy')), term(arm, last('testAccuracy'))],
});

const over = (suffix = ''): readonly { readonly id: string; readonly number: number }[] =>
  batchSizes.map((batchSize) => ({ id: `b${batchSize}${suffix}`, number: batchSize }));

const falls = (label: string, suffix: string, reading: Reading): ClaimTest => ({
  kind: 'value',
  label: `Spearman's correlation with batch size: ${label}`,
  of: [rankOver(over(suffix), reading)],
  direction: 'below',
  margin: -0.5,
  noEffect: 0,
});

const tells = (label: string, arms: readonly string[]): ClaimTest => ({
  kind: 'value',
  label: `Spearman's correlation of Jacobian norm and generalization gap ${label}`,
  of: [{ spearman: [arms.map((arm) => term(`${arm}-jacobian`, value('probabilitiesTest'))), arms.map(gap)] }],
  direction: 'above',
  margin: 0.5,
  noEffect: 0,
});

export const batchSensitivityClaims: readonly Claim[] = [
  {
    id: 'large-batch-worse',
    statement: 'Larger batches do worse at the same number of epochs.',
    metric:
      "Spearman's correlation of test accuracy and batch size over five sizes; as intended also at equal updates and with a scaled learning rate",
    margin: 'below -0.5',
    least: { count: 5, unit: 'seeds' },
    tests: {
      'as-coded': [falls('test accuracy', '', last('testAccuracy'))],
      'as-intended': [
        falls('test accuracy, equal updates', equalUpdates, last('testAccuracy')),
        falls('test accuracy, scaled learning rate', scaledRate, last('testAccuracy')),
      ],
    },
  },
  {
    id: 'sensitivity-falls-with-batch',
    statement: 'Sensitivity decreases as batch size increases.',
    metric:
      "Spearman's correlation with batch size: as coded of the mean norm of parameter gradients over training, as intended of the Jacobian's norm on test images",
    margin: 'below -0.5',
    least: { count: 5, unit: 'seeds' },
    tests: {
      'as-coded': [falls('parameter-gradient norm', '', allSteps('tensorGradNorm'))],
      'as-intended': [
        falls('Jacobian norm of the probabilities', '-jacobian', value('probabilitiesTest')),
        falls('Jacobian norm of the logits', '-jacobian', value('logitsTest')),
      ],
    },
  },
  {
    id: 'sensitivity-tells-generalization',
    statement: 'What the part is about (Novak et al. 2018): sensitivity goes with the generalization gap.',
    metric:
      "Spearman's correlation of Jacobian norm and generalization gap (training less test accuracy) over batch sizes, over learning rates and over widths",
    margin: 'above 0.5',
    least: { count: 5, unit: 'seeds' },
    tests: {
      'as-intended': [
        tells('over batch sizes', ids),
        tells('over learning rates', ['rate3e-4', `b${rateBatch}`, 'rate3e-3', 'rate1e-2']),
        tells('over widths', ['h50', 'h100', 'h250', `b${rateBatch}`, 'h1000']),
      ],
    },
  },
];
