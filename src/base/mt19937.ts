import { UserError } from './errors.js';

const words = 624;
const offset = 397;
const twist = 0x9908b0df;

/**
 * Where a generator stands, as plain data for a checkpoint. `index` is the number of words of the block already used.
 */
export interface Mt19937State {
  readonly words: readonly number[];
  readonly index: number;
}

/**
 * The 32-bit Mersenne Twister, the generator behind PyTorch's CPU random numbers.
 *
 * Period 2^19937 - 1. Reference: Matsumoto & Nishimura 1998, ACM TOMACS 8(1); seeding as in their code of 2002.
 */
export class Mt19937 {
  readonly #block = new Uint32Array(words);
  #index = words;

  /** Seeded as `torch.manual_seed(seed)`: by the low 32 bits of a whole number. */
  constructor(seed: number) {
    this.seed(seed);
  }

  /** Seeded by a list of 32-bit words, all of which count (`init_by_array`). */
  static fromKey(key: Uint32Array): Mt19937 {
    const rng = new Mt19937(19650218);
    mixKey(rng.#block, key);
    return rng;
  }

  /** A generator that resumes where `state` was taken. */
  static fromState(state: Mt19937State): Mt19937 {
    const rng = new Mt19937(0);
    rng.restore(state);
    return rng;
  }

  /**
   * Starts over (`init_genrand`).
   * @throws UserError if the seed is not a whole number from 0 to 2^53 - 1
   */
  seed(seed: number): void {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new UserError(`seed: expected a whole number from 0 to 2^53 - 1, got ${seed}`);
    }
    const block = this.#block;
    block[0] = seed >>> 0;
    for (let i = 1; i < words; i++) {
      const last = block[i - 1]!;
      block[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
    }
    this.#index = words;
  }

  /** The next draw. Range: [0, 2^32), whole. */
  next(): number {
    if (this.#index === words) this.#refill();
    let y = this.#block[this.#index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** Passes over `count` draws. */
  skip(count: number): void {
    let left = count;
    while (left > words - this.#index) {
      left -= words - this.#index;
      this.#refill();
    }
    this.#index += left;
  }

  /** A copy of where the generator stands. */
  state(): Mt19937State {
    return { words: [...this.#block], index: this.#index };
  }

  /**
   * Moves back, or ahead, to where `state` was taken.
   * @throws UserError if it is not a state of this generator
   */
  restore(state: Mt19937State): void {
    const { words: saved, index } = state;
    const isWord = (word: number) => word >>> 0 === word;
    if (saved.length !== words || !saved.every(isWord) || !(isWord(index) && index <= words)) {
      throw new UserError(
        `MT19937 state: expected ${words} 32-bit words and an index from 0 to ${words}, ` +
          `got ${saved.length} words and index ${index}`,
      );
    }
    this.#block.set(saved);
    this.#index = index;
  }

  /** Moves to where another generator stands. */
  copy(other: Mt19937): void {
    this.#block.set(other.#block);
    this.#index = other.#index;
  }

  #refill(): void {
    const block = this.#block;
    let i = 0;
    for (; i < words - offset; i++) block[i] = block[i + offset]! ^ step(block[i]!, block[i + 1]!);
    for (; i < words - 1; i++) block[i] = block[i + offset - words]! ^ step(block[i]!, block[i + 1]!);
    block[words - 1] = block[offset - 1]! ^ step(block[words - 1]!, block[0]!);
    this.#index = 0;
  }
}

/** The recurrence's linear map of the top bit of one word joined to the low 31 bits of the next. */
function step(high: number, low: number): number {
  return (((high & 0x80000000) | (low & 0x7fffffff)) >>> 1) ^ (-(low & 1) & twist);
}

/** Folds the key into a block that was seeded by the constant 19650218. */
function mixKey(block: Uint32Array, key: Uint32Array): void {
  let i = 1;
  const mix = (factor: number, add: number) => {
    const last = block[i - 1]!;
    block[i] = (block[i]! ^ Math.imul(last ^ (last >>> 30), factor)) + add;
    i++;
    if (i === words) {
      block[0] = block[words - 1]!;
      i = 1;
    }
  };
  for (let k = 0; k < Math.max(words, key.length); k++) {
    const j = k % key.length;
    mix(1664525, key[j]! + j);
  }
  for (let k = 0; k < words - 1; k++) mix(1566083941, -i);
  block[0] = 0x80000000;
}
