import { expect, test } from 'vitest';
import type { TrialSpec } from '../trials/trial-spec.js';
import { progressMeter, trialWork } from './progress.js';

const network = (width: number): TrialSpec => ({
  data: { kind: 'function', name: 'sinc' },
  model: { kind: 'mlp', widths: [1, width, 1], activation: 'relu' },
  loss: 'mse',
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  batchSize: 'full',
  stop: { epochs: 10 },
  seed: 1,
});

test('work counts the multiplications of forward passes', () => {
  expect(trialWork(network(5))).toBe((5 + 5 + 5) * 300 * 10);
});

test('the time left follows the work, not the number of trials', () => {
  let now = 0;
  const meter = progressMeter([network(10), network(30)], () => now);
  expect(meter.read()).toEqual({ fraction: 0, trialsDone: 0, trials: 2, stepsPerSecond: 0, msLeft: undefined });
  now = 1000;
  meter.update(0, { epoch: 10, step: 10, steps: 10 });
  meter.done(0, true);
  expect(meter.read()).toEqual({ fraction: 0.25, trialsDone: 1, trials: 2, stepsPerSecond: 10, msLeft: 3000 });
});

test('a trial that was stored before counts as done, not as speed', () => {
  let now = 0;
  const meter = progressMeter([network(10), network(10)], () => now);
  meter.done(0, false);
  now = 1000;
  meter.update(1, { epoch: 5, step: 5, steps: 10 });
  expect(meter.read()).toEqual({ fraction: 0.5, trialsDone: 1, trials: 2, stepsPerSecond: 5, msLeft: 1000 });
});
