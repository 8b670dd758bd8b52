import { falseFamilies } from './family.js';
import { evidence } from './kinds.js';
import { falseShareOf } from './rows.js';
import { verdictRule } from './rules.js';

/** Places of the register. */
const places = 160;

/** One line: a family of places, its truths all at their margins, and the share of families with any false verdict. */
export interface FamilyRow extends ReturnType<typeof falseShareOf> {
  readonly name: string;
  readonly correlation: number;
}

/** How many families, of how many units, from which seed. */
export interface FamiliesOptions {
  readonly families: number;
  readonly units: number;
  readonly seed: number;
}

/**
 * The whole register at 0.05 / 160 a place, its places correlated more and more; and at 0.05 a place, as it must not
 * be.
 */
export function calibrateFamilies({ families, units, seed }: FamiliesOptions): readonly FamilyRow[] {
  const row = (name: string, level: number, correlation: number, i: number): FamilyRow => {
    const rule = verdictRule(level);
    const wrong = falseFamilies({ families, units, seed: seed + i, places, rule, correlation });
    return { name, correlation, ...falseShareOf(wrong, families) };
  };
  return [
    ...[0, 0.5, 0.9].map((rho, i) => row('each place at 0.05 / 160', evidence.registered, rho, i)),
    ...[0, 0.9].map((rho, i) => row('each place at 0.05', evidence.alone, rho, 3 + i)),
  ];
}
