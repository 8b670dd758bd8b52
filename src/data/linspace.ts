import { UserError } from '../base/errors.js';

/** PyTorch's vectors of 8 floats, taken two at a time; what is left over is made one by one. */
const lanes = 8;
const unrolled = 2 * lanes;

/**
 * An even grid as `torch.linspace(from, to, count)` makes it in float32 on a CPU with AVX2, to the bit (up to 32,768
 * points; beyond that PyTorch's own bits depend on its threads).
 *
 *     step = (to - from) / (count - 1)
 *     first half: from + step * i; second half: to - step * (count - 1 - i), rounded once
 *
 * In vectors of 8 only the first element is computed so, and the others from it: head + step * lane, rounded after each
 * operation.
 * Shapes: result [count].
 * @throws UserError if the ends are not finite numbers, or `count` is not a whole number of at least 2
 */
export function linspace(from: number, to: number, count: number): Float32Array<ArrayBuffer> {
  if (!Number.isSafeInteger(count) || count < 2) {
    throw new UserError(`points: expected a whole number of at least 2, got ${count}`);
  }
  const [start, end] = [Math.fround(from), Math.fround(to)];
  if (!Number.isFinite(start) || !Number.isFinite(end)) {
    throw new UserError(`from, to: expected finite numbers, got ${from} and ${to}`);
  }
  const step = Math.fround(Math.fround(end - start) / (count - 1));
  // Products of two float32 are exact in float64, so that this rounds once, as a fused multiply-add does.
  const fused = (i: number) => Math.fround(i < Math.floor(count / 2) ? start + step * i : end - step * (count - 1 - i));
  const grid = new Float32Array(count);
  const vectors = count - (count % unrolled);
  for (let i = 0; i < vectors; i++) {
    const lane = i % lanes;
    grid[i] = fused(i - lane) + Math.fround(step * lane);
  }
  for (let i = vectors; i < count; i++) grid[i] = fused(i);
  return grid;
}
