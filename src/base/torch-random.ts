/*
 * PyTorch's CPU generator: what `torch.manual_seed(seed)` makes of an MT19937 stream, to the bit. Checked against
 * PyTorch 1.13.
 */
import { UserError } from './errors.js';
import { Mt19937 } from './mt19937.js';

/**
 * One float32 draw of `tensor.uniform_(low, high)`.
 *
 *     (u32 mod 2^24) * 2^-24 * (high - low) + low,   float32 bounds, float64 arithmetic, rounded at the end
 *
 * Range: [low, high].
 */
export function uniformFloat(rng: Mt19937, low: number, high: number): number {
  const from = Math.fround(low);
  const width = Math.fround(Math.fround(high) - from);
  return Math.fround(((rng.next() & 0xffffff) / 0x1000000) * width + from);
}

/** One 64-bit draw: two words, the high one first. Range: [0, 2^64). */
export function random64(rng: Mt19937): bigint {
  const high = BigInt(rng.next());
  return (high << 32n) | BigInt(rng.next());
}

/** A parameter tensor as its initial values see it: number of elements, and inputs of one output of its layer. */
export interface TensorFan {
  readonly size: number;
  readonly fanIn: number;
}

/**
 * Initial values of `nn.Linear` and `nn.Conv2d` (weights and biases alike), tensor after tensor on one stream, in the
 * order given.
 *
 *     U(-1 / sqrt(fanIn), 1 / sqrt(fanIn))
 *
 * PyTorch computes the bound of weights as sqrt(3) * sqrt(2 / (1 + 5)) / sqrt(fanIn), which is the same float32 for
 * every fan-in up to 10^6.
 * Shapes: result [sum of sizes]. Each element takes one draw.
 */
export function initializeParameters(rng: Mt19937, tensors: readonly TensorFan[]): Float32Array<ArrayBuffer> {
  const values = new Float32Array(tensors.reduce((total, { size }) => total + size, 0));
  let at = 0;
  for (const { size, fanIn } of tensors) {
    const bound = 1 / Math.sqrt(fanIn);
    for (const end = at + size; at < end; at++) values[at] = uniformFloat(rng, -bound, bound);
  }
  return values;
}

/** From this length on PyTorch draws 64-bit numbers for a permutation. */
const longestPermutation = Math.floor((2 ** 32 - 1) / 20);

/**
 * `torch.randperm(n)`: Fisher-Yates from the front, swapping i with i + u32 mod (n - i).
 *
 * Shapes: result [n], written to `order` where that is given.
 * @throws UserError if n is longer than 32-bit draws serve, RangeError if `order` has another length
 */
export function randperm(rng: Mt19937, n: number, order: Int32Array = new Int32Array(n)): Int32Array {
  if (n >= longestPermutation) {
    throw new UserError(`permutation: expected fewer than ${longestPermutation} samples, got ${n}`);
  }
  if (order.length !== n) throw new RangeError(`randperm: expected an array of ${n}, got ${order.length}`);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = 0; i < n - 1; i++) {
    const j = i + (rng.next() % (n - i));
    const value = order[i]!;
    order[i] = order[j]!;
    order[j] = value;
  }
  return order;
}

/**
 * The order of samples of the next epoch of `DataLoader(shuffle=True)`.
 *
 * Takes two 64-bit draws: the loader's base seed (which only its worker processes use), and the seed of a generator of
 * the permutation's own.
 * Shapes: result [n], written to `order` where that is given.
 */
export function loaderOrder(rng: Mt19937, n: number, order?: Int32Array): Int32Array {
  random64(rng);
  const seed = Number(BigInt.asUintN(32, random64(rng)));
  return randperm(new Mt19937(seed), n, order);
}
