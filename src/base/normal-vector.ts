import { log } from './math.js';
import type { Mt19937 } from './mt19937.js';

/**
 * Independent standard normal numbers by Marsaglia's polar method, with the same bits everywhere.
 * Shapes: result [n].
 */
export function normalVector(rng: Mt19937, n: number): Float64Array {
  const result = new Float64Array(n);
  const uniform = () => (rng.next() + 0.5) / 2 ** 31 - 1;
  for (let i = 0; i < n; i += 2) {
    let [x, y] = [uniform(), uniform()];
    while (x * x + y * y >= 1) [x, y] = [uniform(), uniform()];
    const square = x * x + y * y;
    const factor = Math.sqrt((-2 * log(square)) / square);
    result[i] = x * factor;
    if (i + 1 < n) result[i + 1] = y * factor;
  }
  return result;
}
