import { signThreshold } from './sign-threshold.js';

/** A range of values, both ends in it; ends may be infinite. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * The confidence sequence of a median: the closed interval that holds every median of what the units are drawn from,
 * at all n at once, with probability at least 1 - a.
 *
 *     [c-th largest lower end, c-th smallest upper end],  c = c(n, a), infinite where c > n
 *
 * A unit is a value or, where it was only seen to lie in a range (a run stopped at its limit), that range. Ties need
 * no care: a value rejects only what lies strictly on its other side. `evidence` is 2/a. Shapes: units [n], in the
 * order in which they count.
 * Reference: Howard & Ramdas 2022, Bernoulli 28(3), 1704-1728.
 * @throws RangeError if a range is empty or has an end that is not a number
 */
export function medianSequence(units: readonly Range[], evidence: number): Range {
  units.forEach(requireRange);
  const at = signThreshold(units.length, evidence) - 1;
  const lows = units.map(({ low }) => low).sort((a, b) => b - a);
  const highs = units.map(({ high }) => high).sort((a, b) => a - b);
  return { low: lows[at] ?? Number.NEGATIVE_INFINITY, high: highs[at] ?? Number.POSITIVE_INFINITY };
}

function requireRange({ low, high }: Range, i: number): void {
  if (!(low <= high)) throw new RangeError(`medianSequence: expected low <= high in unit ${i}, got [${low}, ${high}]`);
}
