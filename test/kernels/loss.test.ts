import { describe, expect, it } from 'vitest';
import { expectClose } from '../support/close.js';
import { kernelMemory } from '../support/kernel-memory.js';
import { uniformValues } from '../support/random.js';

describe('crossEntropy', () => {
  for (const classes of [1, 2, 3, 10, 31]) {
    for (const count of [1, 3, 4, 13]) {
      for (const spread of [1, 40]) {
        it(`${classes} classes, ${count} samples, logits to +-${spread}: loss and gradient within 1e-6, padding 0`, async () => {
          const memory = await kernelMemory();
          const samples = Math.ceil(count / 8) * 8;
          const stride = samples + 8;
          const z = uniformValues(classes * stride, 21).map((v) => v * spread);
          const labels = Uint8Array.from({ length: count }, (_, s) => (s * 7) % classes);
          const total = count + 5;
          const gradient = new Float64Array(classes * stride);
          let loss = 0;
          const best: number[] = [];
          for (let s = 0; s < count; s++) {
            const logits = Array.from({ length: classes }, (_, c) => z[c * stride + s]!);
            const max = Math.max(...logits);
            const sum = logits.reduce((all, v) => all + Math.exp(v - max), 0);
            loss += Math.log(sum) + max - logits[labels[s]!]!;
            best.push(logits.indexOf(max));
            logits.forEach((v, c) => {
              gradient[c * stride + s] = (Math.exp(v - max) / sum - (c === labels[s] ? 1 : 0)) / total;
            });
          }
          const dz = memory.floats(new Float32Array(classes * stride));
          const predictions = memory.bytes(new Uint8Array(count));
          const at = memory.floats(z).pointer;
          const labelsAt = memory.bytes(labels).pointer;
          const got = memory.kernels.crossEntropy(
            at,
            labelsAt,
            dz.pointer,
            predictions.pointer,
            classes,
            count,
            samples,
            stride,
            1 / total,
          );
          expect(Math.abs(got - loss)).toBeLessThan(1e-6 * Math.max(1, loss));
          expectClose(dz.view(), gradient, 1e-6, 'gradient');
          expect([...predictions.view()]).toEqual(best);
          const plain = memory.kernels.crossEntropy(
            at,
            labelsAt,
            0,
            predictions.pointer,
            classes,
            count,
            samples,
            stride,
            1 / total,
          );
          expect(plain).toBe(got);
          memory.checkGuards();
        });
      }
    }
  }

  it('logits 200 apart give finite loss, no denormal gradient; a NaN logit gives a NaN loss', async () => {
    const memory = await kernelMemory();
    const dz = memory.floats(new Float32Array(16));
    const labels = memory.bytes([1, 0, 0, 0, 0, 0, 0, 0]);
    const predictions = memory.bytes(new Uint8Array(8));
    const run = (z: number[]) =>
      memory.kernels.crossEntropy(
        memory.floats(z).pointer,
        labels.pointer,
        dz.pointer,
        predictions.pointer,
        2,
        1,
        8,
        8,
        1,
      );
    expect(run([200, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])).toBe(200);
    expect([dz.view()[0], dz.view()[8]]).toEqual([1, -1]);
    run([80, 0, 0, 0, 0, 0, 0, 0, -10, 0, 0, 0, 0, 0, 0, 0]);
    expect(dz.view().every((v) => v === 0 || Math.abs(v) > 2 ** -126)).toBe(true);
    expect(run([Number.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])).toBeNaN();
  });
});

describe('squaredError', () => {
  for (const outputs of [1, 3, 5]) {
    for (const count of [1, 3, 4, 13, 31]) {
      it(`${outputs} outputs, ${count} samples: loss within 1e-6, gradient within 1e-6, padding 0`, async () => {
        const memory = await kernelMemory();
        const samples = Math.ceil(count / 8) * 8;
        const stride = samples + 8;
        const z = uniformValues(outputs * stride, 31);
        const target = uniformValues(outputs * stride, 32);
        const scale = 2 / (count * outputs);
        const gradient = new Float64Array(outputs * stride);
        let loss = 0;
        for (let o = 0; o < outputs; o++) {
          for (let s = 0; s < count; s++) {
            const d = z[o * stride + s]! - target[o * stride + s]!;
            loss += d * d;
            gradient[o * stride + s] = d * scale;
          }
        }
        const dz = memory.floats(new Float32Array(outputs * stride));
        const got = memory.kernels.squaredError(
          memory.floats(z).pointer,
          memory.floats(target).pointer,
          dz.pointer,
          outputs,
          count,
          samples,
          stride,
          scale,
        );
        expect(Math.abs(got - loss)).toBeLessThan(1e-6 * loss);
        expectClose(dz.view(), gradient, 1e-6, 'gradient');
        memory.checkGuards();
      });
    }
  }
});
