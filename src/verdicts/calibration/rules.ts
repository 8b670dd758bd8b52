import { rateThreshold, signThreshold } from '../../base/statistics/index.js';
import type { Parameter } from './scenario.js';

/**
 * The least number of n units strictly above, and strictly below, a value that rejects it: for each n.
 * Shapes: both [units + 1].
 */
export interface Thresholds {
  readonly above: Int32Array;
  readonly below: Int32Array;
}

/** How units reject a value. `countTies`: whether a unit at the value counts as beyond it, which it must not. */
export interface Rule {
  readonly countTies: boolean;
  thresholds(parameter: Parameter, value: number, units: number): Thresholds;
}

/** A rule for medians alone, by the least count on one side of a value at each n. */
export function medianRule(least: (units: number) => number, countTies = false): Rule {
  return {
    countTies,
    thresholds(_parameter, _value, units) {
      const both = Int32Array.from({ length: units + 1 }, (_, n) => (n === 0 ? 1 : least(n)));
      return { above: both, below: both };
    },
  };
}

/** The rule of the verdicts; `evidence` is 2 / a. */
export function verdictRule(evidence: number): Rule {
  const rateThresholds = (rate: number, units: number): Int32Array =>
    Int32Array.from({ length: units + 1 }, (_, n) => rateThreshold(n, rate, evidence));
  const median = medianRule((n) => signThreshold(n, evidence));
  return {
    countTies: false,
    thresholds(parameter, value, units) {
      if (parameter === 'median') return median.thresholds(parameter, value, units);
      const rate = parameter === 'gamma' ? (1 + value) / 2 : value;
      return { above: rateThresholds(rate, units), below: rateThresholds(1 - rate, units) };
    },
  };
}
