/** A way in which something may be decided: how many units speak for it so far, and when they suffice. */
export interface Way {
  readonly beyond: number;
  /** The least number of n units that decides. */
  readonly least: (units: number) => number;
  /** So few of n units, or fewer, decide against it. */
  readonly lost: (units: number) => number;
}

/**
 * The probability that a way has decided by each number of units, seen after `units` of which `beyond` speak for it,
 * where no share of such units was likelier than another beforehand: a further unit speaks for it with probability
 * (k + 1) / (n + 2), whatever came in between (Polya's urn).
 *
 * Shapes: result [most + 1], rising, 0 up to `units`. Reference: Laplace 1774, the rule of succession.
 */
export function decidedByThen({ beyond, least, lost }: Way, units: number, most: number): Float64Array {
  const decided = new Float64Array(most + 1);
  // The probability of k units for it and no decision yet, for k from `low` to `high`.
  const open = new Float64Array(most + 3);
  open[beyond] = 1;
  let [low, high, sum] = [beyond, beyond, 0];
  for (let n = units + 1; n <= most; n++) {
    high++;
    for (let k = high; k > low; k--) open[k] = (open[k]! * (n - k) + open[k - 1]! * k) / (n + 1);
    open[low]! *= (n - low) / (n + 1);
    for (const c = least(n); high >= c && high >= low; high--) {
      sum += open[high]!;
      open[high] = 0;
    }
    for (const few = lost(n); low <= few && low <= high; low++) open[low] = 0;
    decided[n] = sum;
  }
  return decided;
}

/** Points of the distribution that a range of units is given by: half of all futures lie between them. */
export const forecastPoints = [0.15, 0.65] as const;

/**
 * How many units more something takes that may be decided in several ways, of which no two come true together: from the
 * 15 % to the 65 % point of what the units so far foretell. Half of all futures lie in it, and its middle is near their
 * median, which the middle of the quartiles is not: a few futures take a hundred times as long as most. An end that is
 * undefined lies beyond `most` units in all.
 */
export function unitsToCome(
  ways: readonly Way[],
  units: number,
  most: number,
): readonly [number | undefined, number | undefined] {
  const decided = ways.map((way) => decidedByThen(way, units, most));
  const total = (n: number): number => decided.reduce((sum, way) => sum + way[n]!, 0);
  const [early, late] = forecastPoints.map((point) => {
    let n = units + 1;
    while (n <= most && total(n) < point) n++;
    return n > most ? undefined : n - units;
  });
  return [early, late];
}
