import fc from 'fast-check';
import type { LayerSpec, NetworkSpec } from '../../../src/engine/network-spec.js';

const within = (min: number, max: number) => fc.integer({ min, max });
const linear = (features: number): LayerSpec => ({ kind: 'linear', features });
const unbiased = (features: number): LayerSpec => ({ kind: 'linear', features, bias: false });

/** A layer that keeps the shape. */
const elementwise: fc.Arbitrary<LayerSpec> = fc.oneof(
  fc.constantFrom<LayerSpec>(
    { kind: 'relu' },
    { kind: 'tanh' },
    { kind: 'softplus' },
    { kind: 'square' },
    { kind: 'leakyRelu' },
  ),
  fc.constantFrom(0, 0.01, 0.3, 0.9).map((slope): LayerSpec => ({ kind: 'leakyRelu', slope })),
  fc.constantFrom(0, 0.25, 0.5, 0.9).map((rate): LayerSpec => ({ kind: 'dropout', rate })),
);
const flatLayer = fc.oneof(
  elementwise,
  within(1, 25).map(linear),
  within(1, 25).map(unbiased),
  fc.constant<LayerSpec>({ kind: 'flatten' }),
);

/** Layers from a flat input to `outputs` numbers. */
export const flatLayers = (outputs: number): fc.Arbitrary<readonly LayerSpec[]> =>
  fc
    .tuple(fc.array(flatLayer, { maxLength: 6 }), fc.option(elementwise, { freq: 5 }))
    .map(([layers, last]) => [...layers, linear(outputs), ...(last ? [last] : [])]);

/** A step of a walk through images; what it comes to depends on the size that is left. */
const imageStep = fc.tuple(
  fc.constantFrom('conv2d', 'maxPool2d', 'avgPool2d', 'elementwise'),
  within(1, 6),
  fc.oneof({ weight: 5, arbitrary: within(1, 4) }, within(5, 16)),
  elementwise,
);

/** Layers from images of a shape to `outputs` numbers. */
export const imageLayers = ([, height, width]: readonly [number, number, number], outputs: number) =>
  fc.tuple(fc.array(imageStep, { maxLength: 5 }), flatLayers(outputs)).map(([steps, flat]): readonly LayerSpec[] => {
    let [h, w] = [height, width];
    const layers = steps.map(([kind, channels, size, other]): LayerSpec => {
      const fits = Math.min(size, h, w);
      if (kind === 'elementwise') return other;
      [h, w] = kind === 'conv2d' ? [h - fits + 1, w - fits + 1] : [Math.floor(h / fits), Math.floor(w / fits)];
      return kind === 'conv2d' ? { kind, channels, kernel: fits } : { kind, size: fits };
    });
    return [...layers, { kind: 'flatten' }, ...flat];
  });

/** Networks of all kinds, on flat inputs and on images. */
export const networks: fc.Arbitrary<NetworkSpec> = fc.oneof(
  within(1, 12).chain((inputs) =>
    within(1, 5).chain((outputs) => flatLayers(outputs).map((layers) => ({ input: [inputs], layers }))),
  ),
  fc
    .tuple(within(1, 3), within(1, 12), within(1, 12))
    .chain((input) =>
      within(1, 5).chain((outputs) => imageLayers(input, outputs).map((layers) => ({ input, layers }))),
    ),
);
