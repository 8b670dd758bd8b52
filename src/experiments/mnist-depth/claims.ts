import type { Claim, ClaimTest } from '../../study/claim.js';
import { claim, difference, last, seeds, term } from '../../study/vocabulary/index.js';
import { codedPlan, intendedPlan, type Plan, writtenPlan } from './arms.js';

const better = ({ networks, best }: Plan): readonly ClaimTest[] => {
  const others = networks.filter(({ id }) => id !== best);
  return [
    difference(
      term(best, last('testAccuracy')),
      { greatest: others.map(({ id }) => term(id, last('testAccuracy'))) },
      `test accuracy, ${best} less the better of the others`,
    ).above(0.001),
  ];
};

/** What is claimed of depth on images. */
export const claims: readonly Claim[] = [
  claim({
    id: 'one-dense-layer-best',
    statement: 'CNN-3, with one dense layer, has the highest test accuracy.',
    metric: "test accuracy of CNN-3 less the better of the others; McNemar's test of each seed is in the table",
    unit: 'points',
    least: seeds(5),
    tests: {
      'as-written': better(writtenPlan),
      'as-coded': better(codedPlan),
      'as-intended': better(intendedPlan),
    },
  }),
];
