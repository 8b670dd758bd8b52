import type { ClaimTest } from './claim.js';

/** Where an effect must be to bear a claim out, in words: `above 1.1`. */
export function expectation(test: ClaimTest): string {
  if (test.kind === 'similar') return `within a factor of ${test.factor}`;
  if (test.kind === 'chance') return `an interval that holds ${test.share}`;
  return `${test.direction} ${test.margin}`;
}
