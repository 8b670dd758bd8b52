import { UserError } from '../../base/errors.js';

/**
 * An even grid in float64 with exact ends, and exactly 0 in the middle of a symmetric one of odd count.
 *
 *     low + (high - low) * i / (count - 1),   i = 0 ... count - 1
 *
 * Shapes: result [count].
 * @throws UserError if the ends are not finite and ascending, or `count` is not a whole number from 2
 */
export function evenGrid(low: number, high: number, count: number): number[] {
  if (!(low < high && Number.isFinite(high - low)) || !Number.isSafeInteger(count) || count < 2) {
    throw new UserError(
      `grid: expected low < high and a whole number of points from 2, got ${low}, ${high} and ${count}`,
    );
  }
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? high : low + ((high - low) * i) / (count - 1)));
}

/** @throws UserError unless the numbers are finite and each is above the one before */
export function requireAscending(values: readonly number[], where: string): void {
  values.forEach((value, i) => {
    if (!Number.isFinite(value) || (i > 0 && value <= values[i - 1]!)) {
      throw new UserError(
        `${where}: expected finite numbers in ascending order, got ${value} at ${i}; sort them first`,
      );
    }
  });
}
