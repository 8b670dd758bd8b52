import type { Claim, ClaimTest, Term } from '../../../study/claim.js';
import { claim, factor, last, logRatio, median, term } from '../../../study/vocabulary/index.js';
import { alphaIds, codedAlphas, nearestAlpha } from '../arms.js';
import { onLine } from '../quantities.js';

/** Where the loss has to stay level. */
const range = [0, 2] as const;

/** A threshold: beyond it the claim is refuted. */
const stable = (largest: Term, atStart: Term, line = ''): ClaimTest =>
  median(
    logRatio(largest, atStart),
    `largest test loss on [${range.join(', ')}] / at ${range[0]}${line}`,
    'factor',
  ).below(factor(1.5));

const inRange = alphaIds.filter((_, i) => codedAlphas[i]! >= range[0] && codedAlphas[i]! <= range[1]);
const retrained: readonly ClaimTest[] = [
  stable({ greatest: inRange.map((id) => term(id, last('testLoss'))) }, term(nearestAlpha(range[0]), last('testLoss'))),
];

const measured = (arm: string, line: string): ClaimTest =>
  stable(
    term(arm, { kind: 'greatestCell', column: 'testLoss', where: 'alpha', from: range[0], to: range[1] }),
    term(arm, onLine(range[0])),
    line,
  );

/** What is claimed of the learning rate and of what lies between. */
export const claims: readonly Claim[] = [
  claim({
    id: 'interpolation-lr-stable',
    statement: 'Best near alpha 0, stable after.',
    metric: `largest test loss on [${range.join(', ')}] / test loss at ${range[0]}`,
    judged: {
      'as-written': { tests: retrained },
      'as-coded': { tests: retrained },
      'as-intended': { tests: [measured('line-shared', ', one start'), measured('line-own', ', a start for each')] },
    },
  }),
];
