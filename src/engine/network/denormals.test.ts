import { expect, it } from 'vitest';
import { functionDataset } from '../../data/index.js';
import { loadMnist } from '../../platform/node/data/mnist-source.js';
import { mlp } from '../network-spec.js';
import { createNetwork } from './network.js';

const batchSize = 10;

it('a step at batch 10 with decay is no slower after 3,000 steps (within 15 %): no weight turns denormal', async () => {
  const { train: data } = await loadMnist({});
  const network = await createNetwork(mlp([784, 500, 10], 'relu'), {
    loss: 'crossEntropy',
    inputs: 'bytes',
    optimizer: { kind: 'adam', learningRate: 1e-3, weightDecay: 1e-4 },
  });
  network.setParameters(
    Float32Array.from({ length: network.parameterCount }, (_, i) => (((i * 7919) % 1001) / 1001 - 0.5) / 14),
  );
  let start = 0;
  const steps = (count: number): number => {
    const from = performance.now();
    for (let i = 0; i < count; i++, start += batchSize) network.step({ data, order: null, start, count: batchSize });
    return performance.now() - from;
  };
  // The fastest of many short stretches: other work on the machine can only make a stretch slower.
  const fastest = (stretches: number): number => Math.min(...Array.from({ length: stretches }, () => steps(20)));
  steps(40);
  const early = fastest(10);
  steps(2760);
  const late = fastest(20);
  expect(late / early).toBeLessThan(1.15);
  const denormal = network.parameters().filter((w) => w !== 0 && Math.abs(w) < 2 ** -126).length;
  expect(denormal).toBe(0);
});

it('a step of a deep network collapsed to 1e-13 is no slower (within 40 %): gradients fade to 0', async () => {
  const network = await createNetwork(mlp([1, 5, 10, 10, 10, 10, 10, 5, 1], 'leakyRelu'), {
    loss: 'mse',
    inputs: 'floats',
    optimizer: { kind: 'adam', learningRate: 1e-20 },
  });
  const data = functionDataset('signSin');
  const fastest = (scale: number): number => {
    network.setParameters(
      Float32Array.from({ length: network.parameterCount }, (_, i) => scale * (((i * 7919) % 1001) / 1001 - 0.5)),
    );
    const stretches = Array.from({ length: 30 }, () => {
      const from = performance.now();
      for (let i = 0; i < 100; i++) network.step({ data, order: null, start: 0, count: data.size });
      return performance.now() - from;
    });
    return Math.min(...stretches);
  };
  const healthy = fastest(1);
  expect(fastest(1e-13) / healthy).toBeLessThan(1.4);
});
