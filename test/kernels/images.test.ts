import { describe, expect, it } from 'vitest';
import { kernelMemory } from '../support/kernel-memory.js';
import { uniformValues } from '../support/random.js';

const bytesOf = (count: number, seed: number) =>
  Uint8Array.from(uniformValues(count, seed), (u) => Math.max(0, Math.floor(256 * u)));

describe('byte images', () => {
  it('become float32(byte) / 255 exactly, for all bytes and row lengths', async () => {
    for (const [samples, pixels, stride] of [
      [1, 256, 256],
      [3, 1, 16],
      [3, 5, 16],
      [20, 31, 32],
      [3, 784, 784],
    ] as const) {
      const memory = await kernelMemory();
      const images = pixels === 256 ? Uint8Array.from({ length: 256 }, (_, i) => i) : bytesOf(samples * stride, 41);
      const output = memory.floats(new Float32Array(samples * pixels));
      memory.kernels.imagesToFloats(memory.bytes(images).pointer, stride, output.pointer, samples, pixels);
      memory.checkGuards();
      const expected = Float32Array.from(
        output.view(),
        (_, i) => images[Math.floor(i / pixels) * stride + (i % pixels)]! / 255,
      );
      expect(output.view()).toEqual(expected);
    }
  });

  it('row masks have the bits of the pixels that are not zero, for widths to 64', async () => {
    for (const [height, width] of [
      [1, 1],
      [3, 15],
      [28, 28],
      [5, 33],
      [2, 64],
    ] as const) {
      const memory = await kernelMemory();
      const samples = 3;
      const stride = 16 * Math.ceil((height * width) / 16);
      const images = bytesOf(samples * stride, 42);
      const masks = memory.words(new Uint32Array(2 * samples * height));
      memory.kernels.imageRowMasks(memory.bytes(images).pointer, stride, masks.pointer, samples, height, width);
      memory.checkGuards();
      const words = masks.view();
      for (let row = 0; row < samples * height; row++) {
        const start = Math.floor(row / height) * stride + (row % height) * width;
        for (let x = 0; x < 64; x++) {
          const bit = (words[2 * row + (x >> 5)]! >>> (x & 31)) & 1;
          expect(bit, `row ${row}, pixel ${x}`).toBe(x < width && images[start + x] !== 0 ? 1 : 0);
        }
      }
    }
  });
});

describe('flatten', () => {
  for (const [samples, area, channels] of [
    [1, 1, 1],
    [3, 16, 20],
    [20, 9, 5],
    [13, 6, 31],
  ] as const) {
    const padded = 8 * Math.ceil(samples / 8);
    const stride = padded + 8;

    it(`${samples} samples of ${area} x ${channels}: PyTorch's order exactly, zero padding, and back`, async () => {
      const memory = await kernelMemory();
      const features = area * channels;
      const input = uniformValues(samples * features, 51);
      const output = memory.floats(new Float32Array(features * stride).fill(7));
      const inputAt = memory.floats(input);
      memory.kernels.flattenForward(inputAt.pointer, output.pointer, samples, area, channels, padded, stride);
      const expected = new Float32Array(features * stride).fill(7);
      for (let f = 0; f < features; f++) {
        const [c, i] = [Math.floor(f / area), f % area];
        for (let s = 0; s < padded; s++) {
          expected[f * stride + s] = s < samples ? input[(s * area + i) * channels + c]! : 0;
        }
      }
      expect(output.view()).toEqual(expected);
      const back = memory.floats(new Float32Array(input.length));
      memory.kernels.flattenBackward(output.pointer, back.pointer, samples, area, channels, stride);
      expect(back.view()).toEqual(input);
      memory.checkGuards();
    });
  }
});
