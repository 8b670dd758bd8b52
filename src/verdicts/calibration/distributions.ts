import { exp, log } from '../../base/math.js';
import type { Mt19937 } from '../../base/mt19937.js';
import { normalQuantile } from '../../base/statistics/index.js';
import { point, type Scenario } from './scenario.js';

/** A number of (0, 1). */
export const uniform = (rng: Mt19937): number => (rng.next() + 0.5) / 2 ** 32;
/** A standard normal number, by inversion. */
export const normal = (rng: Mt19937): number => normalQuantile(uniform(rng));

const each = (name: string, truth: number, one: (rng: Mt19937) => number): Scenario => ({
  name,
  truth,
  draw: (rng, units) => Array.from({ length: units }, () => point(one(rng))),
});

/** Scenarios with the median `at`, one of each family that studies of networks give. */
export const medians = (at: number): readonly Scenario[] => [
  each('normal', at, (rng) => at + normal(rng)),
  each('Cauchy', at, (rng) => at + normal(rng) / normal(rng)),
  each('lognormal', at, (rng) => at + exp(normal(rng)) - 1),
  each('ties', at, (rng) => at + Math.round(2 * normal(rng)) / 2),
  each('an atom at the median', at, (rng) => (uniform(rng) < 0.3 ? at : at + normal(rng))),
  censored(at),
  pairedRanks(at),
];

/** Log ratios of two running times of which the first is only followed up to a limit: half a range where it was cut. */
function censored(at: number): Scenario {
  const limit = 0.8;
  return {
    name: 'censored',
    truth: at,
    draw: (rng, units) =>
      Array.from({ length: units }, () => {
        const [numerator, denominator] = [at + 0.7 * normal(rng), 0.7 * normal(rng)];
        const low = Math.min(numerator, at + limit) - denominator;
        return { low, high: numerator > at + limit ? Number.POSITIVE_INFINITY : low };
      }),
  };
}

/** Kendall's tau of five noisy values with their order, moved so that its median is `at`: ten steps, many ties. */
function pairedRanks(at: number): Scenario {
  const noise = 3;
  const tau = (rng: Mt19937): number => {
    const values = Array.from({ length: 5 }, (_, i) => i + noise * normal(rng));
    let sum = 0;
    for (let i = 0; i < 5; i++) for (let j = i + 1; j < 5; j++) sum += Math.sign(values[j]! - values[i]!);
    return sum / 10;
  };
  return each('trends over five sizes', at, (rng) => at + tau(rng) - tauMedian);
}

/** The median of that tau: its distribution has an atom there, so that shifting by it is exact. */
const tauMedian = 0.4;

/** Ones and zeros with a rate. */
export const rate = (of: number): Scenario => each(`rate ${of}`, of, (rng) => (uniform(rng) < of ? 1 : 0));

/** Log of a ratio of two values alike but for noise: as a claim of likeness sees them. */
export const spread = (at: number): Scenario =>
  each('spread of three', at, (rng) => {
    const values = [normal(rng), normal(rng), normal(rng)].map((x) => exp(0.2 * x));
    return at + log(Math.max(...values) / Math.min(...values)) - spreadMedian;
  });

/** The median of 0.2 times the range of three normal numbers. */
const spreadMedian = 0.2 * 1.58778775;
