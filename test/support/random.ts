import { Mt19937 } from '../../src/base/mt19937.js';

export { uniformValues } from '../../src/engine/bindings/made-up-samples.js';

/** Draws uniform in [0, 1) from a seed, one after the other. */
export function seededUniform(seed: number): () => number {
  const rng = new Mt19937(seed);
  return () => rng.next() * 2 ** -32;
}
