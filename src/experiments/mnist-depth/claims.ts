import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import { claim, images, last, median, term } from '../../study/vocabulary/index.js';
import { codedPlan, intendedPlan, type Plan, writtenPlan } from './arms.js';

const testImages = 10_000;
const better = ({ networks, best }: Plan): readonly ClaimTest[] => {
  const others = networks.filter(({ id }) => id !== best);
  const right = (id: string): Term => images(term(id, last('testAccuracy')), testImages);
  return [
    median(
      { difference: [right(best), { greatest: others.map(({ id }) => right(id)) }] },
      `test images right, ${best} less the better of the others`,
      'images',
    ).above(10, 0),
  ];
};

/** What is claimed of depth on images. */
export const claims: readonly Claim[] = [
  claim({
    id: 'one-dense-layer-best',
    statement: 'CNN-3, with one dense layer, has the highest test accuracy.',
    metric: "test accuracy of CNN-3 less the better of the others; McNemar's test of each seed is in the table",
    judged: {
      'as-written': { tests: better(writtenPlan) },
      'as-coded': { tests: better(codedPlan) },
      'as-intended': { tests: better(intendedPlan) },
    },
  }),
];
