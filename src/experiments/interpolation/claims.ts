import type { Term } from '../../study/claim.js';
import { cell, holds, last, term } from '../../study/vocabulary/index.js';
import { alphaIds, codedAlphas, intendedAlphas, nearestTo } from './arms.js';
import { onLine } from './quantities.js';

/** A network on the line, by its alpha, and its test loss. */
export interface LinePoint {
  readonly alpha: number;
  readonly testLoss: Term;
}

/** Networks that are trained once more before they are measured, by the ids of their arms. */
export const lineOfArms = (ids: readonly string[]): readonly LinePoint[] =>
  codedAlphas.map((alpha, i) => ({ alpha, testLoss: term(ids[i]!, last('testLoss')) }));

/** The line of the code. */
export const retrainedLine = lineOfArms(alphaIds);

/** A line as it is, by the measurement that walks along it. */
export const measuredLine = (arm: string): readonly LinePoint[] =>
  intendedAlphas.map((alpha) => ({ alpha, testLoss: term(arm, onLine(alpha)) }));

/** The test loss at the point of a line that is nearest to an alpha. */
export function lossAt(line: readonly LinePoint[], alpha: number): Term {
  const alphas = line.map((point) => point.alpha);
  return line[nearestTo(alphas, alpha)]!.testLoss;
}

/** Test losses of the points of a line that lie in a range, both ends included. */
export const lossesIn = (line: readonly LinePoint[], from: number, to: number): readonly Term[] =>
  line.filter(({ alpha }) => alpha >= from && alpha <= to).map(({ testLoss }) => testLoss);

/** How near to 0 the best network must lie: two steps of the original's grid. */
export const near = 0.27;

/**
 * What stands between the ends of a measured line: the largest test error from alpha 0 to 1, less the mean error of
 * both ends. Range: [0, 1]. Reference: Frankle et al. 2020, section 2.
 */
export function errorBarrier(arm: string): Term {
  const right = (alpha: number): Term => term(arm, cell('testAccuracy', 'alpha', alpha));
  const between = intendedAlphas.filter((alpha) => alpha >= 0 && alpha <= 1);
  return { difference: [{ mean: [right(0), right(1)] }, { least: between.map(right) }] };
}

/** 1 if the least test loss of a line lies near alpha 0, else 0. */
export function bestNearZero(line: readonly LinePoint[]): Term {
  const far = line.filter(({ alpha }) => Math.abs(alpha) > near).map(({ testLoss }) => testLoss);
  return holds({ difference: [{ least: lossesIn(line, -near, near) }, { least: far }] }, { below: 0 });
}
