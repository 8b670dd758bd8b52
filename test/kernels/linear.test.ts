import { describe, expect, it } from 'vitest';
import { expectClose } from '../support/close.js';
import { kernelMemory } from '../support/kernel-memory.js';
import { uniformValues } from '../support/random.js';

const sizes = [1, 2, 3, 4, 5, 6, 7, 9, 10, 31];
const sampleCounts = [8, 16, 32, 40, 72];

const leaky = (z: number, slope: number) => (z > 0 ? z : z * slope);

describe('linearMultiply', () => {
  for (const [epilogue, code] of Object.entries({ plain: 0, activate: 1, mask: 2, round: 4, 'mask and round': 6 })) {
    const ofGradient = code > 1;
    it(`${epilogue}: within 1e-6 of a float64 loop on all tile sizes, a matrix and its transpose`, async () => {
      for (const rows of sizes) {
        for (const depth of [1, 3, 5, 31]) {
          for (const samples of sampleCounts) {
            for (const transposed of [false, true]) {
              const memory = await kernelMemory();
              const stride = samples + 8;
              const a = uniformValues(rows * depth, 1);
              const b = uniformValues(depth * stride, 2);
              const bias = uniformValues(rows, 3);
              const mask = uniformValues(rows * stride, 4);
              const slope = 0.2;
              const at = memory.floats(a);
              const out = memory.floats(new Float32Array(rows * stride));
              const [row, column] = transposed ? [4, 4 * rows] : [4 * depth, 4];
              memory.kernels.linearMultiply(
                at.pointer,
                row,
                column,
                ofGradient ? 0 : memory.floats(bias).pointer,
                memory.floats(b).pointer,
                out.pointer,
                memory.floats(mask).pointer,
                rows,
                depth,
                samples,
                stride,
                false,
                code,
                slope,
              );
              const expected = new Float64Array(rows * stride);
              for (let m = 0; m < rows; m++) {
                for (let s = 0; s < samples; s++) {
                  let z = ofGradient ? 0 : bias[m]!;
                  for (let k = 0; k < depth; k++)
                    z += a[transposed ? k * rows + m : m * depth + k]! * b[k * stride + s]!;
                  if (epilogue === 'activate') z = leaky(z, slope);
                  if (epilogue.startsWith('mask') && mask[m * stride + s]! <= 0) z *= slope;
                  expected[m * stride + s] = z;
                }
              }
              expectClose(out.view(), expected, 1e-6, `rows ${rows} depth ${depth} samples ${samples}`);
              memory.checkGuards();
            }
          }
        }
      }
    });
  }

  for (const [depth, rows] of [
    [1, 1],
    [3, 1],
    [3, 4],
  ] as const) {
    it(`round: multiples of 2^-66, so no denormal is stored; NaN stays (depth ${depth}, rows ${rows})`, async () => {
      const memory = await kernelMemory();
      const values = [1e-30, 1e-38, -1e-25, 3e-20, -3e-20, 1e-15, Number.NaN, 0];
      const b = memory.floats(Array.from({ length: depth }, (_, k) => (k === 0 ? values : values.map(() => 0))).flat());
      const a = memory.floats(new Float32Array(rows * depth).fill(1));
      const out = memory.floats(new Float32Array(rows * 8));
      memory.kernels.linearMultiply(
        a.pointer,
        4 * depth,
        4,
        0,
        b.pointer,
        out.pointer,
        0,
        rows,
        depth,
        8,
        8,
        false,
        4,
        0,
      );
      for (let row = 0; row < rows; row++) {
        const stored = [...out.view().subarray(8 * row, 8 * row + 8)];
        expect(stored.map((v) => Math.abs(v))).toEqual([
          0,
          0,
          0,
          2 ** -65,
          2 ** -65,
          expect.closeTo(1e-15, 19),
          NaN,
          0,
        ]);
      }
    });
  }

  it('relu by slope 0 keeps a NaN, so that a diverged network cannot look healthy', async () => {
    const memory = await kernelMemory();
    const out = memory.floats(new Float32Array(8));
    const b = memory.floats([Number.NaN, -1, 1, 0, -0, 2, -2, 3]);
    memory.kernels.linearMultiply(
      memory.floats([1]).pointer,
      4,
      4,
      0,
      b.pointer,
      out.pointer,
      0,
      1,
      1,
      8,
      8,
      false,
      1,
      0,
    );
    expect([...out.view()].map((v) => v + 0)).toEqual([Number.NaN, 0, 1, 0, 0, 2, 0, 3]);
  });
});

describe('linearGradients', () => {
  it('within 4e-6 of a float64 loop for 1-31 outputs and inputs, set and accumulated', async () => {
    for (const outputs of sizes) {
      for (const inputs of sizes) {
        for (const samples of [8, 72]) {
          const memory = await kernelMemory();
          const stride = samples + 8;
          const dz = uniformValues(outputs * stride, 5);
          const x = uniformValues(inputs * stride, 6);
          const dw = memory.floats(new Float32Array(outputs * inputs).fill(9));
          const db = memory.floats(new Float32Array(outputs).fill(9));
          const run = (accumulate: boolean) =>
            memory.kernels.linearGradients(
              dzAt.pointer,
              xAt.pointer,
              dw.pointer,
              db.pointer,
              outputs,
              inputs,
              samples,
              stride,
              accumulate,
            );
          const dzAt = memory.floats(dz);
          const xAt = memory.floats(x);
          const expectedW = new Float64Array(outputs * inputs);
          const expectedB = new Float64Array(outputs);
          for (let o = 0; o < outputs; o++) {
            for (let s = 0; s < samples; s++) {
              expectedB[o]! += dz[o * stride + s]!;
              for (let i = 0; i < inputs; i++) expectedW[o * inputs + i]! += dz[o * stride + s]! * x[i * stride + s]!;
            }
          }
          run(false);
          expectClose(dw.view(), expectedW, 4e-6, `dW ${outputs}x${inputs}`);
          expectClose(db.view(), expectedB, 4e-6, `db ${outputs}x${inputs}`);
          run(true);
          expectClose(
            dw.view(),
            expectedW.map((v) => 2 * v),
            4e-6,
            `dW accumulated ${outputs}x${inputs}`,
          );
          expectClose(
            db.view(),
            expectedB.map((v) => 2 * v),
            4e-6,
            `db accumulated ${outputs}x${inputs}`,
          );
          memory.checkGuards();
        }
      }
    }
  });

  it('rowSums equals the bias gradient bit for bit', async () => {
    const memory = await kernelMemory();
    const dz = memory.floats(uniformValues(7 * 40, 7));
    const x = memory.floats(uniformValues(40, 8));
    const dw = memory.floats(new Float32Array(7));
    const db = memory.floats(new Float32Array(7));
    const sums = memory.floats(new Float32Array(7));
    memory.kernels.linearGradients(dz.pointer, x.pointer, dw.pointer, db.pointer, 7, 1, 32, 40, false);
    memory.kernels.rowSums(dz.pointer, sums.pointer, 7, 32, 40, false);
    expect(sums.view()).toEqual(db.view());
    memory.checkGuards();
  });
});
