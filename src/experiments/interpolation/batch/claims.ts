import type { Claim, ClaimTest } from '../../../study/claim.js';
import { claim, factor, logRatio, median, noTest, rate, term, value } from '../../../study/vocabulary/index.js';
import { bestNearZero, type LinePoint, lossAt, measuredLine, near, retrainedLine } from '../claims.js';
import { suffixes } from '../flatness.js';
import { fittedLoss, large, largeFitted, small, smallFitted } from './arms.js';

/** The shape that the original describes: from where to where test loss rises, falls, and rises again. */
const legs = [
  [0, 0.5, 'above'],
  [0.5, 1.5, 'below'],
  [1.5, 2, 'above'],
] as const;

const shape = (line: readonly LinePoint[]): readonly ClaimTest[] => [
  rate(bestNearZero(line), `share of seeds whose least test loss lies within ${near} of alpha 0`).above(0.5),
  ...legs.map(([from, to, direction]) =>
    median({ difference: [lossAt(line, to), lossAt(line, from)] }, `change of test loss from alpha ${from} to ${to}`)[
      direction
    ](0),
  ),
];

const measures = {
  sharpness: { value: 'sharpness', suffix: suffixes.sharpness, words: 'epsilon-sharpness (Keskar et al. 2017)' },
  adaptive: { value: 'adaptiveSharpness', suffix: suffixes.sharpness, words: 'adaptive sharpness' },
  lambdaMax: { value: 'lambdaMax', suffix: suffixes.curvature, words: 'the largest eigenvalue of the Hessian' },
} as const;

const sharper = (by: keyof typeof measures, a: string, b: string): readonly ClaimTest[] => {
  const { value: name, suffix, words } = measures[by];
  const of = (end: string) => term(`${end}${suffix}`, value(name));
  return [median(logRatio(of(b), of(a)), `${words}, batch 1000 / batch 64`, 'factor').above(factor(1.2), 0)];
};

const fitted = (by: keyof typeof measures) => ({
  'as-intended': {
    tests: sharper(by, smallFitted, largeFitted),
    note:
      `Both ends are trained until the loss of the whole training set is below ${fittedLoss}. Batches are the ` +
      "original's; those of Keskar et al. are of 256 and of a tenth of the training set, their networks have more " +
      'layers, and they say as well that sharp minima generalise worse, which is not asked here.',
  },
});
const equalEpochs = (by: keyof typeof measures) => ({
  'as-coded': {
    tests: sharper(by, small, large),
    note: 'After 4,690 updates against 300: neither end is a minimum (D42).',
  },
});

const metric = (by: keyof typeof measures): string => `${measures[by].words}, batch 1000 / batch 64`;
const notMeasured = noTest(
  'the original measures no sharpness and claims none: flatness is named in its heading alone',
);
const sharperClaim = 'large-batch-sharper';

/** What is claimed of batch size and of what lies between. */
export const claims: readonly Claim[] = [
  claim({
    id: 'interpolation-batch-shape',
    statement: 'Best near alpha 0, worse up to 0.5, better from 0.5 to 1.5, a steep decline after.',
    metric: 'where test loss on the line is least, and the sign of its change over [0, 0.5], [0.5, 1.5] and [1.5, 2]',
    judged: {
      'as-written': { tests: shape(retrainedLine) },
      'as-coded': { tests: shape(retrainedLine) },
      'as-intended': { tests: shape(measuredLine('line-shared')) },
    },
  }),
  claim({
    id: sharperClaim,
    statement: 'What the part is about (Keskar et al. 2017): large batches end in sharper minima.',
    metric: metric('sharpness'),
    judged: { 'as-written': notMeasured, 'as-coded': notMeasured, ...fitted('sharpness') },
  }),
  claim({
    id: `${sharperClaim}-scale-invariant`,
    companionOf: sharperClaim,
    statement: 'Are they by a measure that is blind to a change of units?',
    metric: metric('adaptive'),
    judged: fitted('adaptive'),
  }),
  claim({
    id: `${sharperClaim}-lambda-max`,
    companionOf: sharperClaim,
    statement: 'Are they by the largest curvature?',
    metric: metric('lambdaMax'),
    judged: fitted('lambdaMax'),
  }),
  ...(['sharpness', 'adaptive', 'lambdaMax'] as const).map((by) =>
    claim({
      id: `${sharperClaim}-at-equal-epochs-${by}`,
      companionOf: sharperClaim,
      statement: `Are the ends of the code, at equal epochs, sharper by ${measures[by].words}?`,
      metric: metric(by),
      judged: equalEpochs(by),
    }),
  ),
];
