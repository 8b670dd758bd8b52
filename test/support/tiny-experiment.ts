import type { MeasurementRecord, RunRecord, RunTask, TrialRecord } from '../../src/lab/record.js';
import type { Results } from '../../src/report/tables/run.js';
import type { Arm, Experiment, Figure, MeasurementArm, Preset, Protocol } from '../../src/study/language.js';

const arm = (id: string, label: string, size: number): Arm => ({
  id,
  label,
  numbers: { size },
  spec: {
    data: { kind: 'function', name: 'sinc', points: 4 },
    model: { kind: 'mlp', widths: [1, 3, 1], activation: 'tanh' },
    loss: 'mse',
    optimizer: { kind: 'sgd', learningRate: 0.1 },
    batchSize: 'full',
    stop: { epochs: 3, converged: { below: 0.1, change: 0.1 } },
    observe: { loss: 'step' },
  },
});

const line: MeasurementArm = {
  id: 'line',
  label: 'From A to B',
  measure: { name: 'interpolation', alphas: [0, 0.5, 1] },
  of: ['a', 'b'],
};

const preset: Preset = {
  seeds: [1],
  arms: [arm('a', 'A, first', 10), arm('b', 'B, second', 100)],
  measurements: [line],
  note: 'Tiny.',
  miniature: false,
};

const y = { label: 'loss (mean squared error)', scale: 'log' } as const;
const x = { label: 'x (dimensionless)' };
const text = (id: string, title: string) => ({ id, title, caption: 'See it.' });

/** One figure of each kind, and one of two axes. */
const figures: readonly Figure[] = [
  {
    ...text('loss', 'Loss'),
    kind: 'metric',
    series: [{ metric: 'loss' }],
    threshold: { value: 0.1, label: 'low' },
    x: { label: 'epoch (full-batch steps)' },
    y,
  },
  { ...text('function', 'Truth'), kind: 'truth', x, y: { label: 'f(x) (dimensionless)' } },
  { ...text('predictions', 'Predictions'), kind: 'predictions', x, y: { label: 'f(x) (dimensionless)' } },
  {
    ...text('by-size', 'By size'),
    kind: 'by-arm',
    at: 'size',
    series: [
      { label: 'loss', arms: ['a', 'b'], reading: { kind: 'last', metric: 'loss' } },
      { label: 'epochs', arms: ['a', 'b'], reading: { kind: 'epochs' }, axis: 'right' },
    ],
    x: { label: 'size (parameters)', scale: 'log' },
    y: { label: 'loss (mean squared error)' },
    y2: { label: 'epochs (steps)' },
  },
  {
    ...text('line', 'Along the line'),
    kind: 'columns',
    mark: 'line',
    arms: ['line'],
    series: [
      { label: 'train', x: 'alpha', y: 'trainLoss', dashed: true },
      { label: 'test', x: 'alpha', y: 'testLoss' },
    ],
    x: { label: 'alpha (dimensionless)' },
    y: { label: 'loss (nats)' },
  },
  {
    ...text('scatter', 'Scatter'),
    kind: 'scatter',
    series: [{ arms: ['a', 'b'], x: { kind: 'epochs' }, y: { kind: 'last', metric: 'loss' } }],
    x: { label: 'epochs (steps)' },
    y: { label: 'loss (mean squared error)' },
  },
];

const coded: Protocol = {
  id: 'as-coded',
  note: 'As its code does it.',
  presets: { quick: preset, report: preset },
  figures,
  quantities: [
    {
      id: 'epochs',
      label: 'Epochs',
      reading: { kind: 'epochs' },
      decimals: 0,
      headline: true,
      reported: { a: { value: 1234 }, b: { value: 3, note: 'not converged' } },
      source: 'text',
    },
  ],
  bugs: { retrain: { about: 'Trains again', disagreement: 'D0', standard: true } },
};

/**
 * Two protocols, two arms, a measurement, a figure of each kind, one quantity and one claim: small enough to be read in
 * a snapshot.
 */
export const tinyExperiment: Experiment = {
  id: 'tiny',
  section: '0.0',
  title: 'Tiny',
  question: 'Is it drawn?',
  protocols: [
    coded,
    { ...coded, id: 'as-intended', note: 'As it is meant.', presets: { quick: preset }, figures: figures.slice(0, 1) },
  ],
  claims: [
    {
      id: 'a-is-slower',
      statement: 'A is slower than B.',
      metric: 'epochs, A / B',
      judged: {
        'as-coded': {
          tests: [
            {
              kind: 'median',
              label: 'epochs, A / B',
              x: {
                ratio: [
                  { arm: 'a', reading: { kind: 'epochs' } },
                  { arm: 'b', reading: { kind: 'epochs' } },
                ],
              },
              direction: 'above',
              margin: 1.1,
              noEffect: 1,
            },
          ],
        },
      },
    },
  ],
  disagreements: [{ id: 'D0', about: 'Size', written: 'large', coded: 'tiny' }],
};

/** A finished trial of {@link tinyExperiment}. */
export function tinyRecord(
  id: string,
  loss: readonly (number | null)[],
  change: Partial<TrialRecord> = {},
): TrialRecord {
  const epoch = loss.map((_, i) => i + 1);
  return {
    id,
    spec: { ...preset.arms[0]!.spec, seed: 1 },
    status: 'converged',
    epochs: loss.length,
    steps: loss.length,
    finalLoss: loss.at(-1) ?? null,
    hash: `hash-of-${id}`,
    metrics: { epoch, step: epoch, loss },
    predictions: { x: [-1, 0, 1], truth: [0, 1, 0], predicted: [0.1, 0.8, -0.1] },
    durationMs: 1500,
    ...change,
  };
}

/** A finished measurement of {@link tinyExperiment}. */
export const tinyMeasurement = (id: string): MeasurementRecord => ({
  id,
  spec: { kind: 'measurement', measure: line.measure, of: ['a1', 'b1'], seed: 1 },
  values: { barrierTest: 0.2 },
  columns: { alpha: [0, 0.5, 1], trainLoss: [0.1, 0.3, 0.2], testLoss: [0.2, 0.5, 0.3] },
  hash: `hash-of-${id}`,
  durationMs: 500,
});

/** A run of {@link tinyExperiment}: one task for each arm and seed, and rounding twins of each trial. */
export function tinyRun(seeds: readonly number[] = [1], twins = 0): RunRecord {
  const of = (arm: string, seed: number): readonly RunTask[] =>
    Array.from({ length: twins + 1 }, (_, twin) =>
      twin === 0 ? { arm, seed, id: `${arm}${seed}` } : { arm, seed, twin, id: `${arm}${seed}-${twin}` },
    );
  return {
    experiment: 'tiny',
    protocol: 'as-coded',
    preset: 'quick',
    settings: [],
    trials: seeds.flatMap((seed) => ['a', 'b'].flatMap((armId) => of(armId, seed))),
    measurements: seeds.map((seed) => ({ arm: 'line', seed, id: `line${seed}` })),
  };
}

/** Results by id, as a report takes them; the measurement of seed 1 is among them. */
export const resultsOf = (...trials: readonly TrialRecord[]): Results => ({
  trials: new Map(trials.map((record) => [record.id, record])),
  measurements: new Map([['line1', tinyMeasurement('line1')]]),
});

/** No results at all. */
export const noResults: Results = { trials: new Map(), measurements: new Map() };
