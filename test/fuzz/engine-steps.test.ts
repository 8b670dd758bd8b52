import fc from 'fast-check';
import { test } from 'vitest';
import type { Dataset } from '../../src/base/dataset.js';
import { Mt19937 } from '../../src/base/mt19937.js';
import { initializeParameters } from '../../src/base/torch-random.js';
import { createNetwork } from '../../src/engine/network.js';
import type { LossName, NetworkSpec } from '../../src/engine/network-spec.js';
import { inferShapes, parameterShapes, product } from '../../src/engine/shapes.js';
import { uniformValues } from '../support/random.js';
import { fuzz } from './support/fuzz.js';
import { networks } from './support/networks.js';
import { expectStep } from './support/reference-step.js';
import { optimizers } from './support/specs.js';

/** Samples as they come to the engine: bytes of which many are 0, or values; labels or values to learn. */
function samples(
  network: NetworkSpec,
  loss: LossName,
  inputs: 'bytes' | 'floats',
  size: number,
  seed: number,
): Dataset {
  const outputs = product(inferShapes(network).at(-1)!.output);
  const draws = uniformValues(size * product(network.input), seed);
  return {
    name: 'samples',
    size,
    inputShape: network.input,
    inputs: inputs === 'floats' ? draws : Uint8Array.from(draws, (v) => (v > 0.5 ? Math.floor(v * 255) : 0)),
    targets:
      loss === 'mse'
        ? uniformValues(size * outputs, seed + 1)
        : Uint8Array.from({ length: size }, (_, i) => (i * 7) % outputs),
  };
}

const cases = fc.record({
  network: networks,
  loss: fc.constantFrom<LossName>('mse', 'crossEntropy'),
  inputs: fc.constantFrom('bytes' as const, 'floats' as const),
  optimizer: optimizers,
  size: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 60 }) }, fc.constantFrom(641, 700)),
  seed: fc.nat({ max: 2 ** 31 }),
});

test('300 random networks, losses, optimizers and batches: one step of the engine as in float64 (loss 1e-5, gradient 1e-4, parameters 2e-6 beyond it)', async () => {
  await fuzz(300, cases, async ({ network, loss, inputs, optimizer, size, seed }) => {
    const data = samples(network, loss, inputs, size, seed);
    const fans = parameterShapes(network).map(({ shape, fanIn }) => ({ size: product(shape), fanIn }));
    const parameters = initializeParameters(new Mt19937(seed), fans);
    const dropoutKey = [seed, 5] as const;
    const engine = await createNetwork(network, { loss, inputs, optimizer, dropoutKey });
    engine.setParameters(parameters);
    const { loss: value } = engine.step({ data, order: null, start: 0, count: size });
    const rows = Array.from({ length: size }, (_, i) => i);
    expectStep(
      { network, loss, optimizer, data, rows, parameters, dropoutKey },
      { loss: value, gradNorm: engine.gradNorm(), parameters: engine.parameters() },
    );
  });
});
