import { expect, test } from 'vitest';
import type { MeasureSpec } from '../measurement-spec.js';
import type { TrialSpec } from '../trial-spec.js';
import { costOf, type TaskCost, workOf } from './cost.js';

const fit: TrialSpec = {
  data: { kind: 'function', name: 'sinc' },
  model: { kind: 'mlp', widths: [1, 5, 1], activation: 'relu' },
  loss: 'mse',
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  batchSize: 'full',
  stop: { epochs: 10 },
  seed: 1,
};
const images: TrialSpec = {
  ...fit,
  data: { kind: 'mnist', trainSize: 1000, testSize: 100 },
  model: { kind: 'mlp', widths: [784, 8, 10], activation: 'relu' },
  loss: 'crossEntropy',
  batchSize: 300,
};
const trialCost = (spec: TrialSpec): TaskCost => costOf({ spec }, () => undefined)!;
const measured = (measure: MeasureSpec, of: readonly string[] = ['a']) =>
  costOf({ spec: { kind: 'measurement', measure, of, seed: 1 } }, (id) => (id === 'a' ? images : undefined));

test('work counts multiplications: three passes a step, one a sample that is evaluated', () => {
  expect(workOf(trialCost(fit))).toBe(3 * (5 + 5 + 5) * 300 * 10);
  const passes = (spec: TrialSpec): number => workOf(trialCost(spec)) - workOf(trialCost(images));
  expect(passes({ ...images, observe: { test: 'epoch' } })).toBe(10 * 100 * (784 * 8 + 8 + 80));
  expect(passes({ ...images, observe: { train: 'end' } })).toBe(1000 * (784 * 8 + 8 + 80));
  const stop = { ...images.stop, evaluated: { accuracy: 1 } };
  expect(passes({ ...images, stop })).toBe(10 * 1000 * (784 * 8 + 8 + 80));
  expect(passes({ ...images, stop, observe: { train: 'epoch' } })).toBe(passes({ ...images, stop }));
});

test('steps count the short batch at the end of an epoch; a batch is never larger than the data', () => {
  expect(trialCost(images)).toMatchObject({ steps: 40, of: { batchSize: 300, inputs: 'bytes' } });
  expect(trialCost({ ...images, batchSize: 5000 })).toMatchObject({ steps: 10, of: { batchSize: 1000 } });
});

test('a measurement costs by the trials that it is taken of, and nothing is said of those that are not known', () => {
  expect(measured({ name: 'interpolation', alphas: [0, 1, 2] })).toMatchObject({ evaluated: 5 * 1100, steps: 0 });
  expect(measured({ name: 'predictions' }, ['x', 'y'])).toBeUndefined();
});
