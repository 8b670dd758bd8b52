import { expect, test } from 'vitest';
import { canonicalTrial, withDefaults } from './defaults.js';
import { trialId } from './trial-id.js';
import type { TrialSpec } from './trial-spec.js';

const engine = { kernelsDigest: 'k', engineRevision: 1 };

const fit: TrialSpec = {
  data: { kind: 'function', name: 'sinc' },
  model: { kind: 'mlp', widths: [1, 190, 1], activation: 'leakyRelu' },
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.0011, weightDecay: 0.0001 },
  batchSize: 'full',
  stop: { epochs: 100 },
  seed: 1,
  observe: { loss: 'step' },
};
const classify: TrialSpec = {
  data: { kind: 'mnist' },
  model: { kind: 'layers', input: [784], layers: [{ kind: 'linear', features: 10 }, { kind: 'leakyRelu' }] },
  loss: 'crossEntropy',
  optimizer: { kind: 'adamW', learningRate: 0.001 },
  batchSize: 600,
  stop: { epochs: 15 },
  seed: 1,
};

const tabled: TrialSpec = {
  data: { kind: 'table', inputs: [[0], [1]], targets: [[2], [3]] },
  model: { kind: 'mlp', widths: [1, 2, 1], activation: 'tanh' },
  loss: 'mse',
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  batchSize: 1,
  stop: { epochs: 2 },
  seed: 1,
};

test('ids do not move when a field with a no-effect default is added: these were given before', () => {
  expect(trialId(fit, engine)).toBe('59f5e77dc4f55863baceb957ced0279978758f1d3305b837dc7cfb15f9065b97');
  expect(trialId(classify, engine)).toBe('6e059a1fab30b27e863fb80fe393416f85d8a1ce922b2fe189aea87913d7781d');
  expect(trialId(tabled, engine)).toBe('a510f2c718075a38c3df72fa2e5e21e7ebf2eb0b39392051af0a1e686e109f67');
});

test('a spec with every default written out has the id of the spec without', () => {
  for (const spec of [fit, classify]) {
    expect(withDefaults(spec)).not.toEqual(spec);
    expect(canonicalTrial(withDefaults(spec))).toEqual(canonicalTrial(spec));
    expect(trialId(withDefaults(spec), engine)).toBe(trialId(spec, engine));
  }
});

test('what cannot matter is not in the id: seed of a "subset" of all, no random labels, order, undefined', () => {
  const id = trialId(classify, engine);
  const same: readonly TrialSpec[] = [
    { ...classify, data: { kind: 'mnist', subsetSeed: 7 } },
    { ...classify, data: { kind: 'mnist', randomLabels: { fraction: 0, seed: 3 } } },
    Object.fromEntries(Object.entries(classify).reverse()) as unknown as TrialSpec,
    { ...classify, observe: {} },
    { ...classify, edits: [] },
  ];
  for (const spec of same) expect(trialId(spec, engine)).toBe(id);
});

test('what matters is in the id', () => {
  const others: readonly TrialSpec[] = [
    { ...classify, seed: 2 },
    { ...classify, init: { kind: 'pytorch', skip: 1 } },
    { ...classify, data: { kind: 'mnist', trainSize: 100 } },
    { ...classify, data: { kind: 'mnist', trainSize: 100, subsetSeed: 1 } },
    { ...classify, optimizer: { kind: 'adam', learningRate: 0.001 } },
    { ...classify, optimizer: { kind: 'adamW', learningRate: 0.001, weightDecay: 0 } },
    { ...classify, observe: { loss: 'epoch' } },
    { ...classify, edits: [{ atStep: 1, path: 'optimizer.learningRate', value: 0.002 }] },
    { ...classify, edits: [{ atStep: 2, path: 'optimizer.learningRate', value: 0.002 }] },
    classify,
  ];
  const ids = others.map((spec) => trialId(spec, engine));
  expect(new Set(ids).size).toBe(others.length);
  expect(ids).not.toContain(trialId(classify, { ...engine, kernelsDigest: 'other' }));
  expect(ids).not.toContain(trialId(classify, { ...engine, engineRevision: 2 }));
});
