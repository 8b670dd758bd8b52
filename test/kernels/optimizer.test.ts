import { describe, expect, it } from 'vitest';
import { expectClose } from '../support/close.js';
import { kernelMemory } from '../support/kernel-memory.js';
import { uniformValues } from '../support/random.js';

describe('adamUpdate', () => {
  for (const [name, decay, shrink] of [
    ['adam', 0, 1],
    ['adam with L2', 0.01, 1],
    ['adamW', 0, 0.999],
  ] as const) {
    it(`${name}: 50 steps within 4e-6 of the formula in float64`, async () => {
      const memory = await kernelMemory();
      const count = 20;
      const start = uniformValues(count, 41);
      const [p, g, m, v] = [start, start, new Float32Array(count), new Float32Array(count)].map((values) =>
        memory.floats(values),
      ) as [
        ReturnType<typeof memory.floats>,
        ReturnType<typeof memory.floats>,
        ReturnType<typeof memory.floats>,
        ReturnType<typeof memory.floats>,
      ];
      const expected = Float64Array.from(start);
      const first = new Float64Array(count);
      const second = new Float64Array(count);
      for (let t = 1; t <= 50; t++) {
        const grad = uniformValues(count, 100 + t);
        g.view().set(grad);
        const stepSize = 0.01 / (1 - 0.9 ** t);
        const scale = Math.sqrt(0.001 / (1 - 0.999 ** t));
        memory.kernels.adamUpdate(
          p.pointer,
          g.pointer,
          m.pointer,
          v.pointer,
          count,
          (stepSize * 0.1) / scale,
          0.9,
          0.999,
          1e-8 / scale,
          decay,
          shrink,
        );
        for (let i = 0; i < count; i++) {
          const gi = grad[i]! + decay * expected[i]!;
          first[i] = 0.9 * first[i]! + 0.1 * gi;
          second[i] = 0.999 * second[i]! + 0.001 * gi * gi;
          expected[i] =
            shrink * expected[i]! - (stepSize * first[i]!) / (Math.sqrt(second[i]! / (1 - 0.999 ** t)) + 1e-8);
        }
      }
      expectClose(p.view(), expected, 4e-6, 'parameter');
      memory.checkGuards();
    });
  }

  it('stores no denormal when gradients and weights fade, and keeps padding at 0', async () => {
    const memory = await kernelMemory();
    const p = memory.floats([1e-18, 1e-25, 1e-38, 0]);
    const g = memory.floats([0, 1e-20, 1e-40, 0]);
    const m = memory.floats([1e-37, 1e-30, 1e-38, 0]);
    const v = memory.floats([1e-37, 1e-38, 1e-38, 0]);
    for (let t = 0; t < 5; t++) {
      memory.kernels.adamUpdate(p.pointer, g.pointer, m.pointer, v.pointer, 4, 1e-3, 0.9, 0.999, 1e-8, 1e-4, 1);
    }
    // Multiples of 2^-100; what is added to each square keeps the second moments in the normal range.
    for (const moment of m.view()) expect(Number.isInteger(moment * 2 ** 100)).toBe(true);
    for (const moment of v.view()) expect(moment).toBeGreaterThan(2 ** -101);
    expect(p.view()[3]).toBe(0);
  });

  it('keeps a NaN gradient visible in the parameters', async () => {
    const memory = await kernelMemory();
    const p = memory.floats([1, 1, 1, 1]);
    const [g, m, v] = [memory.floats([Number.NaN, 0, 0, 0]), memory.floats([0, 0, 0, 0]), memory.floats([0, 0, 0, 0])];
    memory.kernels.adamUpdate(p.pointer, g.pointer, m.pointer, v.pointer, 4, 1e-3, 0.9, 0.999, 1e-8, 0, 1);
    expect([...p.view()]).toEqual([Number.NaN, 1, 1, 1]);
  });
});

describe('sgdUpdate', () => {
  it('momentum and weight decay: 50 steps within 4e-6 of the formula in float64', async () => {
    const memory = await kernelMemory();
    const count = 12;
    const start = uniformValues(count, 51);
    const p = memory.floats(start);
    const g = memory.floats(start);
    const buffer = memory.floats(new Float32Array(count));
    const expected = Float64Array.from(start);
    const momentum = new Float64Array(count);
    for (let t = 1; t <= 50; t++) {
      const grad = uniformValues(count, 200 + t);
      g.view().set(grad);
      memory.kernels.sgdUpdate(p.pointer, g.pointer, buffer.pointer, count, 0.01, 0.9, 0.001);
      for (let i = 0; i < count; i++) {
        momentum[i] = 0.9 * momentum[i]! + grad[i]! + 0.001 * expected[i]!;
        expected[i]! -= 0.01 * momentum[i]!;
      }
    }
    expectClose(p.view(), expected, 4e-6, 'parameter');
    memory.checkGuards();
  });
});

describe('rmspropUpdate', () => {
  for (const [name, centered, momentum, decay] of [
    ['plain', false, 0, 0],
    ['centered', true, 0, 0.01],
    ['with momentum', false, 0.9, 0.01],
    ['centered with momentum', true, 0.5, 0],
  ] as const) {
    it(`${name}: 50 steps within 4e-6 of the formula in float64`, async () => {
      const memory = await kernelMemory();
      const count = 20;
      const start = uniformValues(count, 43);
      const zeros = () => memory.floats(new Float32Array(count));
      const [p, g, v, m, b] = [memory.floats(start), zeros(), zeros(), zeros(), zeros()];
      const expected = Float64Array.from(start);
      const [square, mean, buffer] = [0, 1, 2].map(() => new Float64Array(count));
      for (let t = 1; t <= 50; t++) {
        const grad = uniformValues(count, 200 + t);
        g.view().set(grad);
        const [mAt, bAt] = [centered ? m.pointer : 0, momentum > 0 ? b.pointer : 0];
        memory.kernels.rmspropUpdate(
          ...([p.pointer, g.pointer, v.pointer, mAt, bAt, count] as const),
          ...([1e-3, 0.9, 0.1, 1e-8, decay, momentum] as const),
        );
        for (let i = 0; i < count; i++) {
          const gi = grad[i]! + decay * expected[i]!;
          square![i] = 0.9 * square![i]! + 0.1 * gi * gi;
          mean![i] = centered ? 0.9 * mean![i]! + 0.1 * gi : 0;
          buffer![i] = momentum * buffer![i]! + gi / (Math.sqrt(square![i]! - mean![i]! ** 2) + 1e-8);
          expected[i]! -= 1e-3 * buffer![i]!;
        }
      }
      expectClose(p.view(), expected, 4e-6, 'parameter');
      memory.checkGuards();
    });
  }

  it('stores no denormal when gradients and weights fade, keeps padding at 0 and a NaN visible', async () => {
    const memory = await kernelMemory();
    const p = memory.floats([1e-18, 1e-25, 1, 0]);
    const g = memory.floats([0, 1e-20, Number.NaN, 0]);
    const [v, m, b] = [0, 1, 2].map(() => memory.floats([1e-37, 1e-30, 0, 0]));
    for (let t = 0; t < 5; t++) {
      memory.kernels.rmspropUpdate(
        ...([p.pointer, g.pointer, v!.pointer, m!.pointer, b!.pointer, 4] as const),
        ...([1e-3, 0.9, 0.1, 1e-8, 1e-4, 0.9] as const),
      );
    }
    const usual = (array: ArrayLike<number>) => [array[0]!, array[1]!, array[3]!];
    for (const moment of usual(v!.view())) expect(moment).toBeGreaterThan(2 ** -107);
    for (const moment of usual(m!.view())) expect(Number.isInteger(moment * 2 ** 62)).toBe(true);
    for (const moment of usual(b!.view())) expect(Number.isInteger(moment * 2 ** 100)).toBe(true);
    expect(p.view()[2]).toBeNaN();
    expect(p.view()[3]).toBe(0);
  });
});
