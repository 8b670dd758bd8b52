import type { Claim, ClaimTest } from '../../../study/claim.js';
import { claim, factor, logRatio, median, rate } from '../../../study/vocabulary/index.js';
import {
  bestNearZero,
  errorBarrier,
  type LinePoint,
  lineOfArms,
  lossAt,
  lossesIn,
  measuredLine,
  near,
  retrainedLine,
} from '../claims.js';
import { figureIds } from './arms.js';

const line = measuredLine('line-shared');
const lineOfFigure = lineOfArms(figureIds);

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

/** Frankle et al. call networks with less between them stable. */
const noBarrier = 0.02;
const hasBarrier = (arm: string): readonly ClaimTest[] => [
  median(errorBarrier(arm), 'largest test error from alpha 0 to 1, less the mean of both ends', 'points').above(
    noBarrier,
    0,
  ),
];
const barrierMetric =
  'error barrier: the largest test error on the line from alpha 0 to 1, untouched, less the mean error of its ends';
const barrierNote =
  'Frankle et al. 2020 compare runs that differ in the order of their batches alone and call less than 2 points ' +
  'stable; here the ends differ in their learning rate as well.';

/** The line that the original's figure shows is of an older version of its code. */
const figureNote =
  "The version of the code that drew the original's figure: 15 epochs for both ends, networks on the line trained " +
  'for an epoch in batches of 100.';

const relative =
  'The original says that performance stays "relatively stable": beside the other side of alpha 0, where the same ' +
  'curve is far higher, it does (see the figure). What is asked here is whether the loss stays within our margin.';

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
    id: 'interpolation-rate-best-near-0-figure',
    statement: "The same of the code that drew the original's figure: those near alpha 0 do best.",
    metric: `share of seeds whose least test loss on the line of the figure lies within ${near} of alpha 0`,
    judged: { 'as-coded': { tests: isBest(lineOfFigure), note: figureNote } },
  }),
  claim({
    id: 'interpolation-rate-stable-after',
    statement: 'Beyond alpha 0 they are stable.',
    metric: `largest test loss on [${from}, ${to}] / test loss at ${from}`,
    judged: {
      'as-written': { tests: isStable(retrainedLine), note: relative },
      'as-coded': { tests: isStable(retrainedLine), note: relative },
      'as-intended': { tests: isStable(line) },
    },
  }),
  claim({
    id: 'interpolation-rate-stable-after-figure',
    statement: "The same of the code that drew the original's figure: beyond alpha 0 they are stable.",
    metric: `largest test loss on [${from}, ${to}] of the line of the figure / test loss at ${from}`,
    judged: { 'as-coded': { tests: isStable(lineOfFigure), note: `${figureNote} ${relative}` } },
  }),
  claim({
    id: 'barrier-shared-start',
    companionOf: 'interpolation-rate-stable-after',
    statement: 'Does a barrier of error stand between two networks of one start (Frankle et al. 2020)?',
    metric: barrierMetric,
    judged: { 'as-intended': { tests: hasBarrier('line-shared'), note: barrierNote } },
  }),
  claim({
    id: 'barrier-own-starts',
    companionOf: 'interpolation-rate-stable-after',
    statement: 'Does one stand between two networks with starts of their own?',
    metric: barrierMetric,
    judged: { 'as-intended': { tests: hasBarrier('line-own'), note: barrierNote } },
  }),
];
