import type { Arm, Claim, Experiment, MeasurementArm, Preset, Protocol } from 'descent-lab';

/** Does momentum make gradient descent faster on a small fit, at the same learning rate? */

const momenta = [0, 0.5, 0.9];
const armId = (momentum: number): string => `momentum${momentum}`;

const armOf = (momentum: number, epochs: number): Arm => ({
  id: armId(momentum),
  label: `momentum ${momentum}`,
  numbers: { momentum },
  spec: {
    data: { kind: 'function', name: 'sinc', points: 300 },
    model: { kind: 'mlp', widths: [1, 20, 1], activation: 'tanh' },
    loss: 'mse',
    optimizer: { kind: 'sgd', learningRate: 0.1, momentum },
    batchSize: 'full',
    stop: { epochs },
    observe: { loss: 'step' },
  },
});

/** The error between the points that a network learnt from. */
const gridOf = (momentum: number): MeasurementArm => ({
  id: `${armId(momentum)}-grid`,
  label: `momentum ${momentum}`,
  numbers: { momentum },
  measure: { name: 'gridError', points: 10_000 },
  of: [armId(momentum)],
});

const presetOf = (seeds: readonly number[], epochs: number, note: string, miniature = false): Preset => ({
  seeds,
  arms: momenta.map((momentum) => armOf(momentum, epochs)),
  measurements: momenta.map(gridOf),
  note,
  miniature,
  estimatedSeconds: seeds.length,
});

/** Epochs until the loss is below 0.075, a little less than what a constant can reach. */
const epochsToLearn = { kind: 'epochsTo', metric: 'loss', below: 0.075 } as const;

const protocol: Protocol = {
  id: 'as-intended',
  note: 'One hidden layer of 20 units with tanh, all 300 points as one batch, learning rate 0.1 for all; only momentum differs.',
  presets: {
    smoke: presetOf([1], 50, '50 epochs: shows that it runs.', true),
    quick: presetOf([1, 2, 3], 4000, 'Three seeds.'),
    study: presetOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 4000, 'Ten seeds.'),
  },
  figures: [
    {
      kind: 'metric',
      id: 'loss',
      title: 'Training loss by momentum',
      caption:
        'See who leaves the plateau of a constant, at 0.086, first, and whether the order of the three is ever another.',
      series: [{ metric: 'loss' }],
      x: { label: 'epoch (full-batch steps)' },
      y: { label: 'training loss (mean squared error)', scale: 'log' },
    },
    {
      kind: 'by-arm',
      id: 'epochs',
      title: 'Epochs to learn by momentum',
      caption:
        'Epochs until the loss is below 0.075. Where that was not reached, the number of epochs trained is drawn.',
      at: 'momentum',
      series: [{ arms: momenta.map(armId), reading: epochsToLearn }],
      x: { label: 'momentum (share of the last step)' },
      y: { label: 'epochs to a loss of 0.075 (full-batch steps)', scale: 'log' },
    },
  ],
  quantities: [
    {
      id: 'epochs',
      label: 'Epochs to a loss of 0.075',
      reading: epochsToLearn,
      decimals: 0,
      headline: true,
      reported: {},
      source: 'none',
    },
    {
      id: 'grid-error',
      label: 'Mean squared error on 10,000 points',
      reading: { kind: 'value', name: 'mse' },
      arms: momenta.map((momentum) => `${armId(momentum)}-grid`),
      decimals: 4,
      reported: {},
      source: 'none',
    },
  ],
};

const claims: readonly Claim[] = [
  {
    id: 'momentum-speeds-up',
    statement: 'Momentum 0.9 learns at least twice as fast as none.',
    metric: 'epochs to a loss of 0.075, without momentum / with 0.9',
    margin: 'above 2',
    least: { count: 10, unit: 'seeds' },
    tests: {
      'as-intended': [
        {
          kind: 'ratio',
          label: 'epochs, none / 0.9',
          of: { arm: armId(0), reading: epochsToLearn },
          to: { arm: armId(0.9), reading: epochsToLearn },
          direction: 'above',
          margin: 2,
          noEffect: 1,
        },
      ],
    },
  },
];

const experiment: Experiment = {
  id: 'momentum',
  section: 'own',
  title: 'Momentum on a small fit',
  question: 'Does momentum make gradient descent faster, at the same learning rate?',
  protocols: [protocol],
  claims,
  disagreements: [],
};

export default experiment;
