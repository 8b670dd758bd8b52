import { UserError } from '../../base/errors.js';
import { combineInto, type ParameterVector, requireParameters } from '../numerics/parameter-vectors.js';
import type { Evaluator } from '../objective/evaluator.js';
import { requireAscending } from './grid.js';

/**
 * A direction of parameter space and the steps to take along it.
 * Shapes: direction [P]; grid ascending, in units of the direction's own length.
 */
export interface SliceAxis {
  readonly direction: ParameterVector;
  readonly grid: readonly number[];
}

/**
 * A function of the parameters along a line.
 *
 *     values[i] = f(center + a_i d),   in float64, rounded once; step 0 is the center bit for bit
 *
 * Shapes: center and direction [P], values [a]. Cost: one evaluation a step. Reference: Li et al. 2018, with
 * filter-normalised directions.
 * @throws UserError if the direction has another length than the center, a number is not finite, or the grid is empty
 * or not ascending
 */
export function lineSlice<T>(center: ParameterVector, axis: SliceAxis, evaluate: Evaluator<T>): T[] {
  requireAxis(center, axis);
  const params = new Float32Array(center.length);
  return axis.grid.map((a) => {
    combineInto(params, [1, a], [center, axis.direction]);
    return evaluate(params);
  });
}

/**
 * A function of the parameters over a plane: a loss surface around trained weights, or through a trajectory's mean
 * along its first two principal components.
 *
 *     values[i][j] = f(center + a_i d + b_j e),   in float64, rounded once; steps 0, 0 are the center bit for bit
 *
 * It is a slice: points of a trajectory are near it, not on it, and have other losses than it shows there.
 * Shapes: center and both directions [P], values [a][b]. Cost: one evaluation for each of a * b points. Reference: Li
 * et al. 2018.
 * @throws UserError if a direction has another length than the center, a number is not finite, or a grid is empty or
 * not ascending
 */
export function planeSlice<T>(
  center: ParameterVector,
  axes: readonly [SliceAxis, SliceAxis],
  evaluate: Evaluator<T>,
): T[][] {
  for (const axis of axes) requireAxis(center, axis);
  const [first, second] = axes;
  const params = new Float32Array(center.length);
  return first.grid.map((a) =>
    second.grid.map((b) => {
      combineInto(params, [1, a, b], [center, first.direction, second.direction]);
      return evaluate(params);
    }),
  );
}

function requireAxis(center: ParameterVector, { direction, grid }: SliceAxis): void {
  requireParameters('slice, center', center, center.length);
  requireParameters('slice, direction', direction, center.length);
  if (grid.length === 0) throw new UserError('slice: expected a grid of at least one step, got none');
  requireAscending(grid, 'slice, grid');
}
