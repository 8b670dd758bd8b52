import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import { preset } from '../../study/estimate.js';
import type { Arm, Experiment, MeasurementArm, Preset, Protocol, Quantity } from '../../study/experiment.js';
import type { Figure } from '../../study/figure.js';
import { seedsTo, term, value } from '../../study/vocabulary.js';
import type { MinimalRatioBugs } from '../../tasks/measurement-spec.js';
import { minimalRatioDisagreements } from './disagreements.js';

/** Section 1.2.3: loss against the share of positive curvature at points where the gradient is almost zero. */

const ratioAxis = { label: 'minimal ratio (share of eigenvalues above 0)' };
const lossAxis = { label: 'loss (mean squared error)' };

interface Bugs extends Required<MinimalRatioBugs> {
  readonly swapAxes: boolean;
}

const allBugs: Bugs = {
  stepOnWrongGradient: true,
  gaussNewtonByLayer: true,
  accumulateOverEpochs: true,
  meanOfWeightNorms: true,
  swapAxes: true,
};

const codedWidths = [
  { id: 'h20', hidden: 20, label: "20 hidden units (the report's figure)" },
  { id: 'h128', hidden: 128, label: '128 hidden units (the notebook)' },
] as const;

const codedMeasurements = (epochs: number, { swapAxes: _, ...bugs }: Bugs): readonly MeasurementArm[] =>
  codedWidths.map(({ id, hidden, label }) => ({
    id,
    label,
    numbers: { hidden },
    measure: { name: 'minimalRatioAsCoded', hidden, epochs, bugs },
    of: [],
  }));

function codedPreset(kind: 'smoke' | 'full', seeds: readonly number[], bugs: Bugs): Preset {
  const smoke = kind === 'smoke';
  const measurements = codedMeasurements(smoke ? 10 : 100, bugs);
  return preset({
    seeds,
    arms: [],
    measurements: smoke ? measurements.slice(0, 1) : measurements,
    note: smoke ? '10 epochs of the smaller network.' : 'As in the report: one run of 100 epochs, one point an epoch.',
    miniature: smoke,
  });
}

const scatterAxes = (swapped: boolean) => (swapped ? { x: ratioAxis, y: lossAxis } : { x: lossAxis, y: ratioAxis });

function asCoded(bugs: Bugs): Protocol {
  return {
    id: 'as-coded',
    note: "One run of 100 epochs at learning rate 0.0004, one point an epoch, each fault of the code a switch of its own. The code's optimizer steps along the gradient of the sum of the outputs, so the loss rises; its ratio counts the signs of rounding errors of a matrix that has no negative eigenvalue. Initial weights from seed 1; those of the notebook are lost.",
    presets: {
      smoke: codedPreset('smoke', [1], bugs),
      quick: codedPreset('full', [1], bugs),
      report: codedPreset('full', [1], bugs),
      study: codedPreset('full', seedsTo(5), bugs),
    },
    figures: [
      {
        kind: 'columns',
        id: 'loss-ratio',
        title: bugs.swapAxes
          ? 'Loss against minimal ratio, as coded: with the axes exchanged'
          : 'Loss against minimal ratio',
        caption: bugs.swapAxes
          ? 'One point an epoch of one run. The report labels the axes the other way round (D26). See how the loss grows from point to point: nothing here is near a zero gradient.'
          : 'One point an epoch of one run. See whether the points get anywhere near a zero gradient, whose norm is in the figure below.',
        mark: 'points',
        arms: codedWidths.map(({ id }) => id),
        series: [bugs.swapAxes ? { x: 'ratio', y: 'loss' } : { x: 'loss', y: 'ratio' }],
        ...scatterAxes(bugs.swapAxes),
      },
      {
        kind: 'columns',
        id: 'loss',
        title: 'Loss by epoch',
        caption:
          'The loss that is supposed to fall. With stepOnWrongGradient on it rises: the optimizer never sees it (D21).',
        mark: 'line',
        arms: codedWidths.map(({ id }) => id),
        series: [{ x: 'epoch', y: 'loss' }],
        x: { label: 'epoch (full-batch steps)' },
        y: lossAxis,
      },
      {
        kind: 'columns',
        id: 'gradient-norm',
        title: 'Gradient norm by epoch',
        caption:
          'The norm that is supposed to be almost zero: see how far from it all of this section takes place (D25).',
        mark: 'line',
        arms: codedWidths.map(({ id }) => id),
        series: [{ x: 'epoch', y: 'gradNorm' }],
        x: { label: 'epoch (full-batch steps)' },
        y: { label: 'gradient norm (loss per parameter unit)', scale: 'log' },
      },
    ],
    quantities: codedQuantities,
    bugs: {
      stepOnWrongGradient: {
        about: 'The optimizer steps along the gradient of the sum of the outputs, not of the loss',
        disagreement: 'D21',
        standard: true,
      },
      gaussNewtonByLayer: {
        about: 'The "Hessian" is the Gauss-Newton matrix of each layer\'s weights by itself, in float32',
        disagreement: 'D22',
        standard: true,
      },
      accumulateOverEpochs: { about: 'Matrices are added up over all epochs', disagreement: 'D23', standard: true },
      meanOfWeightNorms: {
        about: 'The gradient norm is the mean of the norms of the two weight matrices',
        disagreement: 'D24',
        standard: true,
      },
      swapAxes: { about: 'The axes of the figure are exchanged', disagreement: 'D26', standard: true },
    },
    withBugs: (changed) => asCoded({ ...bugs, ...changed }),
  };
}

const coded = (id: string, label: string, name: string, reported: number): Quantity => ({
  id,
  label,
  reading: value(name),
  arms: codedWidths.map((width) => width.id),
  decimals: 3,
  reported: { h128: { value: reported } },
  source: 'the saved output of the notebook (from another start)',
});

const codedQuantities: readonly Quantity[] = [
  coded('first-loss', 'Loss at the first epoch', 'firstLoss', 0.18),
  { ...coded('final-loss', 'Loss at the last epoch', 'finalLoss', 2.55), headline: true },
  coded('final-ratio', 'Minimal ratio at the last epoch', 'finalRatio', 0.735),
];

const writtenArm = (hidden: number): Arm => ({
  id: 'net',
  label: `1 hidden layer, ${hidden} units`,
  spec: {
    data: { kind: 'function', name: 'sinc', points: 300 },
    model: { kind: 'mlp', widths: [1, hidden, 1], activation: 'relu' },
    loss: 'mse',
    optimizer: { kind: 'adam', learningRate: 4e-4 },
    batchSize: 'full',
    stop: { epochs: 100 },
    observe: { loss: 'step', gradNorm: 'step' },
  },
});

const writtenPreset = (hidden: number, seeds: readonly number[], note: string): Preset =>
  preset({
    seeds,
    arms: [writtenArm(hidden)],
    measurements: [{ id: 'hessian', label: 'end of training', measure: { name: 'hessian' }, of: ['net'] }],
    note,
    miniature: hidden !== 500,
  });

const pointQuantities = (arms: readonly string[], normDecimals: number): readonly Quantity[] =>
  (
    [
      ['gradNorm', 'Gradient norm', normDecimals],
      ['loss', 'Loss', 5],
      ['nPositive', 'Positive eigenvalues', 0],
      ['nZero', 'Eigenvalues that are zero', 0],
      ['nNegative', 'Negative eigenvalues', 0],
      ['minimalRatio', 'Minimal ratio', 3],
    ] as const
  ).map(([name, label, decimals]) => ({
    id: name,
    label,
    reading: value(name),
    arms,
    decimals,
    headline: name === 'minimalRatio',
    reported: {},
    source: 'none: the report gives no number',
  }));

const scatter = (arms: readonly string[], title: string, caption: string): Figure => ({
  kind: 'scatter',
  id: 'loss-ratio',
  title,
  caption,
  series: [{ arms, x: value('loss'), y: value('minimalRatio') }],
  x: lossAxis,
  y: ratioAxis,
});

const asWritten: Protocol = {
  id: 'as-written',
  note: 'As the text has it: 1-500-1 (1,501 parameters) is trained for 100 epochs with Adam, on the loss, and the eigenvalues of its Hessian are taken there. The text gives no learning rate; 0.0004 as in the code. After 100 epochs the gradient is not zero.',
  presets: {
    smoke: writtenPreset(10, [1], '10 hidden units, 100 epochs: shows that it runs.'),
    quick: writtenPreset(50, seedsTo(10), '50 hidden units (151 parameters) instead of 500.'),
    study: writtenPreset(
      500,
      seedsTo(100),
      'Full size, from 100 seeds instead of 1, so that there are points to compare.',
    ),
  },
  figures: [
    scatter(
      ['hessian'],
      'Loss against minimal ratio after 100 epochs',
      'One point a seed. The gradient is far from zero here, so these are points on the way and no minima.',
    ),
    {
      kind: 'metric',
      id: 'gradient-norm',
      title: 'Gradient norm',
      caption:
        'Norm of the gradient of the loss before each step: what "almost zero" would have to mean after 100 epochs.',
      series: [{ metric: 'gradNorm' }],
      x: { label: 'epoch (full-batch steps)' },
      y: { label: 'gradient norm (loss per parameter unit)', scale: 'log' },
    },
  ],
  quantities: pointQuantities(['hessian'], 4),
};

interface Search {
  readonly id: string;
  readonly label: string;
  readonly widths: readonly number[];
  readonly method: 'saddleFreeNewton' | 'dampedNewton';
}

/** Saddle-free Newton steps end at minima; damped Newton steps at whatever is near, saddles most of all. */
const searches: readonly Search[] = [
  { id: 'minimum-h5', label: '1-5-1, minima', widths: [1, 5, 1], method: 'saddleFreeNewton' },
  { id: 'saddle-h5', label: '1-5-1, any zero', widths: [1, 5, 1], method: 'dampedNewton' },
  { id: 'minimum-h10', label: '1-10-1, minima', widths: [1, 10, 1], method: 'saddleFreeNewton' },
  { id: 'saddle-h10', label: '1-10-1, any zero', widths: [1, 10, 1], method: 'dampedNewton' },
  { id: 'minimum-h20', label: '1-20-1, minima', widths: [1, 20, 1], method: 'saddleFreeNewton' },
  { id: 'minimum-deep', label: '1-5-10-5-1, minima', widths: [1, 5, 10, 5, 1], method: 'saddleFreeNewton' },
];

const pointArms = (which: readonly Search[]): readonly MeasurementArm[] =>
  which.map(({ id, label, widths, method }) => ({
    id,
    label,
    measure: {
      name: 'criticalPoint',
      model: { kind: 'mlp', widths, activation: 'relu' },
      data: { kind: 'function', name: 'sinc', points: 100 },
      warmUpEpochs: 300,
      gradNorm: 1e-8,
      maxSteps: method === 'dampedNewton' ? 100 : 300,
      method,
      attempts: 4,
    },
    of: [],
  }));

const intendedPreset = (seeds: readonly number[], which: readonly Search[], note: string, miniature: boolean): Preset =>
  preset({ seeds, arms: [], measurements: pointArms(which), note, miniature });

const pointIds = searches.map(({ id }) => id);

const asIntended: Protocol = {
  id: 'as-intended',
  note: 'Every seed a fresh network on 100 points: 300 epochs of Adam at 0.001, then Newton steps in float64 until the gradient norm is below 1e-8; there the exact Hessian and the signs of all its eigenvalues. Saddle-free steps end at minima, damped ones also at saddles. Points where the gradient is flat but not zero, or where the search stalled (at a kink of relu no gradient need be zero), are left out of the verdict and counted.',
  presets: {
    smoke: intendedPreset([1, 2], searches.slice(0, 2), 'Four points of the smallest network.', true),
    quick: intendedPreset(seedsTo(10), searches.slice(0, 3), '10 points for each of the smaller networks.', true),
    study: intendedPreset(
      seedsTo(170),
      searches,
      '170 starts for each network and each kind of search: up to a third of them end nowhere, and a verdict wants 100 points of each network.',
      false,
    ),
  },
  figures: [
    {
      ...scatter(
        pointIds,
        'Loss against minimal ratio at points of zero gradient',
        'One point a seed. See whether low losses go with high ratios: at a minimum without flat directions the ratio is 1.',
      ),
      kind: 'scatter',
      series: searches.map(({ id, label }) => ({
        label,
        arms: [id],
        x: value('loss'),
        y: value('minimalRatio'),
      })),
    },
  ],
  quantities: [
    {
      id: 'kind',
      label: 'Kind of point: 1 zero gradient, 0 flat, -1 search stalled',
      reading: value('kind'),
      arms: pointIds,
      decimals: 0,
      reported: {},
      source: 'none',
    },
    ...pointQuantities(pointIds, 10),
  ],
};

const isCritical = (arm: string): Term => ({ greatest: [{ number: 0 }, term(arm, value('kind'))] });

/** Points of one network, however they were found. */
const together = (label: string, arms: readonly string[]): ClaimTest => ({
  kind: 'correlation',
  label: `loss and ratio, ${label}`,
  points: arms.map((id) => ({ x: term(id, value('loss')), y: term(id, value('minimalRatio')), only: isCritical(id) })),
  direction: 'below',
  margin: 0,
  noEffect: 0,
});

const claims: readonly Claim[] = [
  {
    id: 'ratio-falls-with-loss',
    statement: 'Loss against minimal ratio (the report gives no number).',
    metric:
      "Spearman's correlation of loss and minimal ratio over points of zero gradient; counts of positive, zero and negative eigenvalues are in the table",
    margin: 'below 0',
    least: { count: 100, unit: 'points' },
    tests: {
      'as-written': [
        {
          kind: 'correlation',
          label: 'loss and ratio, one point a seed',
          points: [{ x: term('hessian', value('loss')), y: term('hessian', value('minimalRatio')) }],
          direction: 'below',
          margin: 0,
          noEffect: 0,
        },
      ],
      'as-coded': codedWidths.map(({ id, label }) => ({
        kind: 'correlation',
        label: `loss and ratio over the epochs, ${label}`,
        points: Array.from({ length: 100 }, (_, i) => ({
          x: term(id, { kind: 'cell', column: 'loss', where: 'epoch', is: i + 1 }),
          y: term(id, { kind: 'cell', column: 'ratio', where: 'epoch', is: i + 1 }),
        })),
        direction: 'below',
        margin: 0,
        noEffect: 0,
      })),
      'as-intended': [
        together('1-5-1', ['minimum-h5', 'saddle-h5']),
        together('1-10-1', ['minimum-h10', 'saddle-h10']),
        together('1-20-1', ['minimum-h20']),
        together('1-5-10-5-1', ['minimum-deep']),
      ],
    },
  },
];

/** 1.2.3: what kind of point is it where the gradient is almost zero? */
export const minimalRatio: Experiment = {
  id: 'minimal-ratio',
  section: '1.2.3',
  title: 'What happens when the gradient is almost zero',
  question: 'At points of zero gradient, does a low loss go with a large share of positive curvature?',
  protocols: [asCoded(allBugs), asWritten, asIntended],
  claims,
  disagreements: minimalRatioDisagreements,
};
