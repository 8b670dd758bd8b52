import type { Arm, MeasurementArm, Quantity } from '../../study/experiment.js';
import type { Figure } from '../../study/figure.js';
import type { Reading } from '../../study/reading.js';
import { accuracyAxis, crossEntropyAxis, epochAxis, evenly, last } from '../../study/vocabulary.js';

/** Section 1.3.3, what its two halves share: two trained ends of 784-500-10, and what lies between and beyond them. */

export interface Size {
  readonly trainSize: number;
  readonly testSize: number;
}

/** As the report has them: 1 itself is not among them. */
export const codedAlphas = evenly(-2, 2, 31);
/** With 0, 0.5, 1, 1.5 and 2 themselves. */
export const intendedAlphas = evenly(-2, 2, 41);

export const parameters = 397_510;

/** How a network is trained. */
export interface Training {
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly batchSize: number;
  readonly epochs: number;
}

/** A training of the network from drawn values; `skip` draws further on where it has an initialisation of its own. */
export function endArm(id: string, label: string, size: Size, training: Training, skip = 0): Arm {
  const { learningRate, weightDecay, batchSize, epochs } = training;
  return {
    id,
    label,
    numbers: { batchSize, learningRate },
    spec: {
      data: { kind: 'mnist', ...size },
      model: { kind: 'mlp', widths: [784, 500, 10], activation: 'relu' },
      loss: 'crossEntropy',
      optimizer: { kind: 'adam', learningRate, weightDecay },
      batchSize,
      stop: { epochs },
      init: { kind: 'pytorch', skip },
      observe: { loss: 'epoch', accuracy: 'epoch', train: 'end', test: 'end' },
    },
  };
}

/** The 31 networks between and beyond two ends, each trained for one epoch more, as the report does (D36). */
export function retrainedArms(from: readonly [string, string], size: Size, training: Training): readonly Arm[] {
  return codedAlphas.map((alpha, i) => {
    const arm = endArm(alphaId(i), `alpha ${alpha.toFixed(2)}`, size, training);
    return {
      ...arm,
      numbers: { alpha },
      group: 'interpolated',
      spec: { ...arm.spec, init: { kind: 'interpolated', from, alpha } },
    };
  });
}

export const alphaId = (i: number): string => `alpha${i}`;
export const alphaIds = codedAlphas.map((_, i) => alphaId(i));

/** The arm whose alpha is nearest to a number. */
export function nearestAlpha(alpha: number): string {
  const distances = codedAlphas.map((candidate) => Math.abs(candidate - alpha));
  return alphaId(distances.indexOf(Math.min(...distances)));
}

/** The networks on the line as they are, without any training after. */
export const lineOf = (
  id: string,
  label: string,
  of: readonly [string, string],
  alphas = intendedAlphas,
): MeasurementArm => ({ id, label, measure: { name: 'interpolation', alphas }, of });

const flatnessEffort = {
  smoke: { samples: 50, products: 4 },
  quick: { samples: 200, products: 10 },
  full: { samples: 1000, products: 30 },
} as const;

/** How flat the loss is at the ends, over the first training images. A smoke preset looks at one end alone: sharpness takes seconds however few images there are. */
export const flatnessOf = (ends: readonly Arm[], size: SizeName): readonly MeasurementArm[] =>
  (size === 'smoke' ? ends.slice(0, 1) : ends).flatMap(({ id, label }): MeasurementArm[] => {
    const { samples, products } = flatnessEffort[size];
    return [
      { id: `${id}-sharpness`, label, measure: { name: 'sharpness', epsilon: 1e-3, samples }, of: [id] },
      { id: `${id}-curvature`, label, measure: { name: 'curvature', samples, products }, of: [id] },
    ];
  });

const alphaAxis = { label: 'alpha (0: first network, 1: second network)' };

export interface LineBugs {
  /** D36: each network on the line is trained for an epoch before it is measured. */
  readonly retrainAfterInterpolation: boolean;
  /** D37: training loss and accuracy are running means of that epoch, in which the network moves. */
  readonly runningTrainCurve: boolean;
}

export const endsFigure = (ends: readonly string[], caption: string): Figure => ({
  kind: 'metric',
  id: 'train-loss',
  title: 'Training loss of the two ends',
  caption,
  series: [{ metric: 'loss' }],
  arms: ends,
  x: epochAxis,
  y: crossEntropyAxis('training'),
});

const lineText = {
  id: 'line',
  title: 'Loss and accuracy on the line through both networks',
  x: alphaAxis,
  y: crossEntropyAxis('mean'),
  y2: accuracyAxis('mean'),
} as const;

/** Loss and accuracy along alpha: of 31 networks that were trained further, or of the line itself. */
export function lineFigure({ retrainAfterInterpolation, runningTrainCurve }: LineBugs): Figure {
  if (!retrainAfterInterpolation) {
    return columnsFigure(
      'line',
      ['line'],
      lineText.title,
      'Networks on the line as they are. See the rise between and beyond the two ends: that is what a landscape looks like without an epoch of repair.',
    );
  }
  const trainLoss = last(runningTrainCurve ? 'loss' : 'trainLoss');
  const trainAccuracy = last(runningTrainCurve ? 'accuracy' : 'trainAccuracy');
  return {
    ...lineText,
    kind: 'by-arm',
    caption: `31 networks, each trained for one epoch more after it was put together (D36). ${runningTrainCurve ? 'The training curve is the running mean of that epoch, the test curve is taken after it (D37).' : 'Both curves are taken after that epoch.'} See where loss is least and which way it goes on either side.`,
    at: 'alpha',
    series: [
      { label: 'training loss', dashed: true, arms: alphaIds, reading: trainLoss },
      { label: 'test loss', arms: alphaIds, reading: last('testLoss') },
      { label: 'training accuracy', dashed: true, axis: 'right', arms: alphaIds, reading: trainAccuracy },
      { label: 'test accuracy', axis: 'right', arms: alphaIds, reading: last('testAccuracy') },
    ],
  };
}

/** Loss and accuracy along alpha of measured lines. */
export const columnsFigure = (id: string, arms: readonly string[], title: string, caption: string): Figure => ({
  ...lineText,
  id,
  title,
  caption,
  kind: 'columns',
  mark: 'line',
  arms,
  series: [
    { label: 'training loss', dashed: true, x: 'alpha', y: 'trainLoss' },
    { label: 'test loss', x: 'alpha', y: 'testLoss' },
    { label: 'training accuracy', dashed: true, axis: 'right', x: 'alpha', y: 'trainAccuracy' },
    { label: 'test accuracy', axis: 'right', x: 'alpha', y: 'testAccuracy' },
  ],
});

/** Test loss where alpha is nearest to a number: of a network that was trained further, or of the line itself. */
export const testLossAt = (bugs: LineBugs, alpha: number): { readonly arm: string; readonly reading: Reading } =>
  bugs.retrainAfterInterpolation
    ? { arm: nearestAlpha(alpha), reading: last('testLoss') }
    : { arm: 'line', reading: { kind: 'cell', column: 'testLoss', where: 'alpha', is: alpha } };

/** The reported test losses beside those found here. */
export const lineQuantities = (
  bugs: LineBugs,
  reported: readonly (readonly [alpha: number, testLoss: number])[],
): readonly Quantity[] =>
  reported.map(([alpha, loss]) => {
    const { arm, reading } = testLossAt(bugs, alpha);
    return {
      id: `test-loss-${alpha}`,
      label: `Test loss at alpha ${alpha}`,
      reading,
      arms: [arm],
      decimals: 4,
      headline: alpha === 0,
      reported: { [arm]: { value: loss } },
      source: "the report's notebook",
    };
  });

/** What the ends themselves are like. */
export const endQuantities = (ends: readonly string[]): readonly Quantity[] => [
  {
    id: 'end-test-accuracy',
    label: 'Test accuracy of the ends, %',
    reading: last('testAccuracy'),
    arms: ends,
    percent: true,
    decimals: 2,
    reported: {},
    source: 'none',
  },
  {
    id: 'end-train-loss',
    label: 'Training loss of the ends, whole set',
    reading: last('trainLoss'),
    arms: ends,
    decimals: 4,
    reported: {},
    source: 'none',
  },
];

/** How flat the ends are. */
export const flatnessQuantities = (ends: readonly string[]): readonly Quantity[] =>
  (
    [
      ['sharpness', 'Epsilon-sharpness (Keskar et al. 2017)', '-sharpness', 3],
      ['adaptiveSharpness', 'The same, adaptive: blind to a change of units', '-sharpness', 5],
      ['lambdaMax', 'Largest eigenvalue of the Hessian', '-curvature', 2],
      ['trace', 'Trace of the Hessian', '-curvature', 1],
    ] as const
  ).map(([name, label, suffix, decimals]) => ({
    id: name,
    label,
    reading: { kind: 'value', name },
    arms: ends.map((id) => `${id}${suffix}`),
    decimals,
    reported: {},
    source: 'none',
  }));

export const lineBugs = {
  retrainAfterInterpolation: {
    about: 'Each network on the line is trained for one more epoch before it is measured',
    disagreement: 'D36',
    standard: true,
  },
  runningTrainCurve: {
    about: 'The training curve is a running mean of that epoch, the test curve is taken after it',
    disagreement: 'D37',
    standard: true,
  },
} as const;

export const lineNotes = {
  smoke: { note: '300 images, 1 epoch, 31 or 41 points: shows that it runs.', miniature: true },
  quick: { note: '3,000 training and 2,000 test images instead of 60,000 and 10,000.', miniature: true },
  full: { note: 'Full size: 60,000 images.', miniature: false },
} as const;

export const lineSizes = {
  smoke: { trainSize: 300, testSize: 200 },
  quick: { trainSize: 3000, testSize: 2000 },
  full: { trainSize: 60_000, testSize: 10_000 },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof lineSizes;
