// Not from the index: `descent list` loads this file, and hashes come with the rest.
import { exp } from '../base/math.js';
import type { ClaimTest, Scale } from './claim.js';

/** Three significant digits, without an exponent where that is readable. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'infinity' : '-infinity';
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  return size >= 1e6 || (size > 0 && size < 1e-4) ? value.toExponential(2) : String(rounded);
}

/** What is shown of a number: a factor for its logarithm, points for a share. */
export const shownValue = (x: number, scale: Scale = 'number'): number =>
  scale === 'factor' ? expOf(x) : scale === 'points' ? 100 * x : x;

const expOf = (x: number): number => (Number.isFinite(x) ? exp(x) : x > 0 ? Number.POSITIVE_INFINITY : 0);

const units: Readonly<Record<Scale, string>> = { factor: '', points: ' points', images: ' images', number: '' };

/** A number of a test as it is read: `2.4`, `1.2 points`, `10 images`. */
export const shown = (x: number, scale: Scale = 'number'): string => `${digits(shownValue(x, scale))}${units[scale]}`;

/** The scale on which the numbers of a test are read. */
export const scaleOf = (test: ClaimTest): Scale => ('scale' in test ? (test.scale ?? 'number') : 'number');

/** Where an effect must be to bear a claim out, in words: `above 1.1`. */
export function expectation(test: ClaimTest): string {
  const scale = scaleOf(test);
  if (test.kind === 'band') return `from ${shown(test.low, scale)} to ${shown(test.high, scale)}`;
  return `${test.direction} ${shown(test.margin, scale)}`;
}
