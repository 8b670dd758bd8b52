import { describe, expect, it, test } from 'vitest';
import { canonicalKind } from '../../base/complete.js';
import { float32Bytes } from '../../base/float32-bytes.js';
import { sha256Hex } from '../../base/sha256.js';
import { checkData, type DataSpec, dataShape, dataSizes, dataSources, loadData } from './index.js';

const noMnist = (): never => {
  throw new Error('MNIST was loaded though nothing needs it');
};
const load = (data: DataSpec) => loadData(data, noMnist);
const digest = (values: Uint8Array | Float32Array): string =>
  sha256Hex(values instanceof Float32Array ? float32Bytes(values) : values).slice(0, 16);
const canonical = (data: DataSpec) => canonicalKind(dataSources, data);

describe('a table', () => {
  const inputs = [
    [0, 1],
    [2, 3],
    [4, 5],
    [6, 7],
    [8, 9],
  ];
  const labels = [0, 2, 1, 2, 0];

  it('of labels is to be classified, in as many classes as its labels show, or more', async () => {
    const data: DataSpec = { kind: 'table', inputs, labels };
    expect(dataShape(data)).toEqual({ input: [2], inputs: 'floats', outputs: 3, targets: 'labels' });
    expect(dataShape({ ...data, classes: 4 }).outputs).toBe(4);
    expect(dataShape({ ...data, labels: [0, 0, 0, 0, 0] }).outputs).toBe(2);
    const { train, test: tested } = await load(data);
    expect(train.targets).toEqual(Uint8Array.from(labels));
    expect(tested).toBeUndefined();
  });

  it('keeps a part apart to test on, and draws labels anew in the other', async () => {
    const data: DataSpec = { kind: 'table', inputs, labels, test: { size: 2 } };
    expect(dataSizes(data)).toEqual({ train: 3, test: 2 });
    const { train, test: tested } = await load(data);
    expect([train.size, tested?.size]).toEqual([3, 2]);
    const other = await load({ ...data, test: { size: 2, seed: 3 } });
    expect(other.test?.inputs).not.toEqual(tested?.inputs);
    const noisy = await load({ ...data, randomLabels: { fraction: 1, seed: 5 }, classes: 9 });
    expect(noisy.train.targets).not.toEqual(train.targets);
    expect(noisy.test?.targets).toEqual(tested?.targets);
    const fit: DataSpec = { kind: 'table', inputs, targets: inputs.map(([x = 0]) => [x]), test: { size: 1, seed: 1 } };
    expect((await load(fit)).test?.targets).toHaveLength(1);
  });

  it('has one id for one meaning', () => {
    const plain: DataSpec = { kind: 'table', inputs, labels };
    expect(canonical({ ...plain, classes: 3, randomLabels: { fraction: 0, seed: 1 } })).toEqual(plain);
    expect(canonical({ ...plain, classes: 4 })).toEqual({ ...plain, classes: 4 });
    expect(canonical({ ...plain, test: { size: 1, seed: 0 } })).toEqual({ ...plain, test: { size: 1 } });
    const values: DataSpec = { kind: 'table', inputs, targets: inputs };
    expect(canonical(values)).toEqual(values);
  });

  it.each<[Partial<Extract<DataSpec, { kind: 'table' }>>, string]>([
    [{}, 'data: expected targets or labels, got neither'],
    [{ labels, targets: inputs }, 'data: expected targets or labels, got both'],
    [{ labels: [1] }, 'data.labels: expected a row for each of the 5 inputs, got 1'],
    [{ labels, classes: 2 }, 'data.classes: expected at least 3, as labels show, got 2'],
    [{ labels, test: { size: 5 } }, 'data.test.size: expected fewer than the 5 samples, got 5'],
    [{ targets: inputs, classes: 2 }, 'data.classes: expected nothing beside targets that are no labels'],
    [{ targets: inputs, randomLabels: { fraction: 1, seed: 1 } }, 'data.randomLabels: expected nothing'],
  ])('with %j is refused', (more, problem) => {
    expect(() => checkData({ kind: 'table', inputs, ...more })).toThrow(problem);
  });
});

describe('points in the plane', () => {
  it('are to train on and to test on, of different draws', async () => {
    const { train, test: tested } = await load({ kind: 'plane', set: 'moons', testSize: 50 });
    expect([train.size, tested?.size]).toEqual([200, 50]);
    expect(train.inputs.subarray(0, 100)).not.toEqual(tested?.inputs);
    expect((await load({ kind: 'plane', set: 'moons', testSize: 0 })).test).toBeUndefined();
  });

  it('may have labels drawn anew, of their own number of classes', async () => {
    const data: DataSpec = { kind: 'plane', set: 'gaussians', classes: 4 };
    const [plain, noisy] = [await load(data), await load({ ...data, randomLabels: { fraction: 0.5, seed: 2 } })];
    const moved = plain.train.targets.filter((label, i) => label !== noisy.train.targets[i]).length;
    expect(moved).toBeGreaterThan(40);
    expect(moved).toBeLessThanOrEqual(100);
    expect(Math.max(...noisy.train.targets)).toBe(3);
    expect(noisy.test).toEqual(plain.test);
  });

  it.each(['xor', 'moons'] as const)('of %s are of two classes', (set) => {
    expect(() => checkData({ kind: 'plane', set, classes: 3 })).toThrow('data.classes: expected 2, as');
  });
});

describe('a formula', () => {
  it('is sampled on its range, with noise or without; to test on, without', async () => {
    const { train, test: tested } = await load({
      kind: 'formula',
      formula: 'x^2',
      points: 5,
      from: 0,
      to: 2,
      testPoints: 3,
    });
    expect(train.inputs).toEqual(Float32Array.of(0, 0.5, 1, 1.5, 2));
    expect(train.targets).toEqual(Float32Array.of(0, 0.25, 1, 2.25, 4));
    expect(tested?.targets).toEqual(Float32Array.of(0, 1, 4));
    const noisy = await load({ kind: 'formula', formula: 'x^2', points: 5, from: 0, to: 2, testPoints: 3, noise: 0.5 });
    expect(noisy.train.targets).not.toEqual(train.targets);
    expect(noisy.test).toEqual(tested);
  });

  it('of the report is what the report has', async () => {
    const sinc = await load({ kind: 'formula', formula: 'sin(5 * pi * x) / (5 * pi * x)' });
    const { train } = await load({ kind: 'function', name: 'sinc' });
    sinc.train.targets.forEach((value, i) => {
      expect(Math.abs(value - train.targets[i]!)).toBeLessThan(1e-6);
    });
  });

  it('is the same to the bit on every machine', async () => {
    const all =
      'sin(3*x) + cos(x)*tan(x) - exp(-x^2) + log(x+4)^1.5 + sqrt(abs(x)) + ' +
      'tanh(x)/3 + sign(x) + floor(x*3) + min(x,0.2) + max(x,pi-e)';
    const { train } = await load({ kind: 'formula', formula: all, from: -3, to: 3, noise: 0.1 });
    expect([digest(train.inputs), digest(train.targets)]).toEqual(['2ffc988983c1d8d3', '0ba3b8f80ca46621']);
  });

  it('whose noise is 0 needs no seed', () => {
    const plain: DataSpec = { kind: 'formula', formula: 'x' };
    expect(canonical({ ...plain, noiseSeed: 4, from: -1 })).toEqual(plain);
    expect(canonical({ ...plain, noiseSeed: 4, noise: 1 })).toEqual({ ...plain, noiseSeed: 4, noise: 1 });
  });

  it.each<[Partial<Extract<DataSpec, { kind: 'formula' }>>, string]>([
    [{ formula: '2x' }, 'data.formula: expected an operator or the end at position 2, got x; a product has a *'],
    [{ formula: '1/x', points: 3 }, 'data.formula: f(0): expected a finite number, got Infinity'],
    [{ from: 1, to: 1 }, 'data.to: expected a number above 1, got 1'],
    [{ testPoints: 1 }, 'data.testPoints: expected 0 or at least 2, got 1'],
    [{ formula: 'x^400', to: 10 }, 'expected a finite number, got Infinity'],
  ])('with %j is refused', (more, problem) => {
    expect(() => checkData({ kind: 'formula', formula: 'x', ...more })).toThrow(problem);
  });
});

test('the samples of every kind are as many, and of the shape, that is said before', async () => {
  const specs: readonly DataSpec[] = [
    { kind: 'function', name: 'sinc', points: 7 },
    {
      kind: 'table',
      inputs: [
        [1, 2],
        [3, 4],
      ],
      labels: [0, 1],
      test: { size: 1 },
    },
    { kind: 'plane', set: 'circles', classes: 3, trainSize: 20, testSize: 10 },
    { kind: 'formula', formula: 'x', points: 9, testPoints: 4 },
  ];
  expect(specs.map(({ kind }) => kind)).toEqual(
    dataSources.filter(({ readsMnist }) => !readsMnist).map(({ kind }) => kind),
  );
  for (const spec of specs) {
    checkData(spec);
    const sets = await load(spec);
    const { train, test: tested } = dataSizes(spec);
    const { input, targets } = dataShape(spec);
    expect([sets.train.size, sets.test?.size ?? 0]).toEqual([train, tested]);
    for (const set of [sets.train, ...(sets.test ? [sets.test] : [])]) {
      expect(set.inputShape).toEqual(input);
      expect(set.targets).toBeInstanceOf(targets === 'labels' ? Uint8Array : Float32Array);
    }
  }
});
