import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Machine } from '../../src/lab/store.js';
import type { TrialOutcome } from '../../src/trials/run-trial.js';
import type { TrialSpec } from '../../src/trials/trial-spec.js';

/** A new folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'descent-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
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
