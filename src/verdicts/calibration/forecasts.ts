import { Mt19937 } from '../../base/mt19937.js';
import { signThreshold } from '../../base/statistics/index.js';
import type { ClaimTest } from '../../study/claim.js';
import { seedsToCome } from '../needed.js';
import { uniform } from './draws.js';
import { exactly } from './scenario.js';

/** A claim that was open when it was asked how long it would take, and how long it then took. */
export interface ForecastRow {
  /** Share of its units that truly lie beyond the bound. */
  readonly share: number;
  /** Units when it was asked. */
  readonly units: number;
  /** The range that was shown, of units more; undefined: beyond `most`. */
  readonly from: number;
  readonly to: number | undefined;
  /** What was needed; undefined: not decided by `most`. */
  readonly needed: number | undefined;
}

/** How claims are simulated: how many open ones, at which level, stopped between how many units. */
export interface ForecastOptions {
  readonly claims: number;
  readonly evidence: number;
  readonly stops: readonly [least: number, most: number];
  readonly seed: number;
}

/** The claim: more than 0, which a value of 1 speaks for and one of -1 against. */
const test: ClaimTest = {
  kind: 'median',
  label: 'values of 1 and -1',
  x: { number: 0 },
  direction: 'above',
  margin: 0,
  noEffect: 0,
};

/** Further than this no claim is followed. */
const most = 4000;

/** Claims of every share from 0 to 1, stopped at random while open. */
export function forecasts({ claims, evidence, stops, seed }: ForecastOptions): readonly ForecastRow[] {
  const rng = new Mt19937(seed);
  const least = (n: number): number => signThreshold(n, evidence);
  const isOpen = (above: number, n: number): boolean => Math.max(above, n - above) < least(n);
  const rows: ForecastRow[] = [];
  while (rows.length < claims) {
    const share = uniform(rng);
    const units = stops[0] + Math.floor((stops[1] - stops[0] + 1) * uniform(rng));
    const draw = (): number => (uniform(rng) < share ? 1 : 0);
    let above = 0;
    for (let n = 0; n < units; n++) above += draw();
    if (!isOpen(above, units)) continue;
    const values = Array.from({ length: units }, (_, i) => exactly(i < above ? 1 : -1));
    const [from, to] = seedsToCome(test, values, { evidence, seeds: units });
    let n = units;
    while (n <= most && isOpen(above, n)) {
      above += draw();
      n++;
    }
    rows.push({ share, units, from, to, needed: n > most ? undefined : n - units });
  }
  return rows;
}

/** What the ranges are worth: the share that held what was needed, and the median of needed over the range's middle. */
export interface ForecastSummary {
  readonly claims: number;
  readonly held: number;
  /** Of the ranges with an end. */
  readonly ratio: number;
  readonly endless: number;
}

/** Sums up forecasts. */
export function summaryOf(rows: readonly ForecastRow[]): ForecastSummary {
  const held = rows.filter(({ from, to = Infinity, needed = Infinity }) => from <= needed && needed <= to);
  const ratios = rows
    .flatMap(({ from, to, needed = most }) =>
      from !== undefined && to !== undefined ? [(2 * needed) / (from + to)] : [],
    )
    .sort((a, b) => a - b);
  return {
    claims: rows.length,
    held: held.length / rows.length,
    ratio: ratios[Math.floor(ratios.length / 2)] ?? Number.NaN,
    endless: rows.filter(({ to }) => to === undefined).length / rows.length,
  };
}
