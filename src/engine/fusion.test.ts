import { describe, expect, test } from 'vitest';
import { fuse } from './fusion.js';
import { activations, type LayerSpec, layers } from './layers/index.js';
import type { InputKind } from './layers/planned.js';
import { inferShapes } from './shapes.js';

/** The units of a network, each as the kinds of its layers. */
const unitsOf = (input: readonly number[], specs: readonly LayerSpec[], inputs: InputKind = 'floats') =>
  fuse(inferShapes({ input, layers: specs }), inputs).map((unit) => unit.layers.map(({ spec }) => spec.kind));

const linear: LayerSpec = { kind: 'linear', features: 3 };
const conv: LayerSpec = { kind: 'conv2d', channels: 2, kernel: 2 };
const pool: LayerSpec = { kind: 'maxPool2d', size: 2 };
const relu: LayerSpec = { kind: 'relu' };
const leaky: LayerSpec = { kind: 'leakyRelu' };
const tanh: LayerSpec = { kind: 'tanh' };

describe('what is computed together', () => {
  test('a linear layer with the relu or leakyRelu behind it, and with nothing else', () => {
    expect(unitsOf([4], [linear, relu, linear, leaky, linear, tanh, linear])).toEqual([
      ['linear', 'relu'],
      ['linear', 'leakyRelu'],
      ['linear'],
      ['tanh'],
      ['linear'],
    ]);
    expect(unitsOf([4], [linear, relu, relu])).toEqual([['linear', 'relu'], ['relu']]);
  });

  test('a convolution with the pooling behind it and the leaky ReLU behind both; a relu may change places', () => {
    expect(unitsOf([1, 9, 9], [conv, pool, leaky, conv])).toEqual([['conv2d', 'maxPool2d', 'leakyRelu'], ['conv2d']]);
    expect(unitsOf([1, 9, 9], [conv, relu, pool, relu])).toEqual([['conv2d', 'relu', 'maxPool2d'], ['relu']]);
    expect(unitsOf([1, 9, 9], [conv, leaky, pool])).toEqual([['conv2d', 'leakyRelu'], ['maxPool2d']]);
    expect(unitsOf([1, 9, 9], [conv, pool, pool])).toEqual([['conv2d', 'maxPool2d'], ['maxPool2d']]);
    expect(unitsOf([1, 9, 9], [pool, conv, tanh, pool])).toEqual([['maxPool2d'], ['conv2d'], ['tanh'], ['maxPool2d']]);
  });

  test('bytes go into a linear layer as they are, at the start alone', () => {
    const reads = (specs: readonly LayerSpec[], inputs: InputKind) =>
      fuse(inferShapes({ input: [4], layers: specs }), inputs).map(({ planner }) => planner.reads);
    expect(reads([linear, relu, linear], 'bytes')).toEqual(['samples', 'tensor']);
    expect(reads([linear, relu, linear], 'floats')).toEqual(['tensor', 'tensor']);
    expect(reads([tanh, linear], 'bytes')).toEqual(['tensor', 'tensor']);
  });

  const inOneRule: readonly string[] = ['linear', 'conv2d', 'maxPool2d', 'relu', 'leakyRelu'];
  test.each(layers.map(({ kind }) => kind).filter((kind) => !inOneRule.includes(kind)))(
    '%s, of which no rule speaks, stands alone wherever it is',
    (kind) => {
      const elementwise = activations.map((activation): string => activation.kind);
      const spec = { kind, size: 1, rate: 0.5 } as LayerSpec;
      const around = kind === 'flatten' ? [conv, spec, linear] : [conv, spec, conv, relu, spec];
      expect(unitsOf([1, 9, 9], around).filter((unit) => unit.includes(kind))).toEqual(
        around.filter((layer) => layer === spec).map(() => [kind]),
      );
      if (elementwise.includes(kind)) expect(unitsOf([4], [linear, spec])).toEqual([['linear'], [kind]]);
    },
  );
});
