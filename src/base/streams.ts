/*
 * Streams of random numbers of our own, for what has no order in PyTorch: labels, subsets, dropout. Streams of
 * different names are independent of each other.
 */
import { UserError } from './errors.js';
import { Mt19937 } from './mt19937.js';
import { sha256Bytes } from './sha256.js';

/**
 * The stream of a name and a seed: an MT19937 keyed by the SHA-256 of the name (8 words, big-endian) and the seed (low
 * word, high word).
 * @throws UserError if the seed is not a whole number from 0 to 2^53 - 1
 */
export function namedStream(name: string, seed: number): Mt19937 {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new UserError(`seed of ${name}: expected a whole number from 0 to 2^53 - 1, got ${seed}`);
  }
  const digest = sha256Bytes(name);
  const view = new DataView(digest.buffer, digest.byteOffset, digest.length);
  const key = Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i));
  return Mt19937.fromKey(Uint32Array.of(...key, seed >>> 0, Math.floor(seed / 2 ** 32)));
}

/** The key of a counter-based generator (Philox) for a name and a seed: the first two draws of their stream. */
export function philoxKey(name: string, seed: number): readonly [number, number] {
  const rng = namedStream(name, seed);
  return [rng.next(), rng.next()];
}

/**
 * A whole number, each of [0, n) equally likely: draws from the incomplete last stretch of 2^32 are thrown away.
 * @throws RangeError if n is not a whole number from 1 to 2^32
 */
export function uniformInt(rng: Mt19937, n: number): number {
  if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
    throw new RangeError(`uniformInt: expected a whole n from 1 to 2^32, got ${n}`);
  }
  const limit = 2 ** 32 - (2 ** 32 % n);
  let draw = rng.next();
  while (draw >= limit) draw = rng.next();
  return draw % n;
}

/**
 * k different numbers of [0, n), each set of k equally likely, in ascending order.
 * From one state of the stream a smaller sample is contained in every larger one.
 *
 * Shapes: result [k].
 * @throws RangeError if k is not a whole number from 0 to n
 */
export function sampleWithoutReplacement(rng: Mt19937, n: number, k: number): Int32Array<ArrayBuffer> {
  if (!Number.isInteger(k) || k < 0 || k > n) {
    throw new RangeError(`sampleWithoutReplacement: expected a whole k from 0 to ${n}, got ${k}`);
  }
  return shuffledFirst(rng, n, k).slice(0, k).sort();
}

/** Numbers of [0, n), each order equally likely (Fisher-Yates from the front). Shapes: result [n]. */
export const permutation = (rng: Mt19937, n: number): Int32Array => shuffledFirst(rng, n, n - 1);

/** Numbers of [0, n), of which the first k are drawn. */
function shuffledFirst(rng: Mt19937, n: number, k: number): Int32Array<ArrayBuffer> {
  const items = new Int32Array(n);
  for (let i = 0; i < n; i++) items[i] = i;
  for (let i = 0; i < k; i++) {
    const j = i + uniformInt(rng, n - i);
    const chosen = items[j]!;
    items[j] = items[i]!;
    items[i] = chosen;
  }
  return items;
}
