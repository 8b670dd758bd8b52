import { expect } from 'vitest';

const patienceMs = 20_000;

/**
 * Measures again until the least number so far is below the bound, or the patience ends. What is measured is a time, or one beside another:
 * other work on the machine can only make it larger. Everything else that the measurement checks must hold each time.
 */
export async function expectBelow(bound: number, measure: () => number | Promise<number>): Promise<void> {
  const begin = performance.now();
  let least = Number.POSITIVE_INFINITY;
  do least = Math.min(least, await measure());
  while (!(least < bound) && performance.now() - begin < patienceMs);
  expect(least).toBeLessThan(bound);
}

/**
 * Like {@link expectBelow}, of one time over another, each the least of its own.
 */
export function leastRatio(
  over: () => number | Promise<number>,
  under: () => number | Promise<number>,
): () => Promise<number> {
  let [above, below] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  return async () => {
    above = Math.min(above, await over());
    below = Math.min(below, await under());
    return above / below;
  };
}
