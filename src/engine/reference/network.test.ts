import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { along, centralDifference, dot, randomNumbers } from '../../../test/support/derivatives.js';
import { Mt19937 } from '../../base/mt19937.js';
import { type LossName, mlp, type NetworkSpec } from '../network-spec.js';
import { referenceLoss } from './losses.js';
import { type Batch, type ReferenceNetwork, referenceNetwork } from './network.js';

const cnn: NetworkSpec = {
  input: [2, 9, 8],
  layers: [
    { kind: 'conv2d', channels: 3, kernel: 2 },
    { kind: 'leakyRelu', slope: 0.2 },
    { kind: 'maxPool2d', size: 2 },
    { kind: 'conv2d', channels: 5, kernel: 3 },
    { kind: 'tanh' },
    { kind: 'flatten' },
    { kind: 'dropout', rate: 0.5 },
    { kind: 'linear', features: 3 },
  ],
};
const cases: readonly [string, NetworkSpec, LossName][] = [
  ['1-7-5-1 tanh, mse', mlp([1, 7, 5, 1], 'tanh'), 'mse'],
  ['3-5-7-2 relu, mse', mlp([3, 5, 7, 2], 'relu'), 'mse'],
  ['5-3-3 leakyRelu, crossEntropy', mlp([5, 3, 3], 'leakyRelu'), 'crossEntropy'],
  ['two convs with pool and dropout, crossEntropy', cnn, 'crossEntropy'],
];
const samples = 7;

function randomBatch(rng: Mt19937, network: ReferenceNetwork, loss: LossName): Batch {
  const inputs = randomNumbers(rng, samples * network.inputSize);
  const targets =
    loss === 'mse'
      ? randomNumbers(rng, samples * network.outputSize)
      : Array.from({ length: samples }, () => rng.next() % network.outputSize);
  return { inputs, targets };
}

/** Dropout's mask at the seventh layer of the CNN, kept of each pair. */
const maskOf = (spec: NetworkSpec) =>
  spec === cnn ? new Map([[6, Float64Array.from({ length: samples * 10 }, (_, i) => 2 * (i % 2))]]) : undefined;

describe.each(cases)('%s', (_name, spec, loss) => {
  const rng = new Mt19937(11);
  const network = referenceNetwork(spec);
  const options = { masks: maskOf(spec) };
  const batch = randomBatch(rng, network, loss);
  const params = randomNumbers(rng, network.parameterCount);
  const [u, v] = [randomNumbers(rng, network.parameterCount), randomNumbers(rng, network.parameterCount)];
  const at = network.linearize(params, batch.inputs, options);
  const curvature = network.curvature(params, batch, loss, options);
  const lossAndGradientAt = (t: number) => network.lossAndGradient(along(params, v, t), batch, loss, options);

  test('the gradient is the central difference of the loss within 1e-9', () => {
    const expected = centralDifference((t) => Float64Array.of(lossAndGradientAt(t).loss));
    expectClose([dot(lossAndGradientAt(0).gradient, v)], expected, 1e-9);
    expect(curvature.gradient).toEqual(lossAndGradientAt(0).gradient);
    expect(curvature.loss).toBe(lossAndGradientAt(0).loss);
  });

  test('H v is the central difference of the gradient within 1e-9', () => {
    expectClose(
      curvature.hvp(v),
      centralDifference((t) => lossAndGradientAt(t).gradient),
      1e-9,
    );
  });

  test('u.Hv = v.Hu and u.Gv = v.Gu within 1e-12, and v.Gv >= 0', () => {
    for (const product of [curvature.hvp, curvature.gaussNewtonVp]) {
      expectClose([dot(u, product(v))], [dot(v, product(u))], 1e-12);
    }
    expect(dot(v, curvature.gaussNewtonVp(v))).toBeGreaterThan(0);
  });

  test("G v = J' (d2L/doutputs2) J v within 1e-14", () => {
    const product = new Float64Array(at.outputs.length);
    referenceLoss(loss, samples, network.outputSize).hessianProduct(at.outputs, at.jvp({ params: v }), product);
    expectClose(curvature.gaussNewtonVp(v), at.vjp(product).params, 1e-14);
  });

  test('J v is the central difference of the outputs within 1e-9, in parameters and inputs', () => {
    const inputs = randomNumbers(rng, batch.inputs.length);
    const both = (t: number) => network.forward(along(params, v, t), along(batch.inputs, inputs, t), options);
    expectClose(at.jvp({ params: v, inputs }), centralDifference(both), 1e-9);
    const params0 = at.jvp({ params: v });
    const sum = at.jvp({ inputs }).map((y, i) => y + params0[i]!);
    expectClose(sum, at.jvp({ params: v, inputs }), 1e-14);
  });

  test('<w, J v> = <J w, v> within 1e-12, in parameters and inputs', () => {
    const w = randomNumbers(rng, at.outputs.length);
    const inputs = randomNumbers(rng, batch.inputs.length);
    const pulled = at.vjp(w);
    const expected = dot(pulled.params, v) + dot(pulled.inputs, inputs);
    expectClose([dot(w, at.jvp({ params: v, inputs }))], [expected], 1e-12);
  });

  test('the input Jacobian times a direction is the inputs part of J v within 1e-12', () => {
    const { inputSize, outputSize } = network;
    const inputs = randomNumbers(rng, batch.inputs.length);
    const jacobian = at.inputJacobian();
    const products = at.outputs.map((_, i) => {
      const sample = Math.floor(i / outputSize);
      const own = inputs.subarray(sample * inputSize, (sample + 1) * inputSize);
      return dot(jacobian.subarray(i * inputSize, (i + 1) * inputSize), own);
    });
    expectClose(products, at.jvp({ inputs }), 1e-12);
  });
});

test("linear regression's Hessian is (2/n) X'X within 1e-14, and Gauss-Newton's matrix is the same", () => {
  const rng = new Mt19937(5);
  const network = referenceNetwork({ input: [4], layers: [{ kind: 'linear', features: 1 }] });
  const batch = randomBatch(rng, network, 'mse');
  const { hvp, gaussNewtonVp } = network.curvature(randomNumbers(rng, 5), batch, 'mse');
  const feature = (n: number, i: number) => (i === 4 ? 1 : batch.inputs[4 * n + i]!);
  for (let i = 0; i < 5; i++) {
    const column = Float64Array.from({ length: 5 }, (_, j) => {
      let sum = 0;
      for (let n = 0; n < samples; n++) sum += feature(n, i) * feature(n, j);
      return (2 / samples) * sum;
    });
    const basis = new Float64Array(5).with(i, 1);
    expectClose(hvp(basis), column, 1e-14);
    expectClose(gaussNewtonVp(basis), column, 1e-14);
  }
});

test('arrays of the wrong length are errors that say what was expected', () => {
  const network = referenceNetwork(cnn);
  const params = new Float64Array(network.parameterCount);
  expect(() => network.forward(params.slice(1), new Float64Array(144))).toThrow(
    `parameters: expected ${params.length} numbers, got ${params.length - 1}`,
  );
  expect(() => network.forward(params, new Float64Array(143))).toThrow('inputs: expected rows of 144 numbers, got 143');
  expect(() => network.forward(params, new Float64Array(288), { masks: new Map([[6, [1]]]) })).toThrow(
    'dropout mask of layers[6]: expected 20 numbers, got 1',
  );
  const inputs = new Float64Array(144);
  const { jvp, vjp } = network.linearize(params, inputs);
  expect(() => jvp({ inputs: params })).toThrow('direction in the inputs: expected 144 numbers');
  expect(() => vjp(inputs)).toThrow('direction in the outputs: expected 3 numbers, got 144');
  const { hvp } = network.curvature(params, { inputs, targets: [0] }, 'crossEntropy');
  expect(() => hvp(inputs)).toThrow(`direction in the parameters: expected ${params.length} numbers, got 144`);
});
