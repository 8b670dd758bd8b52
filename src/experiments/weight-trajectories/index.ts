import { networkOf } from '../../engine/model-spec.js';
import { parameterCount } from '../../engine/shapes.js';
import type { Claim, ClaimTest } from '../../study/claim.js';
import { preset } from '../../study/estimate.js';
import type { Arm, Experiment, MeasurementArm, Preset, Protocol, Quantity } from '../../study/experiment.js';
import type { Figure } from '../../study/figure.js';
import { accuracyAxis, crossEntropyAxis, epochAxis, value } from '../../study/vocabulary.js';
import type { ModelSpec } from '../../tasks/trial-spec.js';
import { weightTrajectoriesDisagreements } from './disagreements.js';

/** Section 1.2.1: eight runs of one network on MNIST, their weights seen in two principal components. */

const runs = Array.from({ length: 8 }, (_, run) => run);
const runId = (run: number): string => `run${run}`;
const runIds = runs.map(runId);
/** Drawn by an epoch's data loader: two numbers of 64 bits. */
const drawsPerEpoch = 4;
/** The report's "PCA for Layer 1" is of this many columns: 10 of the 500 hidden units. */
const firstColumns = 7840;

interface Size {
  readonly trainSize: number;
  readonly hidden: number;
  readonly epochs: number;
}

interface Plan {
  readonly snapshotsEvery: number;
  /** Whether the seed is set again before each run, so that all are one. */
  readonly seedResetInLoop: boolean;
}

/** As the code does it without a reset, each run goes on in the stream of random numbers where the one before stopped. */
function armsOf({ trainSize, hidden, epochs }: Size, { snapshotsEvery, seedResetInLoop }: Plan): readonly Arm[] {
  const model: ModelSpec = { kind: 'mlp', widths: [784, hidden, 10], activation: 'relu' };
  const draws = parameterCount(networkOf(model)) + drawsPerEpoch * epochs;
  return runs.map((run) => ({
    id: runId(run),
    label: `run ${run + 1}`,
    numbers: { run },
    spec: {
      data: { kind: 'mnist', trainSize, testSize: 1000 },
      model,
      loss: 'crossEntropy',
      optimizer: { kind: 'adam', learningRate: 4e-4, weightDecay: 1e-4 },
      batchSize: 100,
      stop: { epochs },
      init: { kind: 'pytorch', skip: seedResetInLoop ? 0 : run * draws },
      observe: { loss: 'epoch', accuracy: 'epoch', snapshots: { every: snapshotsEvery, parameters: 'weights' } },
    },
  }));
}

const plane = (
  id: string,
  label: string,
  of: readonly string[],
  options: {
    readonly tensors?: readonly string[];
    readonly firstColumns?: number;
    readonly epochs?: readonly [number, number];
  } = {},
): MeasurementArm => ({ id, label, of, measure: { name: 'trajectory', components: 2, ...options } });

const sizes = {
  smoke: { trainSize: 200, hidden: 20, epochs: 15 },
  quick: { trainSize: 1000, hidden: 100, epochs: 45 },
  full: { trainSize: 60_000, hidden: 500, epochs: 45 },
  study: { trainSize: 10_000, hidden: 500, epochs: 45 },
} as const;

const notes: Readonly<Record<keyof typeof sizes, Pick<Preset, 'note' | 'miniature'>>> = {
  smoke: { note: '200 images, 20 hidden units, 15 epochs: shows that it runs.', miniature: true },
  quick: { note: '1,000 images and 100 hidden units instead of 60,000 and 500; 8 runs of 45 epochs.', miniature: true },
  full: { note: 'Full size: 8 runs of 45 epochs on 60,000 images, batches of 100.', miniature: false },
  study: {
    note: '10,000 images instead of 60,000, so that it ends in minutes; network, batch, runs and epochs as reported.',
    miniature: false,
  },
};

const presetOf = (size: keyof typeof sizes, plan: Plan, measurements: readonly MeasurementArm[]): Preset =>
  preset({ seeds: [1], arms: armsOf(sizes[size], plan), measurements, ...notes[size] });

const componentAxis = (n: number) => ({ label: `principal component ${n} (weight units)` });

const planeFigure = (id: string, title: string, caption: string, every?: number): Figure => ({
  kind: 'columns',
  id,
  title,
  caption,
  mark: 'path',
  arms: [id],
  series: [{ x: 'pc1', y: 'pc2' }],
  group: 'run',
  ...(every !== undefined && { every: { column: 'epoch', of: every } }),
  x: componentAxis(1),
  y: componentAxis(2),
});

const lossFigures: readonly Figure[] = [
  {
    kind: 'metric',
    id: 'train-loss',
    title: 'Training loss of the eight runs',
    caption: 'Mean loss of each epoch. See how alike the eight are, though their weights are far apart.',
    series: [{ metric: 'loss' }],
    x: epochAxis,
    y: crossEntropyAxis('training'),
  },
  {
    kind: 'metric',
    id: 'train-accuracy',
    title: 'Training accuracy, running',
    caption:
      'Share of images that the network had right when it met them during the epoch: the number that the report writes beside its points.',
    series: [{ metric: 'accuracy' }],
    x: epochAxis,
    y: accuracyAxis('training'),
  },
];

const endsApart = (pairs: readonly MeasurementArm[]): Quantity => ({
  id: 'ends-apart',
  label: 'Distance between the ends of two runs / length of a run',
  reading: value('endDistanceOverLength'),
  arms: pairs.map(({ id }) => id),
  decimals: 2,
  headline: true,
  reported: {},
  source: 'none',
});

/** How much of the runs a plane shows, and how much it would show of random walks. */
const planeQuantities = (arms: readonly string[]): readonly Quantity[] =>
  (
    [
      ['explained1', 'Variance explained by component 1, %'],
      ['explained2', 'Variance explained by component 2, %'],
      ['residualShare', 'Distance off the plane / distance from the mean, %'],
      ['randomWalkExplained1', 'Component 1 for random walks with the same steps, %'],
      ['randomWalkExplained2', 'Component 2 for random walks with the same steps, %'],
    ] as const
  ).map(([name, label]) => ({
    id: name,
    label,
    reading: value(name),
    arms,
    percent: true,
    decimals: 1,
    reported: {},
    source: 'none: the report does not say what its two components leave out',
  }));

const reportedRun0: readonly (readonly [epoch: number, accuracy: number, loss: number])[] = [
  [3, 96.033236, 0.132638],
  [6, 98.11656, 0.069274],
  [9, 98.744407, 0.045048],
  [12, 99.242878, 0.031745],
  [15, 99.563895, 0.022795],
];

const tableQuantities: readonly Quantity[] = reportedRun0.flatMap(([epoch, accuracy, loss]): Quantity[] => [
  {
    id: `accuracy-${epoch}`,
    label: `Training accuracy of epoch ${epoch} (running), %`,
    reading: { kind: 'at', metric: 'accuracy', epoch },
    arms: ['run0'],
    percent: true,
    decimals: 2,
    headline: epoch === 15,
    reported: {
      run0: {
        value: accuracy,
        ...(epoch === 3 && { note: 'a mean over the epoch of the running accuracy, which is a little lower' }),
      },
    },
    source: "the report's table",
  },
  {
    id: `loss-${epoch}`,
    label: `Training loss of epoch ${epoch}`,
    reading: { kind: 'at', metric: 'loss', epoch },
    arms: ['run0'],
    decimals: 4,
    reported: { run0: { value: loss } },
    source: "the report's table",
  },
]);

const pairs: readonly MeasurementArm[] = [0, 2, 4, 6].map((run) =>
  plane(`pair${run}`, `runs ${run + 1} and ${run + 2}`, [runId(run), runId(run + 1)]),
);

interface Bugs {
  readonly lastLayerOnly: boolean;
  readonly tenUnitsOnly: boolean;
  readonly seedResetInLoop: boolean;
}

function asCoded(bugs: Bugs): Protocol {
  const measurements = [
    plane('plane-table', bugs.lastLayerOnly ? 'last layer' : 'all weights', runIds, {
      ...(bugs.lastLayerOnly && { tensors: ['2.weight'] }),
    }),
    plane('plane-model', 'all weights', runIds),
    plane('plane-layer1', bugs.tenUnitsOnly ? 'layer 1, first 7,840 weights' : 'layer 1', runIds, {
      tensors: ['0.weight'],
      ...(bugs.tenUnitsOnly && { firstColumns }),
    }),
    ...pairs,
  ];
  const plan: Plan = { snapshotsEvery: 1, seedResetInLoop: bugs.seedResetInLoop };
  const planes = ['plane-table', 'plane-model', 'plane-layer1'];
  return {
    id: 'as-coded',
    note: '784-500-10, batches of 100, Adam at 0.0004 with weight decay 1e-4; eight runs of 45 epochs on one stream of random numbers; weights without biases after each epoch. Components are of all 8 x 45 points, centred and not scaled, and every third epoch is drawn. Which batch size made the figures is not certain (D14); this one made the tables.',
    presets: {
      smoke: presetOf('smoke', plan, measurements),
      quick: presetOf('quick', plan, measurements),
      report: presetOf('full', plan, measurements),
      study: presetOf('study', plan, measurements),
    },
    figures: [
      planeFigure(
        'plane-model',
        'PCA for the model: all weights',
        'Eight paths, one a run, every third epoch joined. Each run starts from weights of its own, so what the two components show first is how the runs differ, not how one of them learns.',
        3,
      ),
      planeFigure(
        'plane-layer1',
        bugs.tenUnitsOnly ? 'PCA for layer 1, as coded: 10 of its 500 units' : 'PCA for layer 1',
        "The same for the first layer. The report's figure of this name holds only the first 7,840 of its 392,000 weights (D15), and every epoch.",
      ),
      planeFigure(
        'plane-table',
        bugs.lastLayerOnly
          ? "PCA of the report's table: the last layer alone"
          : "PCA of the report's table, of all weights",
        "The table's x and y come from 5,000 weights: its code wrote each layer over the one before (D13).",
        3,
      ),
      ...lossFigures,
    ],
    quantities: [...tableQuantities, endsApart(pairs), ...planeQuantities(planes)],
    bugs: {
      lastLayerOnly: {
        about: "The table's components are of the last layer alone",
        disagreement: 'D13',
        standard: true,
      },
      tenUnitsOnly: { about: '"Layer 1" is its first 7,840 weights', disagreement: 'D15', standard: true },
      seedResetInLoop: {
        about:
          'The seed is set in the loop, so that all eight runs are one (the notebook as saved; not the figures of the report)',
        disagreement: 'D17',
        standard: false,
      },
    },
    withBugs: (changed) => asCoded({ ...bugs, ...changed }),
  };
}

const writtenMeasurements = [
  plane('plane-model', 'all weights', runIds),
  plane('plane-layer1', 'layer 1', runIds, { tensors: ['0.weight'] }),
  ...pairs,
];
const writtenPlan: Plan = { snapshotsEvery: 3, seedResetInLoop: false };

const asWritten: Protocol = {
  id: 'as-written',
  note: 'As the text has it: weights of every third epoch alone are taken, and their components found; the whole of layer 1. The text does not give a batch size; 100 as in the tables.',
  presets: {
    smoke: presetOf('smoke', writtenPlan, writtenMeasurements),
    quick: presetOf('quick', writtenPlan, writtenMeasurements),
    study: presetOf('study', writtenPlan, writtenMeasurements),
  },
  figures: [
    planeFigure(
      'plane-model',
      'PCA for the model: all weights',
      'Components of every third epoch of eight runs. See whether taking all epochs instead, as the code does, changes anything.',
    ),
    planeFigure(
      'plane-layer1',
      'PCA for layer 1: all its weights',
      'The same for all 392,000 weights of the first layer (78,400 in a miniature).',
    ),
  ],
  quantities: [endsApart(pairs), ...planeQuantities(['plane-model', 'plane-layer1'])],
};

const early = runs
  .slice(0, 3)
  .map((run) => plane(`early${run}`, `run ${run + 1}, first 10 epochs`, [runId(run)], { epochs: [1, 10] }));
const late = runs
  .slice(0, 3)
  .map((run) => plane(`late${run}`, `run ${run + 1}, from epoch 11`, [runId(run)], { epochs: [11, 45] }));
const single = runs.slice(0, 3).map((run) => plane(`alone${run}`, `run ${run + 1} alone`, [runId(run)]));
const intendedMeasurements = [plane('plane-model', 'all runs', runIds), ...single, ...early, ...late, ...pairs];
const intendedPlan: Plan = { snapshotsEvery: 1, seedResetInLoop: false };

const asIntended: Protocol = {
  id: 'as-intended',
  note: 'The same eight runs, each also seen by itself, its first ten epochs apart from the rest; how much of the variance two components hold, how far the runs are off the plane, and what the same picture shows of random walks with the same step lengths (Antognini and Sohl-Dickstein 2018).',
  presets: {
    smoke: presetOf('smoke', intendedPlan, intendedMeasurements),
    quick: presetOf('quick', intendedPlan, intendedMeasurements),
    study: presetOf('study', intendedPlan, intendedMeasurements),
  },
  figures: [
    planeFigure(
      'plane-model',
      'All runs in their common plane',
      'Eight paths, one a run. The plane is spanned by the differences between the runs: each path in it is short.',
    ),
    planeFigure(
      'alone0',
      'One run in its own plane',
      'The first run alone, in the two components of its own 45 points. Random walks of many dimensions draw the same smooth arc: the table says how much of the variance they would put here.',
    ),
    {
      kind: 'columns',
      id: 'residual',
      title: 'How far off their common plane the runs are',
      caption:
        'Distance of each point from the plane of the first figure, in the full space, beside its distance from the mean. Where the two meet, the plane shows nothing of the run.',
      mark: 'points',
      arms: ['plane-model'],
      series: [
        { x: 'epoch', y: 'residual', label: 'off the plane' },
        { x: 'epoch', y: 'distance', label: 'from the mean' },
      ],
      x: epochAxis,
      y: { label: 'distance (weight units)' },
    },
  ],
  quantities: [
    endsApart(pairs),
    ...planeQuantities(['plane-model', ...[...single, ...early, ...late].map(({ id }) => id)]),
  ],
};

const apart: readonly ClaimTest[] = [
  {
    kind: 'value',
    label: 'distance between ends / length, pairs of runs that share none',
    of: pairs.map(({ id }) => ({ arm: id, reading: value('endDistanceOverLength') })),
    direction: 'above',
    margin: 0.5,
    noEffect: 0.5,
  },
];

const claims: readonly Claim[] = [
  {
    id: 'runs-end-apart',
    statement: 'Eight runs, seen in two components, show the process of learning.',
    metric:
      'distance between the ends of two runs / length of a run, in the full space: if it is large, the plane shows how the runs differ',
    margin: 'above 0.5',
    least: { count: 4, unit: 'pairs of runs' },
    tests: { 'as-written': apart, 'as-coded': apart, 'as-intended': apart },
  },
];

/** 1.2.1: what do two principal components show of training? */
export const weightTrajectories: Experiment = {
  id: 'weight-trajectories',
  section: '1.2.1',
  title: 'Visualise the optimisation process',
  question: 'What do two principal components of eight trainings show, and what do they leave out?',
  protocols: [asCoded({ lastLayerOnly: true, tenUnitsOnly: true, seedResetInLoop: false }), asWritten, asIntended],
  claims,
  disagreements: weightTrajectoriesDisagreements,
};
