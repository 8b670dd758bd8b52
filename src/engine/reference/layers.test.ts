import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { along, centralDifference, dot, randomNumbers } from '../../../test/support/derivatives.js';
import { Mt19937 } from '../../base/mt19937.js';
import type { LayerArrays, LayerPoint, ReferenceLayer } from '../layers/reference.js';
import type { LayerSpec } from '../network-spec.js';
import { inferShapes } from '../shapes.js';
import { buildLayer } from './build-layer.js';

const cases: readonly [LayerSpec, readonly number[]][] = [
  [{ kind: 'linear', features: 1 }, [1]],
  [{ kind: 'linear', features: 5 }, [3]],
  [{ kind: 'linear', features: 3 }, [7]],
  [{ kind: 'linear', features: 3, bias: false }, [5]],
  [{ kind: 'conv2d', channels: 1, kernel: 1 }, [1, 1, 1]],
  [{ kind: 'conv2d', channels: 3, kernel: 1 }, [5, 3, 2]],
  [{ kind: 'conv2d', channels: 5, kernel: 2 }, [3, 5, 4]],
  [{ kind: 'conv2d', channels: 2, kernel: 3 }, [1, 3, 7]],
  [{ kind: 'maxPool2d', size: 1 }, [2, 3, 1]],
  [{ kind: 'maxPool2d', size: 2 }, [3, 5, 7]],
  [{ kind: 'maxPool2d', size: 3 }, [1, 7, 5]],
  [{ kind: 'avgPool2d', size: 1 }, [2, 3, 1]],
  [{ kind: 'avgPool2d', size: 2 }, [3, 5, 7]],
  [{ kind: 'avgPool2d', size: 3 }, [1, 7, 5]],
  [{ kind: 'relu' }, [31]],
  [{ kind: 'leakyRelu' }, [5]],
  [{ kind: 'leakyRelu', slope: 0.2 }, [2, 3, 5]],
  [{ kind: 'tanh' }, [7]],
  [{ kind: 'softplus' }, [7]],
  [{ kind: 'square' }, [2, 3, 1]],
  [{ kind: 'dropout', rate: 0.25 }, [31]],
  [{ kind: 'flatten' }, [2, 3, 5]],
];
const samples = 3;

const build = (spec: LayerSpec, input: readonly number[]): ReferenceLayer =>
  buildLayer(inferShapes({ input, layers: [spec] })[0]!);

const arrays = (layer: ReferenceLayer, numbers: (count: number) => Float64Array): LayerArrays => ({
  params: numbers(layer.parameterCount),
  x: numbers(samples * layer.inputSize),
  y: numbers(samples * layer.outputSize),
});

/** Params and x one after the other, as one vector. */
const joined = ({ params, x }: LayerArrays) => Float64Array.of(...params, ...x);

/** A layer at a random point (away from kinks, for these seeds), with random tangents and gradients. */
function randomSituation(spec: LayerSpec, input: readonly number[]) {
  const rng = new Mt19937(7);
  const layer = build(spec, input);
  const numbers = (count: number) => randomNumbers(rng, count);
  const mask =
    spec.kind === 'dropout'
      ? randomNumbers(rng, samples * layer.inputSize).map((u) => (u < 0 ? 0 : 1 / (1 - spec.rate)))
      : undefined;
  const at: LayerPoint = { ...arrays(layer, numbers), mask };
  layer.forward(at);
  const tangent = arrays(layer, numbers);
  layer.tangent(at, tangent, false);
  const gradient = arrays(layer, numbers);
  layer.backward(at, gradient, false);
  const gradientTangent = arrays(layer, numbers);
  layer.backwardTangent(at, tangent, gradient, gradientTangent, false);
  const moved = (t: number): LayerPoint => {
    const point = { params: along(at.params, tangent.params, t), x: along(at.x, tangent.x, t), y: at.y.slice(), mask };
    layer.forward(point);
    return point;
  };
  return { layer, at, tangent, gradient, gradientTangent, moved };
}

describe.each(cases)('%o on [%s]', (spec, input) => {
  const { layer, tangent, gradient, gradientTangent, moved } = randomSituation(spec, input);

  test('the tangent is the central difference of the output within 1e-10', () => {
    expectClose(
      tangent.y,
      centralDifference((t) => moved(t).y),
      1e-10,
    );
  });

  test('backward is the adjoint of the tangent within 1e-13: <gy, J v> = <J gy, v>', () => {
    const difference = dot(gradient.y, tangent.y) - dot(joined(gradient), joined(tangent));
    expect(Math.abs(difference) / Math.sqrt(dot(gradient.y, gradient.y) * dot(tangent.y, tangent.y))).toBeLessThan(
      1e-13,
    );
  });

  test('the tangent of backward is the central difference of backward within 1e-10', () => {
    const gradientsAt = (t: number) => {
      const result = arrays(layer, (count) => new Float64Array(count));
      result.y.set(along(gradient.y, gradientTangent.y, t));
      layer.backward(moved(t), result, false);
      return joined(result);
    };
    expectClose(joined(gradientTangent), centralDifference(gradientsAt), 1e-10);
  });
});

/** Output and gradient of one sample, for a gradient of 1 in each output. */
function single(spec: LayerSpec, input: readonly number[], x: readonly number[]) {
  const layer = build(spec, input);
  const ones = new Float64Array(layer.outputSize).fill(1);
  const at = { params: new Float64Array(0), x: Float64Array.from(x), y: ones.slice() };
  const gradient = { params: new Float64Array(0), x: new Float64Array(x.length), y: ones };
  layer.forward(at);
  layer.backward(at, gradient, false);
  return { y: [...at.y], gradient: [...gradient.x] };
}

test('at 0 the derivative of relu is 0 and that of leakyRelu is its slope', () => {
  expect(single({ kind: 'relu' }, [3], [-1, 0, 2]).gradient).toEqual([0, 0, 1]);
  expect(single({ kind: 'leakyRelu', slope: 0.2 }, [3], [-1, 0, 2])).toEqual({
    y: [-0.2, 0, 2],
    gradient: [0.2, 0.2, 1],
  });
});

test('of equal maxima the first in row-major order gets the gradient', () => {
  const { y, gradient } = single({ kind: 'maxPool2d', size: 2 }, [1, 2, 4], [1, 3, 5, 5, 3, 3, 5, 5]);
  expect(y).toEqual([3, 5]);
  expect(gradient).toEqual([0, 1, 1, 0, 0, 0, 0, 0]);
});

test('a NaN anywhere in its square becomes the maximum', () => {
  for (let place = 0; place < 4; place++) {
    const x = [1, 2, 3, 4].with(place, Number.NaN);
    expect(single({ kind: 'maxPool2d', size: 2 }, [1, 2, 2], x).y).toEqual([Number.NaN]);
  }
});

test('dropout without a mask is the identity', () => {
  expect(single({ kind: 'dropout', rate: 0.5 }, [2], [3, -4])).toEqual({ y: [3, -4], gradient: [1, 1] });
});
