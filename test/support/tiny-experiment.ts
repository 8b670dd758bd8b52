import type { Arm, Experiment, Preset } from '../../src/experiments/index.js';
import type { RunRecord, TrialRecord } from '../../src/lab/record.js';

const arm = (id: string, label: string): Arm => ({
  id,
  label,
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

const preset: Preset = {
  seeds: [1],
  arms: [arm('a', 'A, first'), arm('b', 'B, second')],
  note: 'Tiny.',
  miniature: false,
  estimatedSeconds: 1,
};

const y = { label: 'loss (mean squared error)', scale: 'log' } as const;
const x = { label: 'x (dimensionless)' };

/** Two arms, one figure of each kind and one quantity: small enough to be read in a snapshot. */
export const tinyExperiment: Experiment = {
  id: 'tiny',
  section: '0.0',
  title: 'Tiny',
  question: 'Is it drawn?',
  protocol: 'As coded.',
  presets: { smoke: preset, quick: preset, report: preset },
  figures: [
    {
      kind: 'metric',
      id: 'loss',
      title: 'Loss',
      caption: 'It falls.',
      metric: 'loss',
      threshold: { value: 0.1, label: 'low' },
      x: { label: 'epoch (full-batch steps)' },
      y,
    },
    { kind: 'truth', id: 'function', title: 'Truth', caption: 'Four points.', x, y: { label: 'f(x) (dimensionless)' } },
    {
      kind: 'predictions',
      id: 'predictions',
      title: 'Predictions',
      caption: 'Beside the truth.',
      x,
      y: { label: 'f(x) (dimensionless)' },
    },
  ],
  quantities: [
    {
      id: 'epochs',
      label: 'Epochs',
      measure: { kind: 'epochs' },
      decimals: 0,
      headline: true,
      reported: { a: { value: 1234 }, b: { value: 3, note: 'not converged' } },
      source: 'text',
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

/** A run of {@link tinyExperiment}: one trial for each arm and seed. */
export const tinyRun = (seeds: readonly number[] = [1]): RunRecord => ({
  experiment: 'tiny',
  preset: 'quick',
  settings: [],
  trials: seeds.flatMap((seed) => ['a', 'b'].map((armId) => ({ arm: armId, seed, id: `${armId}${seed}` }))),
});

/** Records by id, as a report takes them. */
export const recordsOf = (...records: readonly TrialRecord[]): ReadonlyMap<string, TrialRecord> =>
  new Map(records.map((record) => [record.id, record]));
