import { expect, test } from 'vitest';
import { fakeMnist } from '../../test/support/fake-mnist.js';
import type { MetricRow } from '../engine/training/observations/index.js';
import type { TrialCheckpoint } from './checkpoint.js';
import { runTrial } from './run-trial.js';
import type { TrialSpec } from './trial-spec.js';

const host = { loadMnist: async () => fakeMnist() };
const everything = {
  loss: 'step',
  lastBatchLoss: 'epoch',
  gradNorm: 'step',
  tensorGradNorm: 'epoch',
  snapshots: { every: 2, parameters: 'weights', initial: true },
} as const;

const curve: TrialSpec = {
  data: { kind: 'function', name: 'sinc', points: 31 },
  model: { kind: 'mlp', widths: [1, 5, 4, 1], activation: 'tanh' },
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.01, weightDecay: 1e-4 },
  batchSize: 8,
  stop: { epochs: 4 },
  seed: 3,
  observe: { ...everything, train: 'epoch', lambdaMax: { every: 3 } },
};
const images: TrialSpec = {
  data: { kind: 'mnist', trainSize: 30, testSize: 10, randomLabels: { fraction: 0.5, seed: 1 } },
  model: { kind: 'mlp', widths: [784, 16, 10], activation: 'relu' },
  loss: 'crossEntropy',
  optimizer: { kind: 'sgd', learningRate: 0.05, momentum: 0.9 },
  batchSize: 7,
  stop: { epochs: 3 },
  seed: 4,
  observe: { ...everything, accuracy: 'epoch', train: 'epoch', test: 'end' },
};
const trials: Readonly<Record<string, TrialSpec>> = {
  'Adam, shuffled batches with a short last one, the curvature watched': curve,
  'AdamW on all samples until it converges': {
    ...curve,
    optimizer: { kind: 'adamW', learningRate: 0.02 },
    batchSize: 'full',
    stop: { epochs: 60, converged: { below: 1, change: 1e-3 } },
  },
  'SGD with momentum on byte images': images,
  'convolution, pooling and dropout': {
    ...images,
    model: {
      kind: 'layers',
      input: [1, 28, 28],
      layers: [
        { kind: 'conv2d', channels: 2, kernel: 5 },
        { kind: 'relu' },
        { kind: 'maxPool2d', size: 2 },
        { kind: 'flatten' },
        { kind: 'dropout', rate: 0.5 },
        { kind: 'linear', features: 10 },
      ],
    },
    optimizer: { kind: 'adam', learningRate: 0.01 },
    stop: { epochs: 2 },
  },
  'a run that diverges': {
    ...curve,
    optimizer: { kind: 'sgd', learningRate: 1e4 },
    model: { kind: 'mlp', widths: [1, 5, 1], activation: 'relu' },
    observe: { loss: 'step' },
  },
};

async function straight(spec: TrialSpec) {
  const rows: MetricRow[] = [];
  const checkpoints: TrialCheckpoint[] = [];
  const outcome = await runTrial(spec, {
    ...host,
    onRow: (row) => rows.push(row),
    checkpointDue: () => true,
    onCheckpoint: (checkpoint) => checkpoints.push(structuredClone(checkpoint)),
  });
  return { outcome, rows, checkpoints };
}

test.each(Object.entries(trials))(
  '%s: resumed from any step, it ends as one that was never touched, to the bit',
  async (_, spec) => {
    const { outcome, rows, checkpoints } = await straight(spec);
    expect(checkpoints.map(({ train }) => train.step)).toEqual([...checkpoints.keys()]);
    expect(checkpoints).toHaveLength(outcome.summary.steps);
    expect(await runTrial(spec, host)).toEqual(outcome);
    for (const checkpoint of checkpoints) {
      const emitted = rows.slice(0, checkpoint.rows);
      const again = await runTrial(
        spec,
        { ...host, onRow: (row) => emitted.push(row) },
        { checkpoint, rows: rows.slice(0, checkpoint.rows) },
      );
      expect(again).toEqual(outcome);
      expect(emitted).toEqual(rows);
    }
  },
);

test('a stopped trial emits where it stands, and resumes there to the same end', async () => {
  const { outcome, rows } = await straight(images);
  const emitted: MetricRow[] = [];
  let asked = 0;
  let stood: TrialCheckpoint | undefined;
  const stopped = await runTrial(images, {
    ...host,
    onRow: (row) => emitted.push(row),
    shouldStop: () => ++asked > 8,
    onCheckpoint: (checkpoint) => {
      stood = checkpoint;
    },
  });
  expect(stopped.summary).toMatchObject({ status: 'stopped', steps: 8 });
  expect(emitted.slice(0, stood?.rows)).toEqual(rows.slice(0, stood?.rows));
  const start = { checkpoint: stood as TrialCheckpoint, rows: rows.slice(0, stood?.rows) };
  expect(await runTrial(images, host, start)).toEqual(outcome);
});

test('a checkpoint of another network or optimizer is refused', async () => {
  const { checkpoints, rows } = await straight({ ...images, stop: { epochs: 1 } });
  const start = { checkpoint: checkpoints[2] as TrialCheckpoint, rows: rows.slice(0, checkpoints[2]?.rows) };
  await expect(runTrial({ ...images, optimizer: { kind: 'adam', learningRate: 0.1 } }, host, start)).rejects.toThrow(
    'optimizer state: expected 2 arrays of moments, got 1',
  );
  const wider: TrialSpec = { ...images, model: { kind: 'mlp', widths: [784, 17, 10], activation: 'relu' } };
  await expect(runTrial(wider, host, start)).rejects.toThrow('parameters: expected');
});
