import { exp } from '../../base/math.js';
import type { Mt19937 } from '../../base/mt19937.js';
import type { Range } from '../../base/statistics/index.js';
import { normal, uniform } from './draws.js';
import { exactly, type Scenario } from './scenario.js';

/** A scenario whose units are values, drawn one by one. */
export function valuesOf(name: string, truth: Range, one: (rng: Mt19937) => number): Scenario {
  return {
    name,
    parameter: 'median',
    truth,
    draw(rng, units) {
      const low = filled(units, () => one(rng));
      return { low, high: low };
    },
  };
}

/** So many numbers, drawn in turn. A plain loop, as `from` takes ten times as long. Shapes: result [length] */
export function filled(length: number, one: (i: number) => number): Float64Array {
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) values[i] = one(i);
  return values;
}

/** Standard deviation of the logarithm of a running time. */
export const spreadOfTimes = 0.7;
/** The logarithm of the limit up to which the first of two running times is followed. */
export const followedTo = 0.4;
/** One unit of ten is lost: it diverged. */
const lost = 0.1;

/** Log ratios of two running times, known from below alone where the first was cut; nothing is known of a lost one. */
const censored: Scenario = {
  name: 'values cut at a limit, or lost',
  parameter: 'median',
  truth: exactly(0),
  draw(rng, units) {
    const [low, high] = [new Float64Array(units), new Float64Array(units)];
    for (let i = 0; i < units; i++) {
      const [first, second] = [spreadOfTimes * normal(rng), spreadOfTimes * normal(rng)];
      const isLost = uniform(rng) < lost;
      low[i] = isLost ? Number.NEGATIVE_INFINITY : Math.min(first, followedTo) - second;
      high[i] = isLost || first > followedTo ? Number.POSITIVE_INFINITY : first - second;
    }
    return { low, high };
  },
};

/** Kendall's tau of five values with their order, each value its place and normal noise: eleven steps, -1 to 1. */
function trend(noise: number): (rng: Mt19937) => number {
  const values = new Float64Array(5);
  return (rng) => {
    for (let i = 0; i < 5; i++) values[i] = i + noise * normal(rng);
    let sum = 0;
    for (let i = 0; i < 5; i++) for (let j = i + 1; j < 5; j++) sum += Math.sign(values[j]! - values[i]!);
    return sum / 10;
  };
}

/** With this noise 49.3 % of the trends are above 0.5 (of 10 million drawn): the median is the step below, 0.4. */
const noiseAtHalf = 2.2;

/** Largest over smallest of three values that differ by noise alone, as a log ratio. */
function spread(rng: Mt19937): number {
  const [a, b, c] = [normal(rng), normal(rng), normal(rng)];
  return Math.max(a, b, c) - Math.min(a, b, c);
}

/** The median of the range of three standard normal values. */
const medianSpread = 1.58778774;

/** One of each family of values that studies of networks give; the median of most is 0. */
export const medians: readonly Scenario[] = [
  valuesOf('normal', exactly(0), normal),
  valuesOf('Cauchy', exactly(0), (rng) => normal(rng) / normal(rng)),
  valuesOf('lognormal', exactly(0), (rng) => exp(normal(rng)) - 1),
  valuesOf('whole numbers, many ties', exactly(0), (rng) => Math.round(normal(rng))),
  valuesOf('an atom at the median', exactly(0), (rng) => (uniform(rng) < 0.3 ? 0 : normal(rng))),
  valuesOf('two values, half each: all between are medians', { low: 0, high: 1 }, (rng) =>
    uniform(rng) < 0.5 ? 0 : 1,
  ),
  censored,
  valuesOf('trends over five noisy sizes', exactly(0.4), trend(noiseAtHalf)),
  valuesOf('the spread of three', exactly(medianSpread), spread),
];

/** Ones and zeros with a rate. */
export const rateOf = (rate: number): Scenario => ({
  ...valuesOf(`rate ${rate}`, exactly(rate), (rng) => (uniform(rng) < rate ? 1 : 0)),
  parameter: 'rate',
});

/** Steps of the two quantities of a pair, and the share of units in which the second is the first. */
const [steps, alike] = [4, 0.45];

/** Pairs of units with two quantities on a few steps each: of many pairs one quantity ties. */
export const tiedPairs: Scenario = {
  name: 'pairs with ties',
  parameter: 'gamma',
  truth: exactly(gammaOfSteps()),
  draw(rng, units) {
    const step = (): number => Math.floor(steps * uniform(rng));
    const unit = (): readonly [number, number] => {
      const x = step();
      return [x, uniform(rng) < alike ? x : step()];
    };
    const low = filled(units, () => {
      const [[x1, y1], [x2, y2]] = [unit(), unit()];
      return Math.sign(x1 - x2) * Math.sign(y1 - y2) || Number.NaN;
    });
    return { low, high: low };
  },
};

/** Gamma of those pairs: concordant less discordant over both, from the chance of each two units. */
function gammaOfSteps(): number {
  const chance = (x: number, y: number): number => ((x === y ? alike : 0) + (1 - alike) / steps) / steps;
  const all = Array.from({ length: steps * steps }, (_, i) => [Math.floor(i / steps), i % steps] as const);
  let [concordant, discordant] = [0, 0];
  for (const [x1, y1] of all) {
    for (const [x2, y2] of all) {
      const order = Math.sign(x1 - x2) * Math.sign(y1 - y2);
      if (order > 0) concordant += chance(x1, y1) * chance(x2, y2);
      if (order < 0) discordant += chance(x1, y1) * chance(x2, y2);
    }
  }
  return (concordant - discordant) / (concordant + discordant);
}
