import { Mt19937 } from '../../src/base/mt19937.js';

/** Test values: uniform in [-1, 1), float32, from a seed. */
export function uniformValues(count: number, seed: number): Float32Array {
  const rng = new Mt19937(seed);
  return Float32Array.from({ length: count }, () => (rng.next() >>> 8) * 2 ** -23 - 1);
}

/** Draws uniform in [0, 1) from a seed, one after the other. */
export function seededUniform(seed: number): () => number {
  const rng = new Mt19937(seed);
  return () => rng.next() * 2 ** -32;
}
