import { log } from '../../base/math.js';
import type { Mt19937 } from '../../base/mt19937.js';

/** A number of (0, 1). */
export const uniform = (rng: Mt19937): number => (rng.next() + 0.5) / 2 ** 32;

/**
 * A standard normal number, by the polar method: the same bits everywhere.
 * Reference: Marsaglia & Bray 1964, SIAM Review 6(3).
 */
export function normal(rng: Mt19937): number {
  for (;;) {
    const x = (rng.next() + 0.5) / 2 ** 31 - 1;
    const y = (rng.next() + 0.5) / 2 ** 31 - 1;
    const square = x * x + y * y;
    if (square < 1) return x * Math.sqrt((-2 * log(square)) / square);
  }
}
