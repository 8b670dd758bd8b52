import { expect, it } from 'vitest';
import { functionDataset } from '../../src/data/index.js';
import { createNetwork } from '../../src/engine/network/network.js';
import { mlp } from '../../src/engine/network-spec.js';
import { loadMnist } from '../../src/platform/node/data/mnist-source.js';
import { expectBelow, leastRatio } from '../support/patience.js';

const batchSize = 10;

/** A wide network on MNIST at small batches, and how long so many of its next steps take. */
async function wide() {
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
    for (let i = 0; i < count; i++) {
      network.step({ data, order: null, start, count: batchSize });
      start = (start + batchSize) % data.size;
    }
    return performance.now() - from;
  };
  return { network, steps };
}

/** The fastest of short stretches: other work on the machine can only make a stretch slower. */
const fastest = (stretches: number, stretch: () => number): number =>
  Math.min(...Array.from({ length: stretches }, stretch));

it('a step at batch 10 with weight decay is not slower after 3,000 steps (within 15 %): weights of dead pixels never turn denormal', async () => {
  const trained = await wide();
  trained.steps(2800);
  const early = async (): Promise<number> => {
    const { steps } = await wide();
    steps(40);
    return fastest(10, () => steps(20));
  };
  const late = () => fastest(10, () => trained.steps(20));
  await expectBelow(1.15, leastRatio(late, early));
  const denormal = trained.network.parameters().filter((w) => w !== 0 && Math.abs(w) < 2 ** -126).length;
  expect(denormal).toBe(0);
});

it('a step of a deep network whose weights have collapsed to 1e-13 is not slower than at its start (within 40 %): gradients fade to 0, not into denormals', async () => {
  const network = await createNetwork(mlp([1, 5, 10, 10, 10, 10, 10, 5, 1], 'leakyRelu'), {
    loss: 'mse',
    inputs: 'floats',
    optimizer: { kind: 'adam', learningRate: 1e-20 },
  });
  const data = functionDataset('signSin');
  const at = (scale: number) => (): number => {
    network.setParameters(
      Float32Array.from({ length: network.parameterCount }, (_, i) => scale * (((i * 7919) % 1001) / 1001 - 0.5)),
    );
    return fastest(30, () => {
      const from = performance.now();
      for (let i = 0; i < 100; i++) network.step({ data, order: null, start: 0, count: data.size });
      return performance.now() - from;
    });
  };
  await expectBelow(1.4, leastRatio(at(1e-13), at(1)));
});
