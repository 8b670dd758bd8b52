import { rateEvidence } from './rate-sequence.js';

const tables = new Map<string, number[]>();

/**
 * The least number of ones of n whose evidence that their rate is above a bound is enough: n + 1 where not even n is.
 * It never falls as n grows. `evidence` is 2/a.
 */
export function rateThreshold(units: number, rate: number, evidence: number): number {
  const key = `${rate} ${evidence}`;
  const table = tables.get(key) ?? [];
  tables.set(key, table);
  for (let n = table.length; n <= units; n++) {
    let ones = table[n - 1] ?? 0;
    while (ones <= n && rateEvidence(ones, n, rate) < evidence) ones++;
    table.push(ones);
  }
  return table[units]!;
}
