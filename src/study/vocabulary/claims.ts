import type { Claim, ClaimTest } from '../claim.js';
import { expectation } from '../expectation.js';
import { percent } from './words.js';

/** A claim whose margin is put into words from the bounds of its tests. */
interface ClaimParts extends Omit<Claim, 'margin'> {
  /** How bounds are shown: as they are, or shares as percent or in points. Default as they are. */
  readonly unit?: '%' | 'points';
  /** Words around the bounds, each different one once, in the order of the tests. Default: the bounds alone. */
  readonly margin?: (...bounds: readonly string[]) => string;
}

/** A claim as the register keeps it: `margin` follows from the tests. */
export function claim({ unit, margin = (...bounds) => bounds.join('; '), ...parts }: ClaimParts): Claim {
  const tests = Object.values(parts.tests).flat();
  return { ...parts, margin: margin(...new Set(tests.map((test) => boundText(test, unit)))) };
}

function boundText(test: ClaimTest, unit: ClaimParts['unit']): string {
  if (unit === undefined || !('margin' in test)) return expectation(test);
  return `${test.direction} ${percent(test.margin)} ${unit}`;
}

/** At least so many seeds. */
export const seeds = (count: number): Claim['least'] => ({ count, unit: 'seeds' });

/** At least so many points. */
export const points = (count: number): Claim['least'] => ({ count, unit: 'points' });
