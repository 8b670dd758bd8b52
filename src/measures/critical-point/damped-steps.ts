import { denseMatrix, requireExactSize } from '../curvature/dense-matrix.js';
import { symmetricEigen } from '../numerics/symmetric-eigen.js';
import { addScaled, along, dot, norm, type Product } from '../numerics/vectors.js';
import type { Objective, ObjectivePoint } from '../objective/objective.js';
import { checkSearch, concludeSearch, type ZeroGradient, type ZeroGradientOptions } from './critical-point.js';

/** Where one dense second-order method differs from another. */
export interface DampedMethod {
  readonly name: string;
  /** The matrix that is decomposed at each point. */
  readonly curvature: (point: ObjectivePoint) => Product;
  /** Factor of a vector's component along an eigenvector of eigenvalue lambda, for damping mu > 0. */
  readonly inverse: (lambda: number, mu: number) => number;
  /** What must fall: the loss (once it falls but slowly: or the gradient norm), or the gradient norm. */
  readonly merit: 'loss' | 'gradNorm';
}

/** Dampings as shares of the largest |eigenvalue|: from almost none to short steps of gradient descent. */
const dampings: readonly number[] = [
  1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4,
];
/**
 * A loss that falls by a smaller share than this falls slowly: a step that divides |g| by `sharpFall` is better then.
 */
const slowFall = 1e-4;
const sharpFall = 10;
/** A loss that falls by a smaller share than this may do so by rounding. */
const leastFall = 1e-10;
/**
 * After so many steps down the loss, steps that halve |g| are tried: a walk along a curved valley keeps off its floor,
 * where |g| may be small enough long before the end.
 */
const dropEvery = 20;
const dropFall = 2;

/**
 * Steps p = -B g, B = V' f(Lambda, mu) V from the eigen-decomposition of a dense matrix. As that makes a step for one
 * damping as cheap as a product, all of a fixed list are tried and the best is taken: no damping schedule to tune. Each
 * is tried bent as well, by the loss's third derivative, to follow curved valleys:
 *
 *     p - 0.5 B g''[p, p],   g''[p, p] = (g(h p) - 2 g(0) + g(-h p)) / h^2,   h = 0.1
 *
 * Where the loss is what must fall, every 20 steps a drop to the valley's floor is tried: steps that halve |g| without
 * raising the loss. It counts only if it ends below the tolerance.
 * Cost a step: P products, one decomposition with vectors (9 P^3), 40 gradients and 40 losses or gradients. Default
 * maxSteps 200.
 * Reference: Transtrum & Sethna 2012, arXiv:1201.5885 (geodesic acceleration).
 * @throws UserError if P is above 4,000, or the start has no finite loss; RangeError if an option is out of range
 */
export function dampedSteps(
  objective: Objective,
  start: Float64Array,
  method: DampedMethod,
  options: ZeroGradientOptions,
): ZeroGradient {
  requireExactSize(method.name, objective.parameterCount, 'gradientNormDescent');
  const search = startSearch(objective, start, method, options);
  const [leg, choose] = method.merit === 'loss' ? [dropEvery, lowerLoss] : [search.maxSteps, lowerGradient];
  let here = walk(search, start.slice(), leg, choose);
  while (here.end === 'more' && search.steps < search.maxSteps) {
    const before = search.steps;
    const dropped = walk(search, here.params, search.maxSteps, halvedGradient);
    if (dropped.end === 'critical') {
      here = dropped;
    } else {
      search.steps = before;
      here = walk(search, here.params, leg, choose);
    }
  }
  const { steps, gradients, products, maxSteps } = search;
  const outOfSteps = steps === maxSteps;
  return concludeSearch(objective, { params: here.params, steps, gradients, products, outOfSteps }, options);
}

/** A search in progress: what it is after, and what it has cost. */
interface Search {
  readonly objective: Objective;
  readonly method: DampedMethod;
  readonly tolerance: number;
  readonly maxSteps: number;
  readonly onStep: ZeroGradientOptions['onStep'];
  /** The gradient at a trial point; it counts. */
  readonly gradientAt: Product;
  readonly merits: Merits<(trial: Float64Array) => number>;
  steps: number;
  gradients: number;
  products: number;
}

function startSearch(
  objective: Objective,
  start: Float64Array,
  method: DampedMethod,
  options: ZeroGradientOptions,
): Search {
  const gradientAt = (trial: Float64Array): Float64Array => {
    search.gradients++;
    return objective.at(trial).gradient;
  };
  const search: Search = {
    objective,
    method,
    ...checkSearch(method.name, objective, start, options),
    gradientAt,
    merits: { loss: objective.loss, gradNorm: (trial) => norm(gradientAt(trial)) },
    steps: 0,
    gradients: 0,
    products: 0,
  };
  return search;
}

/** Where some steps led, and why they ended. */
interface Walk {
  readonly params: Float64Array;
  /** At a small enough gradient, as nothing was better, or as there were enough of them. */
  readonly end: 'critical' | 'stuck' | 'more';
}

/** Takes steps, `most` of them at most, each to the trial that `choose` finds best. */
function walk(search: Search, from: Float64Array, most: number, choose: Choice): Walk {
  const { objective, tolerance, maxSteps, merits } = search;
  let params = from;
  for (let taken = 0; ; taken++) {
    const point = objective.at(params);
    search.gradients++;
    const here = { loss: point.loss, gradNorm: norm(point.gradient) };
    search.onStep?.(search.steps, here.gradNorm);
    if (here.gradNorm < tolerance) return { params, end: 'critical' };
    if (taken === most || search.steps === maxSteps) return { params, end: 'more' };
    const next = choose(trialsAround(search, params, point), here, merits);
    if (!next) return { params, end: 'stuck' };
    params = next;
    search.steps++;
  }
}

/** The ends of the steps of all dampings from a point. */
function trialsAround(search: Search, params: Float64Array, point: ObjectivePoint): readonly Float64Array[] {
  const { method, gradientAt } = search;
  const inverse = dampedInverse(method.curvature(point), params.length, method.inverse);
  search.products += params.length;
  return dampings.flatMap((damping) => trialPoints(params, point.gradient, inverse(damping), gradientAt));
}

/** The damped inverse of a matrix as a function of the damping. */
function dampedInverse(product: Product, n: number, inverse: DampedMethod['inverse']): (damping: number) => Product {
  const { values, vectors } = symmetricEigen(denseMatrix(product, n).matrix, n, { vectors: true });
  const rows = Array.from(values, (_, i) => vectors!.subarray(i * n, (i + 1) * n));
  const largest = Math.max(Math.abs(values[0]!), Math.abs(values[n - 1]!)) || 1;
  return (damping) => (vector) => {
    const result = new Float64Array(n);
    rows.forEach((row, i) => {
      addScaled(result, inverse(values[i]!, damping * largest) * dot(row, vector), row);
    });
    return result;
  };
}

/** The ends of a straight step and of a bent one. */
function trialPoints(
  params: Float64Array,
  gradient: Float64Array,
  inverse: Product,
  gradientAt: Product,
): readonly Float64Array[] {
  const h = 0.1;
  const minusStep = inverse(gradient);
  const ahead = gradientAt(along(params, -h, minusStep));
  const behind = gradientAt(along(params, h, minusStep));
  const bend = inverse(gradient.map((g, i) => (ahead[i]! - 2 * g + behind[i]!) / (h * h)));
  const straight = along(params, -1, minusStep);
  return [straight, along(straight, -0.5, bend)];
}

interface Merits<T> {
  readonly loss: T;
  readonly gradNorm: T;
}

/** The trial from which to continue, if there is one. */
type Choice = (
  trials: readonly Float64Array[],
  here: Merits<number>,
  at: Merits<(trial: Float64Array) => number>,
) => Float64Array | undefined;

const lowerGradient: Choice = (trials, here, at) => lowest(trials, at.gradNorm, here.gradNorm)?.params;

const halvedGradient: Choice = (trials, here, at) => {
  const notAbove = trials.filter((trial) => at.loss(trial) <= (1 + leastFall) * here.loss);
  return lowest(notAbove, at.gradNorm, here.gradNorm / dropFall)?.params;
};

const lowerLoss: Choice = (trials, here, at) => {
  const downhill = lowest(trials, at.loss, (1 - leastFall) * here.loss);
  if (downhill && downhill.merit < (1 - slowFall) * here.loss) return downhill.params;
  const flatter = lowest(trials, at.gradNorm, here.gradNorm);
  const isSharp = flatter && flatter.merit < here.gradNorm / sharpFall && at.loss(flatter.params) <= here.loss;
  return isSharp ? flatter.params : (downhill ?? flatter)?.params;
};

/** The trial with the smallest merit (the first of equals), if that is below a bound. */
function lowest(trials: readonly Float64Array[], meritOf: (trial: Float64Array) => number, bound: number) {
  let found: { readonly params: Float64Array; readonly merit: number } | undefined;
  for (const params of trials) {
    const merit = meritOf(params);
    if (merit < (found?.merit ?? bound)) found = { params, merit };
  }
  return found;
}
