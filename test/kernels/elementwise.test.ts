import { describe, expect, it } from 'vitest';
import { philox4x32 } from '../../src/base/philox.js';
import { expectClose } from '../support/close.js';
import { kernelMemory } from '../support/kernel-memory.js';
import { uniformValues } from '../support/random.js';

/** Distance in units in the last place of float32. */
function ulps(actual: number, expected: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(expected) || 1e-40)));
  return Math.abs(actual - expected) / 2 ** (exponent - 23);
}

describe('activations', () => {
  it('tanh: within 3 ulp of the exact value over [-20, 20], odd, NaN kept', async () => {
    const memory = await kernelMemory();
    const x = Float32Array.from({ length: 40_004 }, (_, i) => (i - 20_002) / 1000);
    const y = memory.floats(new Float32Array(x.length));
    memory.kernels.tanhForward(memory.floats(x).pointer, y.pointer, x.length);
    const worst = y.view().reduce((max, value, i) => Math.max(max, ulps(value, Math.tanh(x[i]!))), 0);
    expect(worst).toBeLessThanOrEqual(3);
    const special = memory.floats([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-30]);
    memory.kernels.tanhForward(special.pointer, special.pointer, 4);
    expect([...special.view()]).toEqual([Number.NaN, 1, -1, Math.fround(1e-30)]);
    memory.checkGuards();
  });

  it('softplus: within 4 ulp of the exact value over [-40, 40], its derivatives within 1e-6, NaN kept', async () => {
    const memory = await kernelMemory();
    const x = Float32Array.from({ length: 40_004 }, (_, i) => (i - 20_002) / 500);
    const [xAt, y] = [memory.floats(x).pointer, memory.floats(new Float32Array(x.length))];
    const slope = (v: number) => 1 / (1 + Math.exp(-v));
    memory.kernels.softplusForward(xAt, y.pointer, x.length);
    const worst = y.view().reduce((max, v, i) => Math.max(max, ulps(v, Math.log1p(Math.exp(x[i]!)))), 0);
    expect(worst).toBeLessThanOrEqual(4);
    const [ones, twos] = [1, 2].map((v) => memory.floats(new Float32Array(x.length).fill(v)).pointer);
    memory.kernels.softplusBackward(ones!, xAt, y.pointer, x.length);
    expectClose(y.view(), Array.from(x, slope), 1e-6);
    memory.kernels.softplusCurvature(ones!, xAt, twos!, y.pointer, x.length);
    expectClose(
      y.view(),
      Array.from(x, (v) => slope(v) + 2 * slope(v) * slope(-v)),
      1e-6,
    );
    const special = memory.floats([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -50]);
    memory.kernels.softplusForward(special.pointer, special.pointer, 4);
    expect([...special.view()]).toEqual([Number.NaN, Number.POSITIVE_INFINITY, 0, 0]);
    memory.checkGuards();
  });

  it('square and its derivatives exactly; what is below 1e-30 becomes 0, NaN stays', async () => {
    const memory = await kernelMemory();
    const x = uniformValues(36, 63);
    x.set([1e-16, Number.NaN, 0, -1e20]);
    const [dy, tangent] = [uniformValues(36, 64), uniformValues(36, 65)];
    const [xAt, dyAt, tangentAt] = [x, dy, tangent].map((values) => memory.floats(values).pointer);
    const out = memory.floats(new Float32Array(36));
    memory.kernels.squareForward(xAt!, out.pointer, 36);
    expect(out.view()).toEqual(x.map((v) => (v * v < 1e-30 ? 0 : v * v)));
    memory.kernels.squareBackward(dyAt!, xAt!, out.pointer, 36);
    expect(out.view()).toEqual(x.map((v, i) => 2 * v * dy[i]!));
    memory.kernels.squareCurvature(dyAt!, tangentAt!, out.pointer, 36);
    expectClose(out.view().slice(4), Array.from(x, (v, i) => 2 * dy[i]! * (v + tangent[i]!)).slice(4), 1e-6);
    memory.checkGuards();
  });

  it('gradients of leakyRelu and tanh from their outputs: within 1e-6', async () => {
    const memory = await kernelMemory();
    const y = uniformValues(36, 61);
    y[0] = 0;
    const dy = uniformValues(36, 62);
    const out = memory.floats(new Float32Array(36));
    const [yAt, dyAt] = [memory.floats(y).pointer, memory.floats(dy).pointer];
    memory.kernels.leakyBackward(dyAt, yAt, out.pointer, 36, 0.3);
    expectClose(
      out.view(),
      Array.from(dy, (d, i) => (y[i]! > 0 ? d : d * 0.3)),
      1e-6,
    );
    memory.kernels.tanhBackward(dyAt, yAt, out.pointer, 36);
    expectClose(
      out.view(),
      Array.from(dy, (d, i) => d * (1 - y[i]! * y[i]!)),
      1e-6,
    );
    memory.kernels.leakyForward(dyAt, out.pointer, 36, 0.3);
    expectClose(
      out.view(),
      Array.from(dy, (d) => (d > 0 ? d : d * 0.3)),
      1e-6,
    );
    memory.kernels.multiply(dyAt, yAt, out.pointer, 36);
    expectClose(
      out.view(),
      Array.from(dy, (d, i) => d * y[i]!),
      1e-6,
    );
    memory.kernels.copyFloats(dyAt, out.pointer, 36);
    expect(out.view()).toEqual(dy);
    memory.checkGuards();
  });

  it('sumOfSquares: within 1e-12 of float64', async () => {
    const memory = await kernelMemory();
    const x = uniformValues(1004, 63);
    const expected = x.reduce((sum, v) => sum + v * v, 0);
    expect(Math.abs(memory.kernels.sumOfSquares(memory.floats(x).pointer, x.length) - expected)).toBeLessThan(
      1e-12 * expected,
    );
  });
});

describe('dropoutMask', () => {
  it('is philox4x32 at (sample div 4, feature, step, layer), whatever the strides and micro-batches', async () => {
    const memory = await kernelMemory();
    const [features, samples, rate] = [5, 11, 0.25];
    const threshold = rate * 2 ** 32;
    const expected = (f: number, s: number) =>
      philox4x32([s >> 2, f, 7, 2], [123, 456])[s & 3]! < threshold ? 0 : Math.fround(1 / (1 - rate));
    const whole = memory.floats(new Float32Array(features * 16));
    memory.kernels.dropoutMask(whole.pointer, features, samples, 64, 4, 0, 7, 2, 123, 456, threshold, 1 / (1 - rate));
    const part = memory.floats(new Float32Array(features * 3));
    memory.kernels.dropoutMask(
      part.pointer,
      features,
      3,
      4,
      4 * features,
      8,
      7,
      2,
      123,
      456,
      threshold,
      1 / (1 - rate),
    );
    for (let f = 0; f < features; f++) {
      for (let s = 0; s < samples; s++) expect(whole.view()[f * 16 + s]).toBe(expected(f, s));
      for (let s = 0; s < 3; s++) expect(part.view()[s * features + f]).toBe(expected(f, 8 + s));
    }
    memory.checkGuards();
  });

  it('drops the stated share: 0.25 within 0.005 over 100,000 draws', async () => {
    const memory = await kernelMemory();
    const mask = memory.floats(new Float32Array(100_000));
    memory.kernels.dropoutMask(mask.pointer, 100, 1000, 4000, 4, 0, 3, 1, 9, 9, 0.25 * 2 ** 32, 4 / 3);
    const dropped = mask.view().filter((v) => v === 0).length / 100_000;
    expect(Math.abs(dropped - 0.25)).toBeLessThan(0.005);
  });
});
