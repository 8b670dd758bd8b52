import { expect, test, vi } from 'vitest';
import { SpecError } from '../../src/base/errors.js';
import { createNetwork } from '../../src/engine/network/network.js';
import type { LayerSpec, NetworkSpec } from '../../src/engine/network-spec.js';
import { parseTrialSpec } from '../../src/tasks/schema/trial-schema.js';
import { applySettings, parseSetting } from '../../src/tasks/settings.js';
import { tinySpec } from '../support/store.js';

const linear = (features: number): LayerSpec => ({ kind: 'linear', features });

test.each<[string, NetworkSpec, string]>([
  ['a wide layer', { input: [1], layers: [linear(1_000_000), { kind: 'relu' }, linear(1)] }, '4.9 GiB'],
  ['more parameters than addresses', { input: [1], layers: [linear(1e9), linear(1e9)] }, '7450592689.2 GiB'],
  [
    'sizes that 32 bits cannot count',
    { input: [1, 32768, 32768], layers: [{ kind: 'conv2d', channels: 1, kernel: 1 }] },
    '1056.0 GiB',
  ],
  [
    'channels whose scratch 32 bits cannot count',
    {
      input: [1, 16, 16],
      layers: [
        { kind: 'conv2d', channels: 2 ** 20, kernel: 1 },
        { kind: 'maxPool2d', size: 16 },
      ],
    },
    '43.0 GiB',
  ],
])('%s: a network that cannot fit says what it needs, and no memory is taken', async (_, spec, needed) => {
  const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
  for (const inputs of ['bytes', 'floats'] as const) {
    await expect(createNetwork(spec, { loss: 'mse', inputs })).rejects.toThrow(
      new RegExp(
        `^memory: expected a network that fits into 4.0 GiB, got one that needs ${inputs === 'floats' ? needed : '[\\d.]+ GiB'}`,
      ),
    );
  }
  expect(grow).not.toHaveBeenCalled();
  grow.mockRestore();
});

const fit = { ...tinySpec, model: { kind: 'mlp', widths: [1, 2, 1], activation: 'relu' } };

/** Why the spec is refused after these changes; undefined if it is not. */
function refused(...settings: readonly string[]): string | undefined {
  try {
    parseTrialSpec(applySettings(fit, settings.map(parseSetting)));
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(SpecError);
    return (error as SpecError).message;
  }
}

test('sizes that take memory or time before the first step are refused where they stand', () => {
  expect(refused('model.widths=[1,1000000000,1]')).toBe(
    'model: expected at most 357908480 parameters, which fill 4.0 GiB, got 3000000001, which need 33.5 GiB',
  );
  expect(refused('data.points=1000001')).toBe('data.points: expected a whole number from 2 to 1000000, got 1000001');
  expect(refused('init={"kind":"pytorch","skip":1e15}')).toContain('init.skip: expected a whole number from 0 to');
  expect(refused('stop.epochs=1e15', 'observe={"snapshots":{"every":1,"parameters":"all"}}')).toBe(
    'observe.snapshots: expected at most 2.0 GiB of them, got 1000000000000000 of 7 numbers, which need 26077032.1 GiB; take fewer, or of fewer tensors',
  );
  expect(refused('data.points=20000', 'observe={"lambdaMax":{"every":9}}')).toContain(
    'expected at most 10000 training',
  );
  expect(refused(`model.widths=${JSON.stringify(new Array(1001).fill(1))}`)).toContain('a list of at most 1000 widths');
  const mnist = 'data={"kind":"mnist","testSize":10001}';
  expect(refused(mnist)).toContain('data.testSize: expected a whole number from 1 to 10000');
});

test('a table of more than 10,000,000 numbers is refused', () => {
  const row = new Array(10_000).fill(0);
  const data = { kind: 'table', inputs: new Array(1001).fill(row), targets: new Array(1001).fill([0]) };
  expect(() => parseTrialSpec({ ...fit, data })).toThrow('data: expected at most 10000000 numbers, got 10011001');
});

test('what only lasts long is allowed: 10^15 epochs, batches larger than the data', () => {
  expect(refused('stop.epochs=1e15')).toBeUndefined();
  expect(refused('batchSize=9007199254740991')).toBeUndefined();
  expect(refused('batchSize=9007199254740992')).toContain('batchSize: expected a whole number');
});

test('a pooling window of more than 16 is refused: a position in it is kept as a byte', () => {
  const model = (size: number) => ({
    kind: 'layers',
    input: [1, 28, 28],
    layers: [{ kind: 'maxPool2d', size }, { kind: 'flatten' }, linear(10)],
  });
  const pooled = (size: number) =>
    refused(`model=${JSON.stringify(model(size))}`, 'data={"kind":"mnist"}', 'loss=crossEntropy');
  expect(pooled(16)).toBeUndefined();
  expect(pooled(17)).toBe('model.layers[0].size: expected at most 16, got 17');
});

test('a network without parameters is refused', () => {
  expect(refused('model={"kind":"layers","input":[1],"layers":[{"kind":"tanh"}]}')).toBe(
    'model.layers: expected a linear or conv2d layer among them, got none',
  );
});

test('a dropout rate of 1 - 2^-40 drops everything of a batch, as its threshold stays below 2^32', async () => {
  const layers: readonly LayerSpec[] = [linear(3), { kind: 'dropout', rate: 1 - 2 ** -40 }];
  const network = await createNetwork({ input: [1], layers }, { loss: 'mse', inputs: 'floats' });
  network.setParameters(Float32Array.of(1, 2, 3, 4, 5, 6));
  const data = { name: 'd', size: 2, inputShape: [1], inputs: Float32Array.of(1, 2), targets: new Float32Array(6) };
  expect(network.gradient({ data, order: null, start: 0, count: 2 }, true).loss).toBe(0);
});

test('a message about many problems stays short', () => {
  const json = { ...fit, data: { kind: 'table', inputs: new Array(5000).fill([true]), targets: [[0]] } };
  expect(() => parseTrialSpec(json)).toThrow(/^(.*\n){20}\.\.\. and 4980 more$/);
});
