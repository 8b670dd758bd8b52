import { expect, test } from 'vitest';
import type { TrialSpec } from '../tasks/trial-spec.js';
import { progressMeter } from './progress.js';
import type { Task } from './task.js';

const network = (width: number): Task => ({ id: String(width), spec: spec(width) });
const spec = (width: number): TrialSpec => ({
  data: { kind: 'function', name: 'sinc' },
  model: { kind: 'mlp', widths: [1, width, 1], activation: 'relu' },
  loss: 'mse',
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  batchSize: 'full',
  stop: { epochs: 10 },
  seed: 1,
});
const report = { id: 'a', summary: { values: {}, hash: 'h' }, durationMs: 1 } as const;

test('the time left follows the work, not the number of tasks', () => {
  let now = 0;
  const meter = progressMeter([network(10), network(30)], () => now);
  expect(meter.read()).toEqual({ fraction: 0, tasksDone: 0, tasks: 2, stepsPerSecond: 0, msLeft: undefined });
  now = 1000;
  meter.listen(0, { kind: 'progress', progress: { epoch: 10, step: 10, steps: 10 } });
  meter.listen(0, { kind: 'reported', report: { ...report, state: 'done' } });
  expect(meter.read()).toEqual({ fraction: 0.25, tasksDone: 1, tasks: 2, stepsPerSecond: 10, msLeft: 3000 });
});

test('the steps of a trial that was over before it said how far it is count', () => {
  let now = 0;
  const meter = progressMeter([network(10)], () => now);
  now = 1000;
  const summary = { status: 'finished', epochs: 10, steps: 10, finalLoss: 0, hash: 'h' } as const;
  meter.listen(0, { kind: 'reported', report: { ...report, summary, state: 'done' } });
  expect(meter.read()).toMatchObject({ fraction: 1, stepsPerSecond: 10 });
});

test('a trial that was stored before counts as done, not as speed', () => {
  let now = 0;
  const meter = progressMeter([network(10), network(10)], () => now);
  meter.listen(0, { kind: 'reported', report: { ...report, state: 'stored' } });
  now = 1000;
  meter.listen(1, { kind: 'progress', progress: { epoch: 5, step: 5, steps: 10 } });
  expect(meter.read()).toEqual({ fraction: 0.5, tasksDone: 1, tasks: 2, stepsPerSecond: 5, msLeft: 1000 });
});
