/**
 * How many of n units have to lie on one side of a value before that value is rejected as their median, at any n that
 * is looked at.
 *
 * If q is a median, each unit lies above it with probability at most 1/2, so for k of n above
 *
 *     E_n(k) = 2^(n+1) * integral over p in (1/2, 1) of p^k (1-p)^(n-k) dp
 *            = sum over j <= k of C(n+1, j) / ((n+1) C(n, k))
 *
 * is a test supermartingale from 1, and P(E_n >= 2/a for some n) <= a/2 (Ville 1939). The two sides together hold at
 * level a.
 * References: Robbins 1970, Ann. Math. Stat. 41(5); Howard & Ramdas 2022, Bernoulli 28(3).
 */

/**
 * The row of one n: c, and the integers C(n, c), C(n, c-1) and sum over j <= c of C(n+1, j) that the next row is made
 * from.
 */
interface Row {
  readonly threshold: number;
  readonly atThreshold: bigint;
  readonly below: bigint;
  readonly sum: bigint;
}

const firstRow: Row = { threshold: 1, atThreshold: 0n, below: 1n, sum: 2n };

/** c(n, a) from c(n-1, a): the same, or one more. */
function nextRow({ threshold, atThreshold, below, sum }: Row, n: number, evidence: bigint): Row {
  const here = atThreshold + below;
  const beneath = (below * BigInt(n)) / BigInt(n + 1 - threshold);
  const total = 2n * sum - here;
  if (threshold <= n && total >= evidence * BigInt(n + 1) * here) {
    return { threshold, atThreshold: here, below: beneath, sum: total };
  }
  const above = (here * BigInt(n - threshold)) / BigInt(threshold + 1);
  return { threshold: threshold + 1, atThreshold: above, below: here, sum: total + above + here };
}

/** The thresholds of a level, as far as they were asked for. */
interface Table {
  readonly thresholds: number[];
  last: Row;
}

const tables = new Map<number, Table>();

function tableOf(evidence: number): Table {
  if (!(Number.isSafeInteger(evidence) && evidence >= 1))
    throw new RangeError(`signThreshold: expected 2 / a as a whole number of at least 1, got ${evidence}`);
  const table = tables.get(evidence) ?? { thresholds: [firstRow.threshold], last: firstRow };
  tables.set(evidence, table);
  return table;
}

/**
 * c(n, a): the least k with E_n(k) >= 2/a; n + 1 where not even k = n reaches it. In exact integers, so the same
 * everywhere.
 *
 * `evidence` is 2/a: 40 for a = 0.05, 6,400 for a = 0.05 / 160.
 * @throws RangeError if `units` or `evidence` is no whole number in range
 */
export function signThreshold(units: number, evidence: number): number {
  if (!(Number.isSafeInteger(units) && units >= 0))
    throw new RangeError(`signThreshold: expected a whole number of units, got ${units}`);
  const table = tableOf(evidence);
  for (let n = table.thresholds.length; n <= units; n++) {
    table.last = nextRow(table.last, n, BigInt(evidence));
    table.thresholds.push(table.last.threshold);
  }
  return table.thresholds[units]!;
}
