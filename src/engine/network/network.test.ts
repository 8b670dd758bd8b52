import { describe, expect, it } from 'vitest';
import { trainingFixtures } from '../../../test/fixtures/load.js';
import { expectClose } from '../../../test/support/close.js';
import { uniformValues } from '../../../test/support/random.js';
import { samplesFor } from '../../../test/support/samples.js';
import type { Dataset } from '../../base/dataset.js';
import { philox4x32 } from '../../base/philox.js';
import type { InputKind } from '../layers/planned.js';
import type { LayerSpec, LossName, NetworkSpec } from '../network-spec.js';
import { datasetRows } from '../reference/dataset-rows.js';
import { referenceNetwork } from '../reference/network.js';
import { inferShapes, parameterCount, product } from '../shapes.js';
import { createNetwork } from './network.js';

const relative = (actual: number, expected: number) =>
  Math.abs(actual - expected) / Math.max(1e-12, Math.abs(expected));
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Random samples for a network. */
const randomData = (spec: NetworkSpec, size: number, inputs: InputKind, loss: LossName): Dataset =>
  samplesFor(spec, loss, inputs, size, 3);

/** Parameters of the size of PyTorch's initial ones. */
function randomParameters(spec: NetworkSpec): Float32Array {
  const draws = uniformValues(parameterCount(spec), 5);
  let at = 0;
  for (const { parameters } of inferShapes(spec)) {
    for (const { shape, fanIn } of parameters) {
      const end = at + product(shape);
      for (; at < end; at++) draws[at]! /= Math.sqrt(fanIn);
    }
  }
  return draws;
}

const linear = (features: number): LayerSpec => ({ kind: 'linear', features });
const unbiased = (features: number): LayerSpec => ({ kind: 'linear', features, bias: false });
const conv = (channels: number, kernel: number): LayerSpec => ({ kind: 'conv2d', channels, kernel });
const pool = (size: number): LayerSpec => ({ kind: 'maxPool2d', size });
const average = (size: number): LayerSpec => ({ kind: 'avgPool2d', size });
const relu: LayerSpec = { kind: 'relu' };
const leaky: LayerSpec = { kind: 'leakyRelu', slope: 0.3 };
const tanh: LayerSpec = { kind: 'tanh' };
const softplus: LayerSpec = { kind: 'softplus' };
const square: LayerSpec = { kind: 'square' };
const flatten: LayerSpec = { kind: 'flatten' };
const dropout: LayerSpec = { kind: 'dropout', rate: 0.4 };

/** Each way that layers can meet: fused or not, every layout, every kind of input. */
const networks: readonly [string, NetworkSpec, 'bytes' | 'floats', LossName, number][] = [
  ['one linear layer', { input: [3], layers: [linear(1)] }, 'floats', 'mse', 7],
  ['linear, one sample', { input: [1], layers: [linear(5), relu, linear(2)] }, 'floats', 'mse', 1],
  [
    'leaky and tanh',
    { input: [4], layers: [linear(7), leaky, linear(6), tanh, linear(3)] },
    'floats',
    'crossEntropy',
    31,
  ],
  [
    'softplus between linear layers, first and last',
    { input: [4], layers: [softplus, linear(7), softplus, linear(6), softplus] },
    'floats',
    'mse',
    17,
  ],
  [
    'square behind a convolution and between linear layers',
    { input: [1, 6, 5], layers: [conv(4, 2), square, flatten, linear(6), square, linear(2)] },
    'bytes',
    'crossEntropy',
    43,
  ],
  [
    'linear layers without bias',
    { input: [4], layers: [unbiased(7), leaky, unbiased(1), tanh, unbiased(3)] },
    'floats',
    'mse',
    31,
  ],
  [
    'sparse first layer without bias',
    { input: [33], layers: [unbiased(23), relu, unbiased(10)] },
    'bytes',
    'crossEntropy',
    50,
  ],
  ['activation at the end', { input: [4], layers: [linear(5), relu] }, 'floats', 'mse', 12],
  ['activation first', { input: [4], layers: [tanh, linear(5), leaky, leaky, linear(2)] }, 'floats', 'mse', 9],
  [
    'more samples than a micro-batch',
    { input: [5], layers: [linear(9), relu, linear(4)] },
    'floats',
    'crossEntropy',
    1501,
  ],
  [
    'sparse first layer, 43 outputs',
    { input: [1, 9, 7], layers: [flatten, linear(43), relu, linear(10)] },
    'bytes',
    'crossEntropy',
    50,
  ],
  ['sparse first layer alone', { input: [33], layers: [linear(10)] }, 'bytes', 'crossEntropy', 13],
  [
    'sparse first layer, tanh',
    { input: [1, 6, 6], layers: [flatten, linear(21), tanh, linear(3)] },
    'bytes',
    'mse',
    700,
  ],
  ['bytes that a tanh reads', { input: [1, 4, 5], layers: [flatten, tanh, linear(3)] }, 'bytes', 'crossEntropy', 10],
  [
    'convolution, relu, pooling',
    { input: [1, 12, 9], layers: [conv(5, 3), relu, pool(2), conv(7, 2), relu, pool(2), flatten, linear(4)] },
    'bytes',
    'crossEntropy',
    97,
  ],
  [
    'three channels of bytes',
    { input: [3, 7, 8], layers: [conv(4, 2), relu, flatten, linear(3)] },
    'bytes',
    'crossEntropy',
    11,
  ],
  [
    'pooling before relu',
    { input: [2, 9, 9], layers: [conv(6, 3), pool(3), relu, flatten, linear(3)] },
    'floats',
    'crossEntropy',
    41,
  ],
  [
    'leaky before pooling',
    { input: [2, 8, 7], layers: [conv(5, 2), leaky, pool(2), flatten, linear(3), relu, linear(2)] },
    'floats',
    'mse',
    20,
  ],
  [
    'pooling first',
    { input: [2, 7, 7], layers: [pool(2), conv(3, 2), tanh, pool(2), flatten, linear(2)] },
    'floats',
    'mse',
    5,
  ],
  [
    'average pooling behind a convolution, and between pixels that no window has',
    { input: [1, 11, 13], layers: [conv(5, 2), tanh, average(2), conv(3, 2), relu, average(3), flatten, linear(3)] },
    'bytes',
    'crossEntropy',
    45,
  ],
  [
    'average pooling first and last',
    { input: [3, 9, 10], layers: [average(2), conv(6, 2), leaky, average(3)] },
    'floats',
    'mse',
    7,
  ],
  ['convolution at the end', { input: [1, 4, 4], layers: [conv(3, 1), tanh, conv(2, 3)] }, 'floats', 'mse', 6],
  ['wide images', { input: [1, 3, 70], layers: [conv(2, 3), relu, flatten, linear(2)] }, 'bytes', 'crossEntropy', 4],
  [
    'dropout between linear layers',
    { input: [6], layers: [linear(8), relu, dropout, linear(5), tanh, dropout, linear(2)] },
    'floats',
    'mse',
    21,
  ],
  [
    'dropout on images',
    { input: [1, 8, 8], layers: [conv(3, 3), relu, dropout, pool(2), flatten, dropout, linear(3)] },
    'bytes',
    'crossEntropy',
    50,
  ],
];

describe('the engine against the float64 reference', () => {
  for (const [name, spec, inputs, loss, samples] of networks) {
    it(`${name}: loss within 1e-6, gradient within 1e-5 of its largest value`, async () => {
      const data = randomData(spec, samples, inputs, loss);
      const params = randomParameters(spec);
      const network = await createNetwork(spec, { loss, inputs });
      network.setParameters(params);
      expect(network.parameters()).toEqual(params);
      const reference = referenceNetwork(spec);
      const batch = datasetRows(data, range(samples));
      const expected = reference.lossAndGradient(Float64Array.from(params), batch, loss);
      const got = network.gradient({ data, order: null, start: 0, count: samples });
      expect(relative(got.loss, expected.loss)).toBeLessThan(1e-6);
      expectClose(network.gradients(), expected.gradient, 1e-5, 'gradient');
      const norm = Math.sqrt(expected.gradient.reduce((sum, g) => sum + g * g, 0));
      expect(relative(network.gradNorm(), norm)).toBeLessThan(1e-5);
      expectClose(network.predict(data), expected.outputs, 1e-5, 'output');
      expect(relative(network.evaluate(data).loss, expected.loss)).toBeLessThan(1e-6);
    });
  }

  it('dropout in training: the gradient through the masks of philox4x32 within 1e-5', async () => {
    const spec: NetworkSpec = { input: [6], layers: [linear(8), relu, dropout, linear(3)] };
    const data = randomData(spec, 21, 'floats', 'mse');
    const params = randomParameters(spec);
    const key = [77, 88] as const;
    const network = await createNetwork(spec, { loss: 'mse', inputs: 'floats', dropoutKey: key });
    network.setParameters(params);
    const mask = new Float32Array(21 * 8);
    for (let s = 0; s < 21; s++) {
      for (let f = 0; f < 8; f++) {
        const word = philox4x32([s >> 2, f, 0, 2], key)[s & 3]!;
        mask[s * 8 + f] = word < Math.round(0.4 * 2 ** 32) ? 0 : 1 / 0.6;
      }
    }
    const expected = referenceNetwork(spec).lossAndGradient(
      Float64Array.from(params),
      datasetRows(data, range(21)),
      'mse',
      { masks: new Map([[2, mask]]) },
    );
    const got = network.gradient({ data, order: null, start: 0, count: 21 }, true);
    expect(relative(got.loss, expected.loss)).toBeLessThan(1e-6);
    expectClose(network.gradients(), expected.gradient, 1e-5, 'gradient');
  });

  it('accuracy overall and by class is counted over the whole set', async () => {
    const spec: NetworkSpec = { input: [5], layers: [linear(3)] };
    const data = randomData(spec, 1301, 'floats', 'crossEntropy');
    const network = await createNetwork(spec, { loss: 'crossEntropy', inputs: 'floats' });
    network.setParameters(randomParameters(spec));
    const outputs = network.predict(data);
    const right = range(1301).map((s) => {
      const row = [...outputs.subarray(3 * s, 3 * s + 3)];
      return row.indexOf(Math.max(...row)) === data.targets[s];
    });
    const { accuracy, correct, classAccuracy } = network.evaluate(data);
    expect(correct).toBe(right.filter(Boolean).length);
    expect(accuracy).toBe(correct! / 1301);
    range(3).forEach((c) => {
      const members = range(1301).filter((s) => data.targets[s] === c);
      expect(classAccuracy![c]).toBe(members.filter((s) => right[s]).length / members.length);
    });
  });
});

describe('curvature against the float64 reference', () => {
  for (const [name, spec, inputs, loss, samples] of networks) {
    it(`${name}: Hessian and Gauss-Newton products within 1e-5 of their largest value`, async () => {
      const data = randomData(spec, samples, inputs, loss);
      const params = randomParameters(spec);
      const v = uniformValues(params.length, 6);
      const network = await createNetwork(spec, { loss, inputs, curvature: true });
      network.setParameters(params);
      const batch = { data, order: null, start: 0, count: samples };
      const expected = referenceNetwork(spec).curvature(
        Float64Array.from(params),
        datasetRows(data, range(samples)),
        loss,
      );
      const direction = Float64Array.from(v);
      const hessian = network.curvatureProduct(batch, v, 'hessian');
      expectClose(hessian.product, expected.hvp(direction), 1e-5, 'Hv');
      expect(relative(hessian.loss, expected.loss)).toBeLessThan(1e-6);
      expectClose(
        network.curvatureProduct(batch, v, 'gaussNewton').product,
        expected.gaussNewtonVp(direction),
        1e-5,
        'Gv',
      );
      expectClose(network.gradients(), expected.gradient, 1e-5, 'gradient');
    });

    it(`${name}: products with the Jacobian, both ways, within 1e-5 of their largest value`, async () => {
      const data = randomData(spec, samples, inputs, loss);
      const params = randomParameters(spec);
      const network = await createNetwork(spec, { loss, inputs, curvature: true });
      network.setParameters(params);
      const batch = { data, order: null, start: 0, count: samples };
      const at = referenceNetwork(spec).linearize(Float64Array.from(params), datasetRows(data, range(samples)).inputs);
      const v = uniformValues(params.length, 6);
      const jv = network.jacobianProduct(batch, v);
      expectClose(jv, at.jvp({ params: Float64Array.from(v) }), 1e-5, 'Jv');
      const u = uniformValues(jv.length, 7);
      expectClose(network.transposedJacobianProduct(batch, u), at.vjp(Float64Array.from(u)).params, 1e-5, "J'u");
    });
  }

  it('products with the Jacobian say what they lack, and what is too short', async () => {
    const spec: NetworkSpec = { input: [2], layers: [linear(3)] };
    const batch = { data: randomData(spec, 4, 'floats', 'mse'), order: null, start: 0, count: 4 };
    const plain = await createNetwork(spec, { loss: 'mse', inputs: 'floats' });
    expect(() => plain.jacobianProduct(batch, new Float32Array(9))).toThrow('pass { curvature: true }');
    const network = await createNetwork(spec, { loss: 'mse', inputs: 'floats', curvature: true });
    expect(() => network.transposedJacobianProduct(batch, new Float32Array(11))).toThrow(
      'u: expected 4 x 3 values, got 11',
    );
  });
});

describe('the engine against PyTorch (float64), ten steps of every optimizer', () => {
  for (const fixture of trainingFixtures()) {
    it(`${fixture.name}: losses within 1e-5, gradient norms within 1e-4, parameters within 1e-4`, async () => {
      const { network: spec, loss, optimizer, batchSize, samples } = fixture;
      const data: Dataset = {
        name: fixture.name,
        size: samples,
        inputShape: spec.input,
        inputs: fixture.inputs,
        targets: fixture.targets,
      };
      const network = await createNetwork(spec, { loss, inputs: 'floats', optimizer });
      network.setParameters(fixture.params);
      let start = 0;
      fixture.losses.forEach((expected, step) => {
        const count = Math.min(batchSize, samples - start);
        const result = network.step({ data, order: null, start, count });
        expect(relative(result.loss, expected), `loss at step ${step + 1}`).toBeLessThan(1e-5);
        expect(
          relative(network.gradNorm(), fixture.gradNorms[step]!),
          `gradient norm at step ${step + 1}`,
        ).toBeLessThan(1e-4);
        start = start + count < samples ? start + count : 0;
      });
      expectClose(network.parameters(), fixture.finalParams, 1e-4, 'parameter');
    });
  }
});

describe('a step that does not keep its gradients', () => {
  for (const [name, spec, inputs, loss, samples] of networks) {
    it(`${name}: the same bits; the gradients cannot be asked for until the next that keeps them`, async () => {
      const data = randomData(spec, samples, inputs, loss);
      const batch = { data, order: null, start: 0, count: samples };
      for (const optimizer of [
        { kind: 'adam', learningRate: 0.01, weightDecay: 0.1 },
        { kind: 'sgd', learningRate: 0.1, momentum: 0.9 },
      ] as const) {
        const [kept, dropped] = await Promise.all(
          [true, false].map(async (keep) => {
            const network = await createNetwork(spec, { loss, inputs, optimizer, dropoutKey: [1, 2] });
            network.setParameters(randomParameters(spec));
            for (let step = 0; step < 3; step++) network.step(batch, keep);
            return network;
          }),
        );
        expect(dropped!.parameters()).toEqual(kept!.parameters());
        expect(dropped!.optimizerState()).toEqual(kept!.optimizerState());
        for (const ask of ['gradients', 'gradNorm', 'tensorGradNorms'] as const) {
          expect(() => dropped![ask]()).toThrow('did not keep its gradients');
        }
        kept!.step(batch);
        dropped!.step(batch);
        expect(dropped!.gradients()).toEqual(kept!.gradients());
        dropped!.step(batch, false);
        kept!.step(batch);
        kept!.gradient(batch);
        dropped!.gradient(batch);
        expect(dropped!.tensorGradNorms()).toEqual(kept!.tensorGradNorms());
      }
    });
  }
});
