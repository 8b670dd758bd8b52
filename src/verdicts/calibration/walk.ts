/** How many units on one side of a bound decide, at each n. */
export type Least = (units: number) => number;

/**
 * When a claim with one bound (margin and no effect the same) is decided, exactly: the probability that the first
 * decision falls on each number of units, where a share of all units lies beyond the bound and the rest on its other
 * side.
 *
 * Shapes: result [most + 1]; what is missing to 1 is not decided by then. Cost: most * the width of what is open.
 */
export function decisionTimes(share: number, least: Least, most: number): Float64Array {
  const times = new Float64Array(most + 1);
  // The probability of k units beyond the bound and no decision yet, for k from `low` to `high`.
  const open = new Float64Array(most + 2);
  open[0] = 1;
  let [low, high] = [0, 0];
  for (let n = 1; n <= most && low <= high; n++) {
    for (let k = high + 1; k > low; k--) open[k] = (1 - share) * open[k]! + share * open[k - 1]!;
    open[low]! *= 1 - share;
    high++;
    const c = least(n);
    for (; high >= c && high >= low; high--) times[n]! += taken(open, high);
    for (; n - low >= c && high >= low; low++) times[n]! += taken(open, low);
  }
  return times;
}

/** What stands at a place, which is 0 from then on. */
function taken(open: Float64Array, at: number): number {
  const p = open[at]!;
  open[at] = 0;
  return p;
}

/** The share of studies decided by each number of units. Shapes: result [most + 1] */
export function decidedBy(times: Float64Array): Float64Array {
  let sum = 0;
  return times.map((p) => {
    sum += p;
    return sum;
  });
}

/** The least number of units by which a share of studies is decided; undefined where that is never. */
export function timeQuantile(times: Float64Array, share: number): number | undefined {
  const at = decidedBy(times).findIndex((decided) => decided >= share);
  return at < 0 ? undefined : at;
}
