import { describe, expect, test } from 'vitest';
import { derivativesFixtures } from '../../../test/fixtures/load.js';
import { expectClose } from '../../../test/support/close.js';
import { along, centralDifference } from '../../../test/support/derivatives.js';
import { initialParams, objectiveOf, quadratic, randomDataset } from '../../../test/support/objectives.js';
import { expectBelow, leastRatio } from '../../../test/support/patience.js';
import { functionDataset } from '../../data/index.js';
import { type LossName, mlp, type NetworkSpec } from '../../engine/network-spec.js';
import { train } from '../../engine/training/train.js';
import { eigenvalueSigns } from '../critical-point/minimal-ratio.js';
import { symmetricEigen } from '../numerics/symmetric-eigen.js';
import { referenceObjective } from '../objective/reference-objective.js';
import { exactHessian } from './exact-hessian.js';

const cnn: NetworkSpec = {
  input: [1, 8, 8],
  layers: [
    { kind: 'conv2d', channels: 3, kernel: 3 },
    { kind: 'relu' },
    { kind: 'maxPool2d', size: 2 },
    { kind: 'flatten' },
    { kind: 'dropout', rate: 0.25 },
    { kind: 'linear', features: 3 },
  ],
};
/** Name, network, loss, outputs, samples: few where many units could sit near a kink. */
const cases: readonly [string, NetworkSpec, LossName, number, number][] = [
  ['1-6-4-1 tanh, mse', mlp([1, 6, 4, 1], 'tanh'), 'mse', 1, 11],
  ['2-9-3 relu, crossEntropy', mlp([2, 9, 3], 'relu'), 'crossEntropy', 3, 11],
  ['convolution with pool and relu, crossEntropy', cnn, 'crossEntropy', 3, 2],
];

describe.each(cases)('%s', (_name, spec, loss, outputs, samples) => {
  const objective = referenceObjective(spec, randomDataset(spec, loss, outputs, samples), loss);
  const params = initialParams(spec, 2);
  const hessian = exactHessian(objective, params);

  test('the Hessian is the central difference of the gradient within 1e-6', () => {
    const n = params.length;
    const expected = Array.from({ length: n }, (_, i) => {
      const unit = new Float64Array(n).with(i, 1);
      return [...centralDifference((t) => objective.at(along(params, unit, t)).gradient)];
    });
    expectClose(hessian.matrix, expected.flat(), 1e-6);
  });

  test('its asymmetry is below 1e-14; loss and gradient are those of the point', () => {
    expect(hessian.asymmetry).toBeLessThan(1e-14);
    expect(hessian.loss).toBe(objective.loss(params));
    expect(hessian.gradient).toEqual(objective.at(params).gradient);
  });
});

test.each(derivativesFixtures().map((fixture) => [fixture.name, fixture] as const))(
  "%s: the Hessian is PyTorch's within 1e-11",
  (name, { network, inputs, targets, samples, loss, params, hessian }) => {
    const data = { name, size: samples, inputShape: network.input, inputs, targets };
    const found = exactHessian(referenceObjective(network, data, loss), Float64Array.from(params));
    expectClose(found.matrix, hessian, 1e-11);
  },
);

test("linear regression's Hessian is (2/n) X'X within 1e-14", () => {
  const spec: NetworkSpec = { input: [3], layers: [{ kind: 'linear', features: 1 }] };
  const data = randomDataset(spec, 'mse', 1, 20);
  const { matrix } = exactHessian(referenceObjective(spec, data, 'mse'), initialParams(spec, 1));
  const feature = (sample: number, i: number) => (i === 3 ? 1 : data.inputs[3 * sample + i]!);
  const expected = Array.from({ length: 16 }, (_, at) => {
    let sum = 0;
    for (let sample = 0; sample < 20; sample++) sum += feature(sample, at % 4) * feature(sample, Math.floor(at / 4));
    return (2 / 20) * sum;
  });
  expectClose(matrix, expected, 1e-14);
});

test('P = 385 on 300 points, eigenvalues included, takes as long as a few products of such matrices', async () => {
  const spec = mlp([1, 128, 1], 'relu');
  const objective = referenceObjective(spec, randomDataset(spec, 'mse', 1, 300), 'mse');
  const n = objective.parameterCount;
  let found: Float64Array = new Float64Array(n * n);
  const measured = (): number => {
    const start = performance.now();
    const columns: number[] = [];
    found = exactHessian(objective, initialParams(spec, 1), (done, of) => columns.push(done / of)).matrix;
    expect(symmetricEigen(found, n).values).toHaveLength(385);
    expect(columns).toHaveLength(385);
    expect(columns.at(-1)).toBe(1);
    return performance.now() - start;
  };
  const plain = (): number => {
    const start = performance.now();
    expect(plainProduct(found, n)).toHaveLength(n * n);
    return performance.now() - start;
  };
  // Three times what it takes beside nothing else, 0.41 s against 0.15 s.
  await expectBelow(8, leastRatio(measured, plain));
});

/** A matrix times itself, in three plain loops. Shapes: matrix and result [n][n]. */
function plainProduct(matrix: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) product[i * n + j]! += matrix[i * n + k]! * matrix[k * n + j]!;
    }
  }
  return product;
}

test('too many parameters, a diverged point and empty data are errors that say what to do', () => {
  const large = quadratic(new Array<number>(4001).fill(1));
  expect(() => exactHessian(large, new Float64Array(4001))).toThrow(
    'expected at most 4000 parameters, got 4001; use extremeEigenvalues (Lanczos)',
  );
  const diverged = objectiveOf(
    1,
    () => Number.NaN,
    (x) => x,
    (_, v) => v,
  );
  expect(() => exactHessian(diverged, new Float64Array(1))).toThrow('got loss NaN: the run has diverged');
  expect(() => exactHessian(quadratic([1, 2]), new Float64Array(3))).toThrow('expected 2 numbers, got 3');
  const spec = mlp([1, 2, 1], 'relu');
  expect(() => referenceObjective(spec, randomDataset(spec, 'mse', 1, 0), 'mse')).toThrow(
    'expected at least one sample',
  );
});

test('a trained 1-190-1 with some 150 zero eigenvalues: all are found, their sum the trace within 1e-13', async () => {
  const spec = mlp([1, 190, 1], 'leakyRelu');
  const data = functionDataset('sinc', { points: 300 });
  const { parameters } = await train({
    network: spec,
    loss: 'mse',
    optimizer: { kind: 'adam', learningRate: 0.0011, weightDecay: 1e-4 },
    batchSize: 'full',
    stop: { epochs: 2183 },
    seed: 1,
    skip: 1143,
    data,
  });
  const { matrix, n } = exactHessian(referenceObjective(spec, data, 'mse'), Float64Array.from(parameters));
  const { values } = symmetricEigen(matrix, n);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i]!;
  const sum = values.reduce((total, value) => total + value, 0);
  expect(Math.abs(sum - trace)).toBeLessThan(1e-13 * values.at(-1)!);
  expect(eigenvalueSigns(values, 1e-8).nZero).toBeGreaterThan(100);
});
