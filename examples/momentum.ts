import {
  type Arm,
  byArm,
  type Claim,
  claim,
  count,
  type Experiment,
  factor,
  fitCurves,
  fullSize,
  logRatio,
  type MeasurementArm,
  median,
  miniature,
  type Protocol,
  presets,
  quantity,
  type Reading,
  term,
  value,
} from 'descent-lab/study';

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

const gridPoints = 10_000;

/** The error between the points that a network learnt from. */
const gridOf = (momentum: number): MeasurementArm => ({
  id: `${armId(momentum)}-grid`,
  label: `momentum ${momentum}`,
  numbers: { momentum },
  measure: { name: 'gridError', points: gridPoints },
  of: [armId(momentum)],
});

const lastEpoch = 4000;
const smokeEpochs = 50;

/** What is run, from 1, 3 and 10 seeds. */
const allPresets: Protocol['presets'] = presets({ smoke: 1, quick: 3, study: 10 }, (name) => ({
  arms: momenta.map((momentum) => armOf(momentum, name === 'smoke' ? smokeEpochs : lastEpoch)),
  measurements: momenta.map(gridOf),
  ...(name === 'smoke'
    ? miniature(`${smokeEpochs} epochs: shows that it runs.`)
    : fullSize(`${count(lastEpoch)} epochs for each momentum.`)),
}));

/** A loss a little below what a constant can reach. */
const learnt = 0.075;
const epochsToLearn: Reading = { kind: 'epochsTo', metric: 'loss', below: learnt };

const protocol: Protocol = {
  id: 'as-intended',
  note:
    'One hidden layer of 20 units with tanh, all 300 points as one batch, learning rate 0.1 for all; only momentum ' +
    'differs.',
  presets: allPresets,
  figures: [
    fitCurves({
      title: 'Training loss by momentum',
      caption:
        'See who leaves the plateau of a constant, at 0.086, first, and whether the order of the three is ever another.',
    }),
    byArm({
      id: 'epochs',
      title: 'Epochs to learn by momentum',
      caption: `Epochs until the loss is below ${learnt}. Where that was not reached, the number of epochs trained is drawn.`,
      at: 'momentum',
      series: [{ arms: momenta.map(armId), reading: epochsToLearn }],
      x: { label: 'momentum (share of the last step)' },
      y: { label: `epochs to a loss of ${learnt} (full-batch steps)`, scale: 'log' },
    }),
  ],
  quantities: [
    quantity({
      id: 'epochs',
      label: `Epochs to a loss of ${learnt}`,
      reading: epochsToLearn,
      decimals: 0,
      headline: true,
    }),
    quantity({
      id: 'grid-error',
      label: `Mean squared error on ${count(gridPoints)} points`,
      reading: value('mse'),
      arms: momenta.map((momentum) => `${armId(momentum)}-grid`),
      decimals: 4,
    }),
  ],
};

/** How much faster counts as faster. */
const times = 2;

const claims: readonly Claim[] = [
  claim({
    id: 'momentum-speeds-up',
    statement: `Momentum 0.9 learns at least ${times} times as fast as none.`,
    metric: `epochs to a loss of ${learnt}, without momentum / with 0.9`,
    judged: {
      'as-intended': {
        tests: [
          median(
            logRatio(term(armId(0), epochsToLearn), term(armId(0.9), epochsToLearn)),
            'epochs, none / 0.9',
            'factor',
          ).above(factor(times), 0),
        ],
      },
    },
  }),
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
