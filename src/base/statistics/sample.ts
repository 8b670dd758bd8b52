import { counted } from '../counted.js';

/**
 * Refuses a sample that no statistic can be taken of.
 * @throws RangeError if it has fewer than `least` values, or one that is not finite (a diverged run must not pass for a
 * value)
 */
export function requireSample(values: ArrayLike<number>, where: string, least = 1): void {
  if (values.length < least) {
    throw new RangeError(`${where}: expected at least ${counted(least, 'value')}, got ${values.length}`);
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`${where}: expected finite numbers, got ${values[i]} at ${i}; leave it out or censor it`);
    }
  }
}

/** @throws RangeError if a probability is not in [0, 1] */
export function requireProbability(p: number, where: string): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${where}: expected a probability from 0 to 1, got ${p}`);
}

/** @throws RangeError if a confidence (or significance) level is not inside (0, 1) */
export function requireLevel(level: number, where: string): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`${where}: expected a level between 0 and 1, got ${level}`);
}

/** @throws RangeError unless `successes` of `trials` are whole numbers, 0 <= successes <= trials and trials >= 1 */
export function requireCounts(successes: number, trials: number, where: string): void {
  const valid = Number.isSafeInteger(successes) && Number.isSafeInteger(trials);
  if (!valid || successes < 0 || successes > trials || trials < 1) {
    throw new RangeError(
      `${where}: expected whole numbers, 0 <= successes <= trials, got ${successes} of ${trials} trials`,
    );
  }
}

/** An estimate with its confidence interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}
