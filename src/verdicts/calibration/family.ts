import { Mt19937 } from '../../base/mt19937.js';
import { normalQuantile, normalUpperTail } from '../../base/statistics/index.js';
import { normal } from './draws.js';
import type { Rule, Thresholds } from './rules.js';

/** How families are simulated: so many places over the same units, which agree more or less from place to place. */
export interface FamilyOptions {
  readonly families: number;
  readonly units: number;
  readonly seed: number;
  readonly places: number;
  readonly rule: Rule;
  /** Correlation of two places' values of the same unit, as of normal numbers that lie behind them. Range: [0, 1) */
  readonly correlation: number;
}

/** A place of a family at its margin: the shares of units below it and not above it, and the counts that reject it. */
interface Place {
  readonly below: number;
  readonly notAbove: number;
  readonly thresholds: Thresholds;
}

const rates = [0.1, 0.5, 0.9];

/** In turn two continuous medians, one of which a tenth of the units is the margin itself, and a rate. */
function placeAt(i: number, { units, rule }: FamilyOptions): Place {
  const rate = rates[Math.floor(i / 4) % rates.length]!;
  if (i % 4 === 3) return { below: 1 - rate, notAbove: 1 - rate, thresholds: rule.thresholds('rate', rate, units) };
  const thresholds = rule.thresholds('median', 0, units);
  return i % 4 === 2 ? { below: 0.45, notAbove: 0.55, thresholds } : { below: 0.5, notAbove: 0.5, thresholds };
}

/** Of so many families, each with its truths at the margins where every decision is false, those with any decision. */
export function falseFamilies(options: FamilyOptions): number {
  const rng = new Mt19937(options.seed);
  const places = Array.from({ length: options.places }, (_, i) => placeAt(i, options));
  const given = conditionalChance(options.correlation);
  let wrong = 0;
  for (let family = 0; family < options.families; family++) if (everDecides(places, given, rng, options.units)) wrong++;
  return wrong;
}

/**
 * The chance that a place's normal number is below the quantile of a share, given the number that all places have in
 * common.
 *
 *     P(sqrt(rho) c + sqrt(1 - rho) z <= q),   z standard normal
 */
function conditionalChance(correlation: number): (share: number, common: number) => number {
  const quantiles = new Map<number, number>();
  const quantile = (share: number): number => {
    const known = quantiles.get(share) ?? normalQuantile(share);
    quantiles.set(share, known);
    return known;
  };
  const [shared, own] = [Math.sqrt(correlation), Math.sqrt(1 - correlation)];
  return (share, common) => (correlation === 0 ? share : normalUpperTail((shared * common - quantile(share)) / own));
}

/** Draws and judges one family, up to its first decision. */
function everDecides(
  places: readonly Place[],
  given: (share: number, common: number) => number,
  rng: Mt19937,
  units: number,
): boolean {
  const shares = [...new Set(places.flatMap(({ below, notAbove }) => [below, notAbove]))];
  const [lower, upper] = [
    Int32Array.from(places, (p) => shares.indexOf(p.below)),
    Int32Array.from(places, (p) => shares.indexOf(p.notAbove)),
  ];
  const [above, below] = [new Int32Array(places.length), new Int32Array(places.length)];
  for (let n = 1; n <= units; n++) {
    const common = normal(rng);
    const chances = Float64Array.from(shares, (share) => 2 ** 32 * given(share, common));
    let isDecided = false;
    for (let i = 0; i < places.length; i++) {
      const drawn = rng.next();
      // No threshold falls as n grows, so that a count which has not risen decides nothing.
      if (drawn < chances[lower[i]!]!) {
        below[i]!++;
        isDecided ||= below[i]! >= places[i]!.thresholds.below[n]!;
      } else if (drawn >= chances[upper[i]!]!) {
        above[i]!++;
        isDecided ||= above[i]! >= places[i]!.thresholds.above[n]!;
      }
    }
    if (isDecided) return true;
  }
  return false;
}
