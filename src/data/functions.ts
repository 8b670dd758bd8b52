import type { Dataset } from '../base/dataset.js';
import { UserError } from '../base/errors.js';
import { sin } from '../base/math.js';
import { linspace } from './linspace.js';

const fivePi = Math.fround(5 * Math.PI);

/**
 * sin(5 pi x) / (5 pi x), and 1 at x = 0, where PyTorch's code would give NaN.
 *
 * In float32 arithmetic, each operation rounded to the nearest. PyTorch's own vectorized sine is up to one unit in the
 * last place off that,
 * so that 35 of the report's 300 values differ here by at most 6e-8. Range of x: |x| <= 6e4.
 */
export function sinc(x: number): number {
  const angle = Math.fround(fivePi * x);
  return angle === 0 ? 1 : Math.fround(Math.fround(sin(angle)) / angle);
}

/**
 * sgn(sin(5 pi x)): -1, 0 or 1, the angle in float32 arithmetic; the same as PyTorch's on the report's 300 points.
 * Range of x: |x| <= 6e4.
 */
export function signSin(x: number): number {
  return Math.sign(sin(Math.fround(fivePi * x)));
}

const targetFunctions = { sinc, signSin } as const;

/** A target function that is known by its name. */
export type FunctionName = keyof typeof targetFunctions;

/** Where a function is sampled, and how the data set is called. */
export interface FunctionOptions {
  /** Number of points. Default 300. */
  readonly points?: number;
  /** First and last point. Default -1 and 1. */
  readonly from?: number;
  readonly to?: number;
  /** Default: the function's name. */
  readonly name?: string;
}

/**
 * The points (x, f(x)) of a known function, or of one of your own, on an even grid.
 *
 *     x = linspace(from, to, points), y = f(x), both float32
 *
 * Shapes: inputs [points, 1], targets [points, 1].
 * @throws UserError if the grid is none, or the function's value at a point is not a finite number
 */
export function functionDataset(
  target: FunctionName | ((x: number) => number),
  { points = 300, from = -1, to = 1, name }: FunctionOptions = {},
): Dataset {
  const f = typeof target === 'string' ? targetFunctions[target] : target;
  const label = name ?? (typeof target === 'string' ? target : target.name || 'function');
  const inputs = linspace(from, to, points);
  const targets = inputs.map((x) => {
    const y = Math.fround(f(x));
    if (!Number.isFinite(y)) throw new UserError(`${label}(${x}): expected a finite number, got ${y}`);
    return y;
  });
  return { name: label, size: points, inputShape: [1], inputs, targets };
}
