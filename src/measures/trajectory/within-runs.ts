import { sum } from '../../base/sum.js';
import type { Gram } from './gram-matrix.js';
import type { GramPca } from './gram-pca.js';
import type { Range } from './snapshots.js';

/** How a plane divides between what runs do and how they differ. */
export interface RunShares {
  /** Share of the movement within runs that the plane keeps, [0, 1]. */
  readonly within: number;
  /** Share of the plane's own variance that lies between the means of the runs, [0, 1]. */
  readonly between: number;
}

/**
 * Splits snapshots of several runs about the mean of their run.
 *
 *     W = sum_r sum_{t in r} |theta_t - mean_r|^2,   W_k the same of the first k scores,   V_k = sum_t |scores_t|^2
 *     within = W_k / W,   between = 1 - W_k / V_k
 *
 * Runs that start far apart span directions of their own, which a plane of all snapshots shows whatever is learnt:
 * `within` leaves them out.
 * Shapes: Gram [t][t] and its PCA of k components; runs are stretches of the snapshots that cover them. Runs that do
 * not move have `within` not a number.
 */
export function runShares({ count, values }: Gram, { components, scores }: GramPca, runs: readonly Range[]): RunShares {
  const kept = sum(runs.map((run) => scatter(run, components, (t, c) => scores[t * components + c]!)));
  const plane = scores.reduce((total, score) => total + score * score, 0);
  return { within: kept / sum(runs.map((run) => gramScatter(values, count, run))), between: 1 - kept / plane };
}

/** Summed squares about their mean of the coordinates of a run. */
function scatter({ start, end }: Range, dimensions: number, at: (t: number, c: number) => number): number {
  let total = 0;
  for (let c = 0; c < dimensions; c++) {
    let [first, second] = [0, 0];
    for (let t = start; t < end; t++) {
      first += at(t, c);
      second += at(t, c) ** 2;
    }
    total += second - (first * first) / (end - start);
  }
  return total;
}

/** The same of all dimensions: sum_t G_tt - sum_{s,t} G_st / n. */
function gramScatter(values: Float64Array, count: number, { start, end }: Range): number {
  let [diagonal, all] = [0, 0];
  for (let s = start; s < end; s++) {
    diagonal += values[s * count + s]!;
    for (let t = start; t < end; t++) all += values[s * count + t]!;
  }
  return diagonal - all / (end - start);
}
