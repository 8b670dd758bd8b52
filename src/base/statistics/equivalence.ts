import { exp, log } from '../math.js';
import { pairedDifferences, pairedRatios } from './paired.js';
import { type Interval, requirePairs } from './sample.js';
import { studentQuantile, studentUpperTail } from './student-t.js';

/** How far apart is still "similar": a factor either way for positive quantities, or an absolute margin. */
export type EquivalenceBound = { readonly factor: number } | { readonly margin: number };

/** Whether two paired quantities are equivalent, and the interval that shows it. */
export interface Equivalence {
  /**
   * Mean difference, or geometric mean of the ratios, with its 1 - 2 alpha interval: equivalent where all of it is
   * inside the bounds.
   */
  readonly interval: Interval;
  /** The larger of the two one-sided p-values. */
  readonly pValue: number;
  readonly equivalent: boolean;
}

/**
 * Two one-sided paired t-tests (TOST): small p-values speak for equivalence, and "not shown to differ" is not enough.
 *
 *     d_i = a_i - b_i and m = margin, or d_i = log(a_i / b_i) and m = log factor;   se = sd(d) / sqrt(n)
 *     pValue = max(P(T > (mean + m) / se), P(T > (m - mean) / se)),   T with n - 1 degrees of freedom
 *
 * Shapes: a, b [n], n >= 2. Reference: Schuirmann 1987, J. Pharmacokinetics and Biopharmaceutics 15(6).
 * @throws RangeError if there are fewer than 2 pairs, a value is not finite (and positive, with a factor), or the bound
 * is not above 0 (1 for a factor)
 */
export function equivalenceTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  bound: EquivalenceBound,
  alpha = 0.05,
): Equivalence {
  requirePairs(a, b, 'equivalenceTest', 2);
  const ratios = 'factor' in bound;
  const margin = ratios ? log(bound.factor) : bound.margin;
  if (!(margin > 0 && margin < Infinity && alpha > 0 && alpha < 0.5)) {
    throw new RangeError(
      `equivalenceTest: expected a factor above 1 or a margin above 0 and alpha in (0, 0.5), ` +
        `got ${JSON.stringify(bound)} and ${alpha}`,
    );
  }
  const differences = ratios ? pairedRatios(a, b).map(log) : pairedDifferences(a, b);
  const { mean, error } = meanWithError(differences);
  const degreesOfFreedom = differences.length - 1;
  const tail = (distance: number) =>
    error > 0 ? studentUpperTail(distance / error, degreesOfFreedom) : distance > 0 ? 0 : 1;
  const pValue = Math.max(tail(margin + mean), tail(margin - mean));
  const half = studentQuantile(1 - alpha, degreesOfFreedom) * error;
  const [estimate, low, high] = [mean, mean - half, mean + half].map((x) => (ratios ? exp(x) : x)) as [
    number,
    number,
    number,
  ];
  return { interval: { estimate, low, high }, pValue, equivalent: pValue < alpha };
}

/** Mean, and its standard error sqrt(sum (d - mean)^2 / (n - 1) / n). */
function meanWithError(values: Float64Array): { readonly mean: number; readonly error: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, error: Math.sqrt(squares / (n - 1) / n) };
}
