import { expect, test } from 'vitest';
import { fakeMnist } from '../../test/support/fake-mnist.js';
import type { Mnist } from '../data/index.js';
import type { MetricRow } from '../engine/training/observations/index.js';
import { runTrial } from './run-trial.js';
import type { TrialOutcome } from './trial-result.js';
import type { TrialSpec } from './trial-spec.js';

const fitted: TrialSpec = {
  data: { kind: 'function', name: 'sinc', points: 31 },
  model: { kind: 'mlp', widths: [1, 5, 1], activation: 'leakyRelu' },
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.01 },
  batchSize: 8,
  stop: { epochs: 4 },
  seed: 1,
  observe: { loss: 'step', gradNorm: 'epoch' },
};
const noMnist = (): never => {
  throw new Error('MNIST was loaded though no trial needs it');
};

async function run(spec: TrialSpec, loadMnist: () => Promise<Mnist> = noMnist) {
  const rows: MetricRow[] = [];
  const outcome = await runTrial(spec, { loadMnist, onRow: (row) => rows.push(row) });
  return { ...outcome, rows };
}

const classified: TrialSpec = {
  ...fitted,
  data: { kind: 'mnist', trainSize: 30, testSize: 10 },
  model: { kind: 'mlp', widths: [784, 16, 10], activation: 'relu' },
  loss: 'crossEntropy',
  stop: { epochs: 30 },
  observe: { loss: 'epoch', accuracy: 'epoch', test: 'end' },
};

test('a spec gives one hash, with its defaults written out as well; another seed gives another', async () => {
  const { summary } = await run(fitted);
  expect((await run(fitted)).summary).toEqual(summary);
  const spelled: TrialSpec = {
    ...fitted,
    init: { kind: 'pytorch', skip: 0 },
    optimizer: { kind: 'adam', learningRate: 0.01, betas: [0.9, 0.999] },
  };
  expect((await run(spelled)).summary.hash).toBe(summary.hash);
  expect((await run({ ...fitted, seed: 2 })).summary.hash).not.toBe(summary.hash);
  expect((await run({ ...fitted, init: { kind: 'pytorch', skip: 16 } })).summary.hash).not.toBe(summary.hash);
});

test('a fit reports every step and what the network makes of the points', async () => {
  const { summary, rows, predictions, parameters } = await run(fitted);
  expect(summary).toMatchObject({ status: 'finished', epochs: 4, steps: 16 });
  expect(rows.map((row) => row.step)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  expect(parameters).toHaveLength(16);
  expect(predictions?.x).toHaveLength(31);
  expect(predictions?.truth[15]).toBe(1);
  expect(new Set(predictions?.predicted).size).toBeGreaterThan(1);
});

test('a table trains as the function that it was written from', async () => {
  const { predictions, summary } = await run(fitted);
  const table: TrialSpec = {
    ...fitted,
    data: { kind: 'table', inputs: predictions!.x.map((x) => [x]), targets: predictions!.truth.map((y) => [y]) },
  };
  expect((await run(table)).summary.hash).toBe(summary.hash);
});

test('a flat network reads images, learns them, and is tested on the first test images', async () => {
  const { summary, rows } = await run(classified, async () => fakeMnist());
  expect(rows).toHaveLength(30);
  expect(rows.at(-1)?.accuracy).toBe(1);
  expect(summary.evaluation?.test).toMatchObject({ accuracy: 1, correct: 10 });
});

test('random labels are a different trial of the same images, which stay as they were', async () => {
  const mnist = fakeMnist();
  const labels = mnist.train.targets.slice();
  const random: TrialSpec = {
    ...classified,
    data: { kind: 'mnist', trainSize: 30, testSize: 10, randomLabels: { fraction: 1, seed: 1 } },
  };
  const hashes = [await run(random, async () => mnist), await run(classified, async () => mnist)].map(
    ({ summary }) => summary.hash,
  );
  expect(hashes[0]).not.toBe(hashes[1]);
  expect(mnist.train.targets).toEqual(labels);
});

test('a diverged trial is an outcome: where, a loss of null, and one hash', async () => {
  const wild: TrialSpec = { ...fitted, optimizer: { kind: 'sgd', learningRate: 1e30 } };
  const { summary, rows } = await run(wild);
  expect(summary).toMatchObject({ status: 'diverged', finalLoss: null, divergedAt: { what: 'loss' } });
  expect(rows.at(-1)?.step).toBe(summary.divergedAt?.step);
  expect((await run(wild)).summary).toEqual(summary);
});

test('a trial that is asked to stop says so before its next step', async () => {
  let steps = 0;
  const outcome: TrialOutcome = await runTrial(fitted, {
    loadMnist: noMnist,
    onProgress: ({ step }) => {
      steps = step;
    },
    shouldStop: () => steps === 5,
  });
  expect(outcome.summary).toMatchObject({ status: 'stopped', steps: 5 });
});
