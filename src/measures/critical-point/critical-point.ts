import { UserError } from '../../base/errors.js';
import { extremeEigenvalues } from '../curvature/lanczos.js';
import { norm, requireCount, requireLength, requirePositive } from '../numerics/vectors.js';
import type { Objective, ObjectivePoint } from '../objective/objective.js';

/**
 * How a search for a zero gradient ended: `critical`: |g| is below the tolerance; `gradientFlat`: it is not, but |g|
 * cannot fall to first order, as H g is about 0; `stalled`: no step lowers the merit any more (as at a kink of relu, or
 * at the limit of arithmetic); `outOfSteps`: more steps might help.
 */
export type ZeroGradientStatus = 'critical' | 'gradientFlat' | 'stalled' | 'outOfSteps';

/** Where a search for a zero gradient ended. Shapes: params [P]. */
export interface ZeroGradient {
  readonly status: ZeroGradientStatus;
  readonly params: Float64Array;
  readonly loss: number;
  readonly gradNorm: number;
  /** |H g| / |g|; 0 where g is exactly 0. */
  readonly flatness: number;
  /** The same over the largest |eigenvalue| of H, so that it has no unit. Range: [0, 1]. */
  readonly relativeFlatness: number;
  /** From the start to `params`; tries that led nowhere are not counted here. */
  readonly steps: number;
  /** What the search itself cost; to find out how it ended takes up to 31 products more. */
  readonly gradients: number;
  readonly products: number;
}

/** How a zero gradient is searched. */
export interface ZeroGradientOptions {
  /** The gradient norm that counts as zero. Default 1e-8. */
  readonly tolerance?: number;
  readonly maxSteps?: number;
  /** Largest relative flatness of a gradient-flat point. Default 1e-4. */
  readonly flatTolerance?: number;
  /** Listens to the gradient norm as the search proceeds. */
  readonly onStep?: (step: number, gradNorm: number) => void;
}

/** What a search counts while it runs, and where it stands. */
export interface SearchState {
  readonly params: Float64Array;
  readonly steps: number;
  readonly gradients: number;
  readonly products: number;
  /** Whether it ended by its number of steps. */
  readonly outOfSteps: boolean;
}

/**
 * The options with their defaults. Shapes: start [P].
 * @throws RangeError if one is out of range, UserError if the start has no finite loss
 */
export function checkSearch(
  where: string,
  objective: Objective,
  start: Float64Array,
  { tolerance = 1e-8, maxSteps = 200, onStep }: ZeroGradientOptions,
) {
  requireLength(`${where}: start`, start, objective.parameterCount);
  requirePositive(`${where}: tolerance`, tolerance);
  requireCount(`${where}: maxSteps`, maxSteps, 0);
  const loss = objective.loss(start);
  if (!Number.isFinite(loss)) {
    throw new UserError(`${where}: expected a start with a finite loss, got loss ${loss}: the run has diverged`);
  }
  return { tolerance, maxSteps, onStep };
}

/** Finds out at what kind of point a search ended. */
export function concludeSearch(
  objective: Objective,
  { params, outOfSteps, ...counts }: SearchState,
  { tolerance = 1e-8, flatTolerance = 1e-4 }: ZeroGradientOptions,
): ZeroGradient {
  const point = objective.at(params);
  const gradNorm = norm(point.gradient);
  const flatness = gradNorm === 0 ? 0 : norm(point.hvp(point.gradient)) / gradNorm;
  const relativeFlatness = flatness === 0 ? 0 : Math.min(1, flatness / largestCurvature(point));
  const kind = () => {
    if (gradNorm < tolerance) return 'critical';
    if (relativeFlatness <= flatTolerance) return 'gradientFlat';
    return outOfSteps ? 'outOfSteps' : 'stalled';
  };
  return { status: kind(), params, loss: point.loss, gradNorm, flatness, relativeFlatness, ...counts };
}

/** The largest |eigenvalue| to a per cent. */
function largestCurvature({ hvp, gradient }: ObjectivePoint): number {
  const { lambdaMin, lambdaMax } = extremeEigenvalues(hvp, gradient.length, { tolerance: 1e-2, maxProducts: 30 });
  return Math.max(Math.abs(lambdaMin.value), Math.abs(lambdaMax.value));
}
