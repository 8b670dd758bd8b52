import { expect, test } from 'vitest';
import { SpecError } from '../../base/errors.js';
import { applySettings, parseSetting } from '../settings.js';
import { parseTrialSpec } from './trial-schema.js';

const fit = {
  data: { kind: 'function', name: 'sinc', points: 300 },
  model: { kind: 'mlp', widths: [1, 190, 1], activation: 'leakyRelu' },
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.0011, weightDecay: 0.0001 },
  batchSize: 'full',
  stop: { epochs: 25000, converged: { below: 0.001, change: 0.00001 } },
  seed: 1,
  observe: { loss: 'step', gradNorm: 'step' },
};
const classify = {
  data: { kind: 'mnist', trainSize: 60000 },
  model: {
    kind: 'layers',
    input: [1, 28, 28],
    layers: [
      { kind: 'conv2d', channels: 10, kernel: 4 },
      { kind: 'relu' },
      { kind: 'maxPool2d', size: 2 },
      { kind: 'flatten' },
      { kind: 'linear', features: 50 },
      { kind: 'relu' },
      { kind: 'dropout', rate: 0.25 },
      { kind: 'linear', features: 10 },
    ],
  },
  loss: 'crossEntropy',
  optimizer: { kind: 'adam', learningRate: 0.001 },
  batchSize: 600,
  stop: { epochs: 15 },
  seed: 1,
  observe: { loss: 'epoch', accuracy: 'epoch', test: 'epoch' },
};

function problem(json: unknown): string {
  try {
    parseTrialSpec(json);
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
  return 'valid';
}

/** What is wrong with a good spec after one change. */
const changed = (spec: object, setting: string): string => problem(applySettings(spec, [parseSetting(setting)]));

test('the two public forms are valid and come back as they are', () => {
  expect(parseTrialSpec(fit)).toEqual(fit);
  expect(parseTrialSpec(classify)).toEqual(classify);
});

test('a flat network may read images', () => {
  const flat = { ...classify, model: { kind: 'mlp', widths: [784, 50, 10], activation: 'relu' } };
  expect(parseTrialSpec(flat)).toEqual(flat);
});

test('each wrong field is named with what is allowed and what came', () => {
  const problems = [
    changed(fit, 'seed=-1'),
    changed(fit, 'seed=1.5'),
    changed(fit, 'seed=4294967296'),
    changed(fit, 'loss="mes"'),
    changed(fit, 'batchSize="ful"'),
    changed(fit, 'batchSize=0'),
    changed(fit, 'data.name="sink"'),
    changed(fit, 'data.kind="functon"'),
    changed(fit, 'data=7'),
    changed(fit, 'model.widths=[1]'),
    changed(fit, 'model.widths=[]'),
    changed(fit, 'model.widths[1]=0'),
    changed(fit, 'optimizer.lerningRate=0.1'),
    changed(fit, 'optimizer.learningRate=0'),
    changed(fit, 'optimizer.betas=[0.9]'),
    changed(fit, 'optimizer.betas=[0.9,1]'),
    changed(fit, 'stop.epochs=null'),
    changed(fit, 'stop.converged.below="low"'),
    changed(fit, 'stop.evaluated={}'),
    changed(fit, 'stop.evaluated={"accuracy":0.9}'),
    changed(fit, 'observe.loss="batch"'),
    changed(fit, 'momentum=0.9'),
    changed(fit, 'data={"kind":"table","inputs":[[1e39]],"targets":[["a"]]}'),
    changed(fit, 'edits=[{"atStep":0,"path":"batchSize","value":null}]'),
    changed(classify, 'model.layers[6].rate=1'),
    changed(classify, 'data.trainSize=60001'),
    changed(classify, 'data.randomLabels={"fraction":2,"seed":1}'),
    problem([]),
    problem('{}'),
    problem(null),
  ];
  expect(problems).toMatchSnapshot();
});

test('what does not fit together is named at the field to change', () => {
  const problems = [
    changed(fit, 'model.widths[0]=2'),
    changed(fit, 'model.widths[2]=3'),
    changed(fit, 'loss="crossEntropy"'),
    changed(fit, 'observe.accuracy="epoch"'),
    changed(fit, 'observe.test="end"'),
    changed(fit, 'data={"kind":"table","inputs":[[1],[2,3]],"targets":[[1],[2]]}'),
    changed(fit, 'data={"kind":"table","inputs":[[1],[2]],"targets":[[1]]}'),
    changed(fit, 'data={"kind":"table","inputs":[[1,2],[2,3]],"targets":[[1],[2]]}'),
    changed(classify, 'loss="mse"'),
    changed(classify, 'model.input=[1,27,28]'),
    changed(classify, 'model.layers[0].kernel=29'),
    changed(classify, 'model.layers[3]={"kind":"relu"}'),
    changed(classify, 'model.layers[7].features=9'),
    changed(fit, 'edits=[{"atStep":1,"path":"optimizer.momentum","value":0.5}]'),
    changed(fit, 'edits=[{"atStep":1000000,"path":"batchSize","value":7}]'),
    changed(fit, 'edits=[{"atStep":1,"path":"parameters[9999]","value":7}]'),
  ];
  expect(problems).toMatchSnapshot();
});

test('observations that are not to be had are named: tensors that are not there, curvature of too many images', () => {
  const snapshots = 'observe={"snapshots":{"every":1,"parameters":["1.weight"]}}';
  expect(changed(fit, snapshots)).toBe(
    'observe.snapshots.parameters: expected some of 0.weight, 0.bias, 2.weight, 2.bias, got 1.weight',
  );
  expect(changed(fit, snapshots.replace('1.weight', '2.weight'))).toBe('valid');
  expect(changed(classify, 'observe={"lambdaMax":{"every":100}}')).toContain('expected at most 10000 training samples');
  expect(changed(fit, 'observe={"lambdaMax":{"every":100}}')).toBe('valid');
  expect(changed(fit, 'init={"kind":"nudged","skip":0,"twin":0}')).toBe(
    'init.twin: expected a whole number of at least 1, got 0',
  );
});

test('all problems are told at once, a line each', () => {
  const lines = problem({ ...fit, seed: -1, loss: 'mes', lr: 3 }).split('\n');
  expect(lines).toHaveLength(3);
});

test('a thing with a length that is no list is refused, whatever its length is', () => {
  const targets = { length: { toString: [] } };
  expect(problem({ ...fit, data: { kind: 'table', inputs: [[1]], targets } })).toContain(
    'data.targets: expected a list of rows of numbers, got',
  );
});

test('every missing field is named', () => {
  const lines = problem({}).split('\n');
  const fields = ['data', 'model', 'loss', 'optimizer', 'batchSize', 'stop', 'seed'];
  expect(lines.map((line) => line.split(':')[0])).toEqual(fields);
});

test('a field from a prototype is not a field', () => {
  expect(problem(JSON.parse('{"__proto__": {"seed": 1}}'))).toContain('seed: expected');
});
