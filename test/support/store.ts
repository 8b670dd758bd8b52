import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import type { Machine } from '../../src/lab/store.js';
import type { TrialCheckpoint } from '../../src/tasks/checkpoint.js';
import type { TrialOutcome } from '../../src/tasks/trial-result.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';

/** A new folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'descent-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A new folder for all tests of a file, gone after the last. */
export function folderOfFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'descent-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const machine: Machine = {
  descentVersion: '0.0.0',
  engineRevision: 1,
  kernelsDigest: 'k',
  node: 'v20',
  platform: 'linux x64',
  cpu: 'a processor',
  cores: 2,
  memoryBytes: 1,
  workers: 1,
};

export const tinySpec: TrialSpec = {
  data: { kind: 'function', name: 'sinc', points: 3 },
  model: { kind: 'mlp', widths: [1, 2], activation: 'relu' },
  loss: 'mse',
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  batchSize: 'full',
  stop: { epochs: 2 },
  seed: 1,
};

export const tinyOutcome: TrialOutcome = {
  summary: { status: 'finished', epochs: 2, steps: 2, finalLoss: 0.5, hash: 'f'.repeat(64) },
  parameters: Float32Array.of(1, 2, 3, 4),
  parameterShapes: [
    { name: '0.weight', shape: [2, 1], fanIn: 1 },
    { name: '0.bias', shape: [2], fanIn: 1 },
  ],
  predictions: { x: [-1, 0, 1], truth: [0, 1, 0], predicted: [0.1, 0.9, 0.1] },
};

/** Of a run after two steps, with every number that is hard to write down. */
export const tinyCheckpoint: TrialCheckpoint = {
  train: {
    epoch: 3,
    step: 2,
    batch: 0,
    rng: { words: Array.from({ length: 624 }, (_, i) => 2 ** 32 - 1 - i), index: 624 },
    losses: [Number.NaN, 5e-324, 0.1 + 0.2],
    recorder: {
      sums: { lossSum: 1e300, tensorNormSum: 0 },
      pending: { epoch: 2, step: 2, testLoss: Number.POSITIVE_INFINITY },
      evaluation: {
        test: { loss: Number.NEGATIVE_INFINITY, accuracy: 0.5, correct: 1, classAccuracy: [Number.NaN, 1] },
      },
    },
    parameters: Float32Array.of(1e-45, -0, 3.4e38, 0.1),
    optimizer: { steps: 2, moments: [Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6, 7, 8)] },
  },
  rows: 2,
  snapshots: { epochs: [0, 2], values: Float32Array.of(1, 2, 3, 4) },
};
