import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { float32Bytes } from '../base/float32-bytes.js';
import type { MetricRow } from '../engine/training/observations/index.js';
import { metricLine, resultHasher } from './result-hash.js';

const shapes = [{ name: '0.weight', shape: [2], fanIn: 1 }];
const weights = Float32Array.of(1, -2);
const rows: readonly MetricRow[] = [
  { epoch: 1, step: 1, loss: 0.5 },
  { epoch: 2, step: 2, loss: Number.NaN },
];

function hashOf(observed: readonly MetricRow[], parameters: Float32Array, of = shapes): string {
  const hasher = resultHasher();
  for (const row of observed) hasher.addRow(row);
  return hasher.finish(parameters, of);
}

test('the hash is the SHA-256 of lines, names and shapes, and little-endian weights', () => {
  const text = '{"epoch":1,"loss":0.5,"step":1}\n{"epoch":2,"loss":null,"step":2}\n[{"name":"0.weight","shape":[2]}]\n';
  const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])]);
  expect(hashOf(rows, weights)).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('one bit of a weight, of a metric, a name or a shape changes the hash; the order of fields does not', () => {
  const hashes = [
    hashOf(rows, weights),
    hashOf(rows, Float32Array.of(1, -2.0000002)),
    hashOf([{ epoch: 1, step: 1, loss: 0.5000000000000001 }, rows[1]!], weights),
    hashOf(rows.toReversed(), weights),
    hashOf(rows, weights, [{ name: '1.weight', shape: [2], fanIn: 1 }]),
    hashOf(rows, weights, [{ name: '0.weight', shape: [2, 1], fanIn: 1 }]),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(hashOf([{ loss: 0.5, step: 1, epoch: 1 }, rows[1]!], weights)).toBe(hashes[0]);
});

test('any NaN is written with the same bits; -0 and subnormals keep theirs', () => {
  const bits = Uint32Array.of(0xffc00001, 0x7fc00000, 0x80000000, 0x00000001);
  const written = new Uint32Array(float32Bytes(new Float32Array(bits.buffer)).buffer);
  expect([...written]).toEqual([0x7fc00000, 0x7fc00000, 0x80000000, 0x00000001]);
});

test('what is not finite is null in a line', () => {
  expect(metricLine({ epoch: 1, step: 2, loss: Number.POSITIVE_INFINITY, gradNorm: 1e-7 })).toBe(
    '{"epoch":1,"gradNorm":1e-7,"loss":null,"step":2}',
  );
});
