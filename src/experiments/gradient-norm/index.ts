import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import { preset } from '../../study/estimate.js';
import type { Arm, Disagreement, Experiment, Preset, Protocol, Quantity } from '../../study/experiment.js';
import type { Figure } from '../../study/figure.js';
import type { Crossing, Reading, SpikeRule } from '../../study/reading.js';
import { last, seedsTo, term } from '../../study/vocabulary.js';

/** Section 1.2.2: loss and gradient norm of one hidden layer of 500 that learns sin(5 pi x) / (5 pi x), epoch by epoch. */

const learningRate = 1e-3;
const arm = 'net';
const label = '1 hidden layer, 500 units';
/** Cohen et al. 2022: Adam with beta1 = 0.9 is stable below (2 + 2 beta1) / ((1 - beta1) learningRate). */
const edgeOfStability = 38 / learningRate;

function armOf(epochs: number, lambdaMaxEvery?: number): Arm {
  return {
    id: arm,
    label,
    spec: {
      data: { kind: 'function', name: 'sinc', points: 300 },
      model: { kind: 'mlp', widths: [1, 500, 1], activation: 'relu' },
      loss: 'mse',
      optimizer: { kind: 'adam', learningRate, weightDecay: 1e-4 },
      batchSize: 'full',
      stop: { epochs, converged: { below: 0.001, change: 1e-5 } },
      observe: {
        loss: 'step',
        gradNorm: 'step',
        ...(lambdaMaxEvery !== undefined && { lambdaMax: { every: lambdaMaxEvery } }),
      },
    },
  };
}

function presetOf(kind: 'smoke' | 'full', seeds: readonly number[], lambdaMaxEvery?: number): Preset {
  const smoke = kind === 'smoke';
  return preset({
    seeds,
    arms: [armOf(smoke ? 100 : 2500, lambdaMaxEvery)],
    note: smoke ? 'The first 100 epochs only.' : 'Full size: 300 points, at most 2,500 epochs.',
    miniature: smoke,
  });
}

const epochs = { label: 'epoch (1 epoch = 1 full-batch step)' };
const normAxis = { label: 'gradient norm (loss per parameter unit)', scale: 'log' } as const;

const normFigure: Figure = {
  kind: 'metric',
  id: 'gradient-norm',
  title: 'Gradient norm',
  caption:
    "L2 norm over all 1,501 parameters of the gradient of the loss, before each step. See how early it falls, and the spikes that come back again and again after some 900 epochs, which the report's text does not mention.",
  series: [{ metric: 'gradNorm' }],
  x: epochs,
  y: normAxis,
};

const figures: readonly Figure[] = [
  normFigure,
  {
    kind: 'metric',
    id: 'loss',
    title: 'Training loss',
    caption:
      'Mean squared error on the 300 points, before each step. On this logarithmic axis a plateau is a level line: see whether the fall ever stops, or only slows down.',
    series: [{ metric: 'loss' }],
    threshold: { value: 0.001, label: 'threshold 0.001' },
    x: epochs,
    y: { label: 'training loss (mean squared error)', scale: 'log' },
  },
];

const logged: readonly (readonly [epoch: number, loss: number, gradNorm: number])[] = [
  [100, 0.0518, 0.0428],
  [200, 0.031, 0.0316],
  [300, 0.0158, 0.0209],
  [400, 0.0092, 0.0122],
  [900, 0.0032, 0.0039],
  [1000, 0.0027, 0.0142],
  [1100, 0.0023, 0.0294],
  [1800, 0.001, 0.0057029],
];

const quantities: readonly Quantity[] = [
  {
    id: 'epochs',
    label: 'Epochs to convergence',
    reading: { kind: 'epochs' },
    decimals: 0,
    headline: true,
    reported: { [arm]: { value: 1865, note: 'read off the figure; the text says 1,800' } },
    source: "the report's figure",
  },
  {
    id: 'final-loss',
    label: 'Final loss',
    reading: last('loss'),
    decimals: 7,
    reported: { [arm]: { value: 0.0009995186 } },
    source: "the report's text",
  },
  ...logged.flatMap(([epoch, loss, gradNorm]): Quantity[] => [
    {
      id: `loss-${epoch}`,
      label: `Loss at epoch ${epoch}`,
      reading: { kind: 'at', metric: 'loss', epoch },
      decimals: 4,
      reported: { [arm]: { value: loss } },
      source: "the log of the report's notebook",
    },
    {
      id: `gradient-norm-${epoch}`,
      label: `Gradient norm at epoch ${epoch}`,
      reading: { kind: 'at', metric: 'gradNorm', epoch },
      decimals: 4,
      headline: epoch === 100,
      reported: {
        [arm]: { value: gradNorm, ...(epoch > 900 && { note: 'in or near a spike, whose place is rounding noise' }) },
      },
      source: "the log of the report's notebook",
    },
  ]),
];

const asCoded: Protocol = {
  id: 'as-coded',
  note: '1-500-1 with ReLU, 1,501 parameters, 300 points as one batch, Adam at 0.001 with weight decay 1e-4 as L2 in the gradient. The norm is of the gradient of the loss alone, without weight decay. Training ends by the rule of 1.1.1, or after 2,500 epochs.',
  presets: {
    smoke: presetOf('smoke', [1]),
    quick: presetOf('full', seedsTo(3)),
    report: presetOf('full', [1]),
    study: presetOf('full', seedsTo(80)),
  },
  figures,
  quantities,
};

const spike: SpikeRule = { metric: 'gradNorm', above: 3, window: 101 };
const lateOn = 801;
const spikes: Reading = { kind: 'spikes', ...spike, from: lateOn };
const edge: Crossing = { metric: 'preconditionedLambdaMax', level: edgeOfStability, within: 20 };
const spikesNear: Reading = { kind: 'spikesNear', ...spike, from: lateOn, near: edge };
const epochsNear: Reading = { kind: 'epochsNear', from: lateOn, near: edge };

const asIntended: Protocol = {
  id: 'as-intended',
  note: 'The same training, and every 10 epochs the largest eigenvalue of the Hessian of the loss, plain and as Adam sees it (divided by the root of its second moments). Above 38 / learning rate a step of Adam overshoots (Cohen et al. 2022): if the spikes come where that bound is crossed, they are an edge of stability and not noise.',
  presets: {
    smoke: presetOf('smoke', [1], 50),
    quick: presetOf('full', seedsTo(3), 10),
    study: presetOf('full', seedsTo(80), 10),
  },
  figures: [
    ...figures,
    {
      kind: 'metric',
      id: 'edge-of-stability',
      title: 'Curvature as Adam sees it',
      caption:
        "Largest eigenvalue of the Hessian, divided by Adam's step scale. See whether it climbs to the dashed line and stays about it, and compare its crossings with the spikes of the gradient norm above.",
      series: [{ metric: 'preconditionedLambdaMax' }],
      threshold: { value: edgeOfStability, label: '38 / learning rate' },
      x: epochs,
      y: { label: 'preconditioned lambda max (1 / learning rate unit)', scale: 'log' },
    },
  ],
  quantities: [
    ...quantities.filter(({ id }) => id === 'epochs' || id === 'final-loss').map((one) => ({ ...one, reported: {} })),
    {
      id: 'spikes',
      label: 'Spikes of the gradient norm after epoch 800',
      reading: spikes,
      decimals: 0,
      headline: true,
      reported: {},
      source: 'none: the text mentions one rise',
    },
    {
      id: 'spikes-near-edge',
      label: 'Share of spikes within 20 epochs of a crossing of 38 / learning rate, %',
      reading: spikesNear,
      percent: true,
      decimals: 0,
      reported: {},
      source: 'none',
    },
    {
      id: 'epochs-near-edge',
      label: 'Share of all epochs after 800 that are as near, %',
      reading: epochsNear,
      percent: true,
      decimals: 0,
      reported: {},
      source: 'none: what chance would give',
    },
    {
      id: 'lambda-max',
      label: 'Largest eigenvalue of the Hessian at the end',
      reading: last('lambdaMax'),
      decimals: 2,
      reported: {},
      source: 'none',
    },
  ],
};

const measured = (reading: Reading): Term => term(arm, reading);
const slope = (from: number, until?: number): Term =>
  measured({ kind: 'logSlope', metric: 'loss', from, ...(until !== undefined && { until }) });

const fallsEarly: readonly ClaimTest[] = [
  {
    kind: 'ratio',
    label: 'gradient norm at 200 / its largest before',
    of: measured({ kind: 'at', metric: 'gradNorm', epoch: 200 }),
    to: measured({ kind: 'max', metric: 'gradNorm', until: 199 }),
    direction: 'below',
    margin: 0.1,
    noEffect: 1,
  },
];
const plateaus: readonly ClaimTest[] = [
  {
    kind: 'value',
    label: 'slope of log loss after 400 / before 400',
    of: [{ ratio: [slope(401), slope(1, 400)] }],
    direction: 'below',
    margin: 0.33,
    noEffect: 1,
  },
];
const spikesLate: readonly ClaimTest[] = [
  {
    kind: 'rate',
    label: 'share of seeds with a spike after epoch 800',
    of: measured(spikes),
    direction: 'above',
    margin: 0.9,
    noEffect: 0.5,
  },
];

const claims: readonly Claim[] = [
  {
    id: 'gradient-falls-early',
    statement: 'The gradient norm falls drastically until about epoch 200.',
    metric: 'norm at epoch 200 / largest norm before',
    margin: 'below 0.1',
    least: { count: 10, unit: 'seeds' },
    tests: { 'as-coded': fallsEarly, 'as-intended': fallsEarly },
  },
  {
    id: 'loss-plateaus-late',
    statement: 'The loss falls fast until epoch 400, then plateaus.',
    metric: 'slope of log loss after epoch 400 / before (least squares)',
    margin: 'below 0.33',
    least: { count: 10, unit: 'seeds' },
    tests: { 'as-coded': plateaus, 'as-intended': plateaus },
  },
  {
    id: 'gradient-spikes-late',
    statement: 'The gradient norm rises about epoch 900 and again later.',
    metric:
      "share of seeds with a norm above 3 times the running median (101 epochs) after epoch 800; as intended, also that these spikes come within 20 epochs of a crossing of 38 / learning rate by Adam's curvature more often than epochs at random",
    margin: 'above 0.9 of seeds (Wilson: takes 35 seeds that all agree); as intended, above chance',
    least: { count: 10, unit: 'seeds' },
    tests: {
      'as-coded': spikesLate,
      'as-intended': [
        ...spikesLate,
        {
          kind: 'difference',
          label: 'share of spikes near a crossing less share of all epochs near one',
          of: measured(spikesNear),
          to: measured(epochsNear),
          direction: 'above',
          margin: 0,
          noEffect: 0,
        },
      ],
    },
  },
];

const disagreements: readonly Disagreement[] = [
  {
    id: 'D18',
    about: 'Where it converged',
    quantities: ['epochs', 'gradient-norm-1800'],
    written: 'convergence at epoch 1800, final gradient norm 0.005702',
    coded: 'training goes on to between epochs 1801 and 1899; 0.0057029 is the line of the log at epoch 1800',
    consequence: "The figure ends at about 1865, and PyTorch from the report's start converges at 1869.",
  },
  {
    id: 'D19',
    about: 'A rise at 900 and a dip at 1000',
    quantities: ['gradient-norm-900', 'gradient-norm-1000', 'gradient-norm-1100'],
    written: '"slight rise at about 900 epoch and later dipping to again at 1000th epoch"',
    coded: 'the log has its low at 900 (0.0039) and is high at 1000 and 1100 (0.0142, 0.0294)',
    consequence: 'The figure shows about nine spikes after epoch 930. The text leaves out the limit of 2,500 epochs.',
  },
];

/** 1.2.2: what does the gradient do while the loss falls? */
export const gradientNorm: Experiment = {
  id: 'gradient-norm',
  section: '1.2.2',
  title: 'Observe the gradient norm during training',
  question: 'How do the gradient norm and the loss go together, and what are the late spikes?',
  protocols: [asCoded, asIntended],
  claims,
  disagreements,
};
