import { clopperPearsonInterval } from '../../base/statistics/clopper-pearson.js';
import type { Tally } from './simulate.js';

/**
 * One line of the calibration: a kind of test at one place of its truth. Shares are of studies; `low` and `high` are
 * the ends of the 99 % interval (Clopper and Pearson) of the share that has a false verdict at any look.
 */
export interface CalibrationRow {
  readonly name: string;
  readonly where: string;
  readonly studies: number;
  readonly falseShare: number;
  readonly low: number;
  readonly high: number;
  /** Share of studies whose interval holds the truth at every look; undefined for a conjunction, which has none. */
  readonly coverage?: number;
  /** Share of studies that came to a decision. */
  readonly decided: number;
  /** Looks until it, the median over all studies; undefined where fewer than half decided. */
  readonly looks?: number;
}

/** Share of false studies with its interval. */
export function falseShareOf(falseStudies: number, studies: number) {
  const { low, high } = clopperPearsonInterval(falseStudies, studies, 0.99);
  return { studies, falseShare: falseStudies / studies, low, high };
}

/** A row of a tally. */
export function rowOf(name: string, where: string, tally: Tally, hasInterval = true): CalibrationRow {
  const { studies, falseStudies, missed, decidedAfter } = tally;
  const looks = decidedAfter[Math.ceil(studies / 2) - 1];
  return {
    name,
    where,
    ...falseShareOf(falseStudies, studies),
    ...(hasInterval && { coverage: 1 - missed / studies }),
    decided: decidedAfter.length / studies,
    ...(looks !== undefined && { looks }),
  };
}
