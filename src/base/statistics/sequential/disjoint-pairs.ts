/** How many of some pairs are ordered alike in both quantities. */
export interface PairCount {
  readonly concordant: number;
  readonly pairs: number;
}

/**
 * Units 1 and 2, 3 and 4, ... as pairs: how many are concordant, of those without a tie. Pairs that share no unit are
 * independent, so that the count is binomial with rate (1 + gamma) / 2: gamma of Goodman and Kruskal, Kendall's tau
 * where nothing ties.
 *
 * Shapes: x and y [n]; a last unit without a partner waits for the next.
 * Reference: Goodman & Kruskal 1954, J. Am. Stat. Assoc. 49.
 */
export function disjointPairs(x: ArrayLike<number>, y: ArrayLike<number>): PairCount {
  let [concordant, pairs] = [0, 0];
  for (let i = 0; i + 1 < x.length; i += 2) {
    const order = Math.sign(x[i]! - x[i + 1]!) * Math.sign(y[i]! - y[i + 1]!);
    if (order !== 0) pairs++;
    if (order > 0) concordant++;
  }
  return { concordant, pairs };
}
