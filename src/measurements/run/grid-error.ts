import { UserError } from '../../base/errors.js';
import { functionDataset } from '../../data/index.js';
import { predict } from '../../engine/index.js';
import type { MeasureContext, RawResult } from '../measurement.js';

/** Zeros of sin(5 pi x) on [-1, 1], where its sign jumps. */
const jumps = Array.from({ length: 11 }, (_, k) => (k - 5) / 5);

interface GridErrorOptions {
  readonly points: number;
  readonly excludeAroundJumps?: number;
}

/** How far a fit is from its function between the points that it was trained on. */
export async function measureGridError({ measure, networks }: MeasureContext<GridErrorOptions>): Promise<RawResult> {
  const { network, data, parameters } = networks[0]!;
  if (data.kind !== 'function') {
    throw new UserError(
      `gridError: expected a trial on a function that is known everywhere, got one on ${data.kind} data`,
    );
  }
  const grid = functionDataset(data.name, { points: measure.points });
  const predicted = await predict(network, parameters, grid);
  const excluded = data.name === 'signSin' ? (measure.excludeAroundJumps ?? 0) : 0;
  const errors = Array.from(predicted, (value, i) => value - grid.targets[i]!).filter(
    (_, i) => excluded === 0 || jumps.every((jump) => Math.abs(grid.inputs[i]! - jump) > excluded),
  );
  return {
    values: {
      mse: errors.reduce((sum, error) => sum + error * error, 0) / errors.length,
      maxError: errors.reduce((largest, error) => Math.max(largest, Math.abs(error)), 0),
      points: errors.length,
    },
  };
}
