import fc from 'fast-check';
import { test } from 'vitest';
import { Mt19937 } from '../../src/base/mt19937.js';
import { initializeParameters } from '../../src/base/torch-random.js';
import { createNetwork } from '../../src/engine/network/network.js';
import type { LossName } from '../../src/engine/network-spec.js';
import { parameterShapes, product } from '../../src/engine/shapes.js';
import { runs } from '../support/length.js';
import { samplesFor } from '../support/samples.js';
import { fuzz } from './support/fuzz.js';
import { networks } from './support/networks.js';
import { expectStep } from './support/reference-step.js';
import { optimizers } from './support/specs.js';

const cases = fc.record({
  network: networks,
  loss: fc.constantFrom<LossName>('mse', 'crossEntropy'),
  inputs: fc.constantFrom('bytes' as const, 'floats' as const),
  optimizer: optimizers,
  size: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 60 }) }, fc.constantFrom(641, 700)),
  seed: fc.nat({ max: 2 ** 31 }),
});

const steps = runs(100, 300);

test(`${steps} random steps as in float64 (loss 1e-5, gradient 1e-4, parameters 2e-6 beyond it)`, async () => {
  await fuzz(steps, cases, async ({ network, loss, inputs, optimizer, size, seed }) => {
    const data = samplesFor(network, loss, inputs, size, seed);
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
