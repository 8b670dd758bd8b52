import type { Claim, ClaimTest } from '../../../study/claim.js';
import { claim, factor, logRatio, median, rate } from '../../../study/vocabulary/index.js';
import { bestNearZero, type LinePoint, lossAt, lossesIn, measuredLine, near, retrainedLine } from '../claims.js';

const line = measuredLine('line-shared');

const isBest = (points: readonly LinePoint[]): readonly ClaimTest[] => [
  rate(bestNearZero(points), `share of seeds whose least test loss lies within ${near} of alpha 0`).above(0.5),
];

/** Where the loss has to stay level. */
const [from, to] = [0, 2] as const;
const isStable = (points: readonly LinePoint[]): readonly ClaimTest[] => [
  median(
    logRatio({ greatest: lossesIn(points, from, to) }, lossAt(points, from)),
    `largest test loss on [${from}, ${to}] / at ${from}`,
    'factor',
  ).below(factor(1.5)),
];

/** What is claimed of the learning rate and of what lies between. */
export const claims: readonly Claim[] = [
  claim({
    id: 'interpolation-rate-best-near-0',
    statement: 'The networks near alpha 0, the end of the small learning rate, do best.',
    metric: `share of seeds whose least test loss on the line lies within ${near} of alpha 0`,
    judged: {
      'as-written': { tests: isBest(retrainedLine) },
      'as-coded': { tests: isBest(retrainedLine) },
      'as-intended': { tests: isBest(line) },
    },
  }),
  claim({
    id: 'interpolation-rate-stable-after',
    statement: 'Beyond alpha 0 they are stable.',
    metric: `largest test loss on [${from}, ${to}] / test loss at ${from}`,
    judged: {
      'as-written': { tests: isStable(retrainedLine) },
      'as-coded': { tests: isStable(retrainedLine) },
      'as-intended': { tests: isStable(line) },
    },
  }),
];
