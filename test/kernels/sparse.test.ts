import { describe, expect, it } from 'vitest';
import { expectClose } from '../support/close.js';
import { kernelMemory } from '../support/kernel-memory.js';
import { uniformValues } from '../support/random.js';

const panel = 20;
const panels = 3;
const outputs = panels * panel;
/** Where the weight of an output and a pixel lies: panel by panel. */
const position = (pixels: number, o: number, p: number): number =>
  (Math.floor(o / panel) * pixels + p) * panel + (o % panel);

/** Images of which about 80 % of the pixels are 0; the first one is empty, the last one full. */
function sparseImages(samples: number, pixels: number, stride: number): Uint8Array {
  const draws = uniformValues(samples * pixels, 11);
  const images = new Uint8Array(samples * stride);
  for (let s = 0; s < samples; s++) {
    for (let p = 0; p < pixels; p++) {
      const draw = draws[s * pixels + p]!;
      const live = s === samples - 1 || (s > 0 && draw > 0.6);
      images[s * stride + p] = live ? 1 + Math.floor(((draw + 1) / 2) * 255) : 0;
    }
  }
  return images;
}

describe('sparse first layer', () => {
  for (const pixels of [1, 15, 16, 17, 49, 784]) {
    for (const samples of [1, 3, 8, 31]) {
      it(`${pixels} pixels, ${samples} samples: forward and gradient within 1e-6 of dense float64 loops`, async () => {
        const memory = await kernelMemory();
        const { kernels } = memory;
        const imageStride = Math.ceil(pixels / 16) * 16;
        const padded = Math.ceil(samples / 8) * 8;
        const stride = padded + 8;
        const images = sparseImages(samples, pixels, imageStride);
        const value = (s: number, p: number) => Math.fround(images[s * imageStride + p]! / 255);
        const weights = uniformValues(pixels * outputs, 12);
        const bias = uniformValues(outputs, 13);
        const delta = uniformValues(outputs * stride, 14);
        for (let o = 0; o < outputs; o++) delta.fill(0, o * stride + samples, (o + 1) * stride);

        const bucketBytes = 8 * padded;
        const rowStarts = memory.words(new Uint32Array(padded + 1));
        const rows = memory.bytes(new Uint8Array(8 * samples * pixels));
        const ends = memory.words(new Uint32Array(pixels));
        const columns = memory.bytes(new Uint8Array(bucketBytes * pixels));
        const scale = memory.floats(Float32Array.from({ length: 256 }, (_, byte) => byte / 255));
        kernels.sparseLists(
          memory.bytes(images).pointer,
          imageStride,
          pixels,
          samples,
          padded,
          scale.pointer,
          rowStarts.pointer,
          rows.pointer,
          ends.pointer,
          columns.pointer,
          bucketBytes,
        );

        const out = memory.floats(new Float32Array(outputs * stride));
        const scratch = memory.bytes(new Uint8Array(kernels.sparseScratch(pixels, padded)));
        kernels.sparseForward(
          memory.floats(weights).pointer,
          memory.floats(bias).pointer,
          rowStarts.pointer,
          out.pointer,
          scratch.pointer,
          pixels,
          panels,
          padded,
          stride,
          true,
          0.1,
        );
        const expected = new Float64Array(outputs * stride);
        for (let o = 0; o < outputs; o++) {
          for (let s = 0; s < padded; s++) {
            let z = bias[o]!;
            for (let p = 0; p < pixels && s < samples; p++) z += value(s, p) * weights[position(pixels, o, p)]!;
            expected[o * stride + s] = z > 0 ? z : 0.1 * z;
          }
        }
        expectClose(out.view(), expected, 1e-6, 'forward');

        const dw = memory.floats(new Float32Array(pixels * outputs));
        const gradient = new Float64Array(pixels * outputs);
        for (let s = 0; s < samples; s++) {
          for (let p = 0; p < pixels; p++) {
            for (let o = 0; o < outputs; o++) gradient[position(pixels, o, p)]! += value(s, p) * delta[o * stride + s]!;
          }
        }
        const from = memory.floats(delta).pointer;
        const differentiate = (accumulate: boolean) =>
          kernels.sparseGradient(
            columns.pointer,
            bucketBytes,
            ends.pointer,
            from,
            scratch.pointer,
            dw.pointer,
            pixels,
            panels,
            padded,
            stride,
            accumulate,
          );
        differentiate(false);
        expectClose(dw.view(), gradient, 1e-6, 'gradient');
        differentiate(true);
        expectClose(
          dw.view(),
          gradient.map((v) => 2 * v),
          1e-6,
          'accumulated gradient',
        );
        memory.checkGuards();
      });
    }
  }

  it('a panel is 20 outputs, as the engine lays them out', async () => {
    expect((await kernelMemory()).kernels.sparsePanelWidth()).toBe(panel);
  });
});
