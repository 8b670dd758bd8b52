import { expect, test } from 'vitest';
import functionFit from '../../test/golden/function-fit-init-seed1.json' with { type: 'json' };
import cnn1 from '../../test/golden/mnist-cnn1-nodropout-batch600.json' with { type: 'json' };
import cnn3 from '../../test/golden/mnist-cnn3-batch600.json' with { type: 'json' };
import deep from '../../test/golden/mnist-mlp-500-batch64.json' with { type: 'json' };
import { Mt19937 } from './mt19937.js';
import { initializeParameters, loaderOrder, random64, randperm, type TensorFan } from './torch-random.js';

/** Weight and bias of dense layers of these widths. */
function dense(...widths: readonly number[]): readonly TensorFan[] {
  return widths.slice(1).flatMap((outputs, i) => {
    const fanIn = widths[i]!;
    return [
      { size: outputs * fanIn, fanIn },
      { size: outputs, fanIn },
    ];
  });
}

/** Weight and bias of a convolution. */
function conv(inputs: number, outputs: number, kernel: number): readonly TensorFan[] {
  return dense(inputs * kernel * kernel, outputs);
}

function total(tensors: readonly TensorFan[]): number {
  return tensors.reduce((sum, { size }) => sum + size, 0);
}

const functionNetworks = functionFit.widths.map((widths) => dense(...widths));
const functionInit = functionFit.init.map((tensors) => Object.values(tensors).flat());

test('seed 1 gives all 1,714 initial values of the three function networks exactly, in order on one stream', () => {
  const rng = new Mt19937(1);
  for (const [i, network] of functionNetworks.entries()) {
    expect([...initializeParameters(rng, network)]).toEqual(functionInit[i]);
  }
});

test('the second and the third function network start exactly after 571 and 1,143 draws', () => {
  for (const [i, skip] of [0, 571, 1143].entries()) {
    const rng = new Mt19937(1);
    rng.skip(skip);
    expect([...initializeParameters(rng, functionNetworks[i]!)]).toEqual(functionInit[i]);
  }
});

const mnistNetworks = [
  { name: 'CNN-1', golden: cnn1, tensors: [...conv(1, 10, 4), ...conv(10, 20, 4), ...dense(320, 50, 100, 10)] },
  { name: 'CNN-3', golden: cnn3, tensors: [...conv(1, 10, 5), ...conv(10, 15, 5), ...dense(240, 86, 10)] },
  { name: '784-500-10', golden: deep, tensors: dense(784, 500, 10) },
];

test.each(mnistNetworks)('seed 1 gives the first 8 initial values of every tensor of $name exactly', (network) => {
  const values = initializeParameters(new Mt19937(1), network.tensors);
  let at = 0;
  for (const [i, first8] of Object.values(network.golden.initFirst8).entries()) {
    expect([...values.subarray(at, at + 8)]).toEqual(first8);
    at += network.tensors[i]!.size;
  }
  expect(values.length).toBe(network.golden.parameters);
});

test.each(mnistNetworks)(
  'the first 20 samples of epochs 1 and 2 of $name are exactly those of the DataLoader',
  (network) => {
    const rng = new Mt19937(1);
    rng.skip(total(network.tensors));
    const order = new Int32Array(60_000);
    const first20 = () => [...loaderOrder(rng, 60_000, order).subarray(0, 20)];
    expect(first20()).toEqual(network.golden.epoch1First20Indices);
    expect(first20()).toEqual(network.golden.epoch2First20Indices);
  },
);

test("both of PyTorch's bounds, of weights and of biases, are one float32 for every fan-in to 100,000", () => {
  const gain = Math.sqrt(2 / (1 + Math.sqrt(5) ** 2));
  for (let fanIn = 1; fanIn <= 100_000; fanIn++) {
    const weightBound = Math.sqrt(3) * (gain / Math.sqrt(fanIn));
    if (Math.fround(weightBound) !== Math.fround(1 / Math.sqrt(fanIn))) expect.fail(`fan-in ${fanIn}`);
  }
});

test('a permutation holds each of 0 .. n-1 once, for n from 0 on', () => {
  for (const n of [0, 1, 2, 31, 300]) {
    const identity = Array.from({ length: n }, (_, i) => i);
    expect([...randperm(new Mt19937(4), n)].sort((a, b) => a - b)).toEqual(identity);
  }
  expect(() => randperm(new Mt19937(4), 5, new Int32Array(4))).toThrow(RangeError);
  expect(() => randperm(new Mt19937(4), 2 ** 28, new Int32Array(4))).toThrow('fewer than 214748364 samples');
});

test('a 64-bit draw is two words, the high one first', () => {
  const words = new Mt19937(6);
  expect(random64(new Mt19937(6))).toBe(BigInt(words.next()) * 2n ** 32n + BigInt(words.next()));
});
