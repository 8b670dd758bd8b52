import { expect, it } from 'vitest';
import { expectClose } from '../../test/support/close.js';
import { uniformValues } from '../../test/support/random.js';
import { mlp } from '../engine/network-spec.js';
import { parameterCount } from '../engine/shapes.js';
import { engineObjective } from './engine-objective.js';
import { referenceObjective } from './reference-objective.js';

it('loss, gradient and products agree with the float64 reference within 1e-5', async () => {
  const spec = mlp([3, 17, 4], 'relu');
  const data = {
    name: 'random',
    size: 37,
    inputShape: [3],
    inputs: uniformValues(37 * 3, 1),
    targets: Uint8Array.from({ length: 37 }, (_, i) => i % 4),
  };
  const params = Float64Array.from(uniformValues(parameterCount(spec), 2));
  const v = Float64Array.from(uniformValues(parameterCount(spec), 3));
  const objective = await engineObjective(spec, data, 'crossEntropy');
  const engine = objective.at(params);
  // A look elsewhere must not move the products of this point.
  objective.loss(params.map((p) => p + 1));
  const reference = referenceObjective(spec, data, 'crossEntropy').at(params);
  expect(Math.abs(engine.loss / reference.loss - 1)).toBeLessThan(1e-6);
  expectClose(engine.gradient, reference.gradient, 1e-5, 'gradient');
  expectClose(engine.hvp(v), reference.hvp(v), 1e-5, 'hvp');
  expectClose(engine.gaussNewtonVp(v), reference.gaussNewtonVp(v), 1e-5, 'gaussNewtonVp');
});
