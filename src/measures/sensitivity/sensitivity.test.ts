import { expect, test } from 'vitest';
import { derivativesFixtures } from '../../../test/fixtures/load.js';
import { expectClose } from '../../../test/support/close.js';
import { centralDifference, dot } from '../../../test/support/derivatives.js';
import { initialParams, randomDataset } from '../../../test/support/objectives.js';
import { exp } from '../../base/math.js';
import { mlp, type NetworkSpec } from '../../engine/network-spec.js';
import { referenceNetwork } from '../../engine/reference/network.js';
import { oneHiddenJacobians } from './one-hidden-jacobian.js';
import { inputSensitivity, productJacobians } from './sensitivity.js';

const frobenius = (values: Float64Array) => Math.sqrt(dot(values, values));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test.each(derivativesFixtures().map((fixture) => [fixture.name, fixture] as const))(
  "%s: the mean norm of PyTorch's input Jacobians within 1e-11",
  (name, { network, inputs, targets, samples, params, inputJacobian }) => {
    const size = inputJacobian.length / samples;
    const norms = Array.from({ length: samples }, (_, i) =>
      frobenius(Float64Array.from(inputJacobian.slice(i * size, (i + 1) * size))),
    );
    const data = { name, size: samples, inputShape: network.input, inputs, targets };
    expectClose([inputSensitivity(network, Float64Array.from(params), data).logits.mean], [mean(norms)], 1e-11);
  },
);

test.each(['relu', 'leakyRelu', 'tanh'] as const)(
  'one hidden layer of %s: the closed form is the products way within 1e-12',
  (activation) => {
    for (const [inputs, hidden, outputs] of [
      [1, 9, 1],
      [7, 31, 5],
      [12, 6, 4],
    ] as const) {
      const spec: NetworkSpec = {
        input: [1, 1, inputs],
        layers: [
          { kind: 'flatten' },
          ...mlp([inputs, hidden, outputs], activation).layers,
          { kind: 'dropout', rate: 0.5 },
        ],
      };
      const params = initialParams(spec, 8);
      const rows = Float64Array.from(randomDataset(spec, 'mse', outputs, 10).inputs, (x) => (x < -0.5 ? 0 : x));
      const [closed, products] = [oneHiddenJacobians(spec, params)!(rows), productJacobians(spec, params)(rows)];
      expectClose(closed.grams, products.grams, 1e-12);
      expectClose(closed.logits, products.logits, 1e-13);
    }
  },
);

test('deeper and convolutional networks take products; a linear map has the norm of its matrix within 1e-14', () => {
  expect(oneHiddenJacobians(mlp([2, 3, 3, 1], 'relu'), new Float64Array(25))).toBeUndefined();
  const spec: NetworkSpec = { input: [4], layers: [{ kind: 'linear', features: 3 }] };
  const params = initialParams(spec, 1);
  const { logits, samples } = inputSensitivity(spec, params, randomDataset(spec, 'mse', 3, 300));
  expectClose([logits.mean], [frobenius(params.subarray(0, 12))], 1e-14);
  expect(logits.standardError).toBeLessThan(1e-14);
  expect(samples).toBe(300);
});

test('probabilities: the mean norm of central differences of softmax(outputs) within 1e-8, deep and one-hidden', () => {
  for (const spec of [mlp([3, 8, 4], 'tanh'), mlp([3, 6, 5, 4], 'tanh')]) {
    const network = referenceNetwork(spec);
    const params = initialParams(spec, 5).map((value) => 3 * value);
    const data = randomDataset(spec, 'crossEntropy', 4, 9);
    const probabilities = (x: Float64Array) => {
      const powers = network.forward(params, x).map(exp);
      return powers.map((power) => power / powers.reduce((sum, value) => sum + value, 0));
    };
    const norms = Array.from({ length: 9 }, (_, sample) => {
      const x = Float64Array.from(data.inputs.slice(3 * sample, 3 * sample + 3));
      const columns = [0, 1, 2].map((i) => centralDifference((t) => probabilities(x.with(i, x[i]! + t))));
      return Math.sqrt(columns.reduce((sum, column) => sum + dot(column, column), 0));
    });
    expectClose([inputSensitivity(spec, params, data).probabilities.mean], [mean(norms)], 1e-8);
  }
});

test('no samples, a wrong number of parameters and NaN are errors', () => {
  const spec = mlp([2, 3, 2], 'relu');
  const data = randomDataset(spec, 'crossEntropy', 2, 4);
  const params = initialParams(spec, 1);
  expect(() => inputSensitivity(spec, params, { ...data, size: 0 })).toThrow('expected at least one sample');
  expect(() => inputSensitivity(spec, params.slice(1), data)).toThrow('params: expected 17 numbers, got 16');
  expect(() => inputSensitivity(spec, params.with(0, Number.NaN), data)).toThrow('expected finite numbers, got NaN');
});
