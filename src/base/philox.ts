const multipliers = [0xd2511f53n, 0xcd9e8d57n] as const;
const weyl = [0x9e3779b9, 0xbb67ae85] as const;
const rounds = 10;

/** Four 32-bit words. */
export type Words4 = readonly [number, number, number, number];

/**
 * Philox4x32-10, a counter-based generator: four random words for each counter and key, whatever was drawn before.
 * The plain form, against which the kernel of the dropout masks is held.
 *
 * Reference: Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3" (SC11).
 */
export function philox4x32(counter: Words4, key: readonly [number, number]): Words4 {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < rounds; round++) {
    const a = BigInt(c0) * multipliers[0];
    const b = BigInt(c2) * multipliers[1];
    c0 = (high(b) ^ c1 ^ k0) >>> 0;
    c1 = low(b);
    c2 = (high(a) ^ c3 ^ k1) >>> 0;
    c3 = low(a);
    k0 = (k0 + weyl[0]) >>> 0;
    k1 = (k1 + weyl[1]) >>> 0;
  }
  return [c0, c1, c2, c3];
}

const high = (product: bigint): number => Number(product >> 32n);
const low = (product: bigint): number => Number(product & 0xffffffffn);
