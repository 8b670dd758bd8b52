import { binomialTails } from '../../base/statistics/binomial.js';
import { signThreshold } from '../../base/statistics/index.js';
import { evidence } from './kinds.js';
import { bootstrapOfMedian, coverageAt, fixedSignTest } from './rivals.js';
import { decidedBy, decisionTimes, type Least, timeQuantile } from './walk.js';

/** Nobody simulates more units than this. */
const most = 4000;

const ownRule =
  (level: number): Least =>
  (n) =>
    signThreshold(n, level);

/**
 * Units to a decision where a share of all units lies beyond a bound, exactly: the median and the 90 % point over
 * studies; and of tests that are made for one n, the least n at which half (or nine tenths) of studies decide.
 * Undefined beyond 4,000.
 */
export interface SpeedRow {
  readonly share: number;
  readonly level: 'alone' | 'registered';
  readonly median: number | undefined;
  readonly late: number | undefined;
  /** A two-sided sign test by somebody who knows the share beforehand, and so the n. */
  readonly fixedMedian: number | undefined;
  readonly fixedLate: number | undefined;
  /** The same, who knows the side as well. */
  readonly oracleMedian: number | undefined;
}

/** Units to a decision at several shares, alone and in the register. */
export function calibrateSpeed(shares: readonly number[]): readonly SpeedRow[] {
  return (['alone', 'registered'] as const).flatMap((level) => {
    const [own, side, sided] = [ownRule(evidence[level]), 1 / evidence[level], 2 / evidence[level]];
    return shares.map((share) => {
      const times = decisionTimes(share, own, most);
      return {
        share,
        level,
        median: timeQuantile(times, 0.5),
        late: timeQuantile(times, 0.9),
        fixedMedian: fixedUnits(share, side, 0.5),
        fixedLate: fixedUnits(share, side, 0.9),
        oracleMedian: fixedUnits(share, sided, 0.5),
      };
    });
  });
}

/**
 * The least n at which the exact sign test of that n alone, with so much on the side that it looks at, decides in a
 * share of all studies.
 */
export function fixedUnits(share: number, tail: number, power: number): number | undefined {
  const least = fixedSignTest(tail);
  for (let n = 1; n <= most; n++) {
    const k = least(n);
    if (k <= n && binomialTails(k, n, share).upper >= power) return n;
  }
  return undefined;
}

/** The share of studies of continuous values, with their truth at the bound, that are decided by n: exactly. */
export interface PeekingRow {
  readonly units: number;
  readonly own: number;
  readonly signTest: number;
  readonly bootstrap: number;
}

/** How often each rule errs at the margin, by the number of looks, up to 1,000. */
export function calibratePeeking(): readonly PeekingRow[] {
  const rules = [ownRule(evidence.alone), fixedSignTest(0.025), bootstrapOfMedian];
  const [own, signTest, bootstrap] = rules.map((rule) => decidedBy(decisionTimes(0.5, rule, 1000))) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return looks.map((units) => ({
    units,
    own: own[units]!,
    signTest: signTest[units]!,
    bootstrap: bootstrap[units]!,
  }));
}

const looks = [5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 65, 80, 100, 125, 150, 200, 300, 400, 500, 700, 1000];

/** How often the old rule's interval holds the median of continuous values, at one odd n fixed beforehand: exactly. */
export const bootstrapCoverage = (units: readonly number[]) =>
  units.map((n) => ({ units: n, coverage: coverageAt(bootstrapOfMedian, n) }));
