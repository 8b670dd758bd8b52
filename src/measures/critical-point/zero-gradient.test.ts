import { describe, expect, test } from 'vitest';
import { runs } from '../../../test/support/length.js';
import { initialParams, objectiveOf, quadratic } from '../../../test/support/objectives.js';
import { functionDataset } from '../../data/functions.js';
import { mlp } from '../../engine/network-spec.js';
import { train } from '../../engine/training/train.js';
import { exactHessian } from '../curvature/exact-hessian.js';
import { symmetricEigen } from '../numerics/symmetric-eigen.js';
import { norm } from '../numerics/vectors.js';
import { referenceObjective } from '../objective/reference-objective.js';
import { dampedNewton } from './damped-newton.js';
import { gradientNormDescent } from './gradient-norm-descent.js';
import { levenbergMarquardt } from './levenberg-marquardt.js';
import { eigenvalueSigns } from './minimal-ratio.js';
import { saddleFreeNewton } from './saddle-free-newton.js';
import { findZeroGradient } from './zero-gradient.js';

const sinc = functionDataset('sinc');
const sincFit = (hidden: number, activation: 'relu' | 'tanh') => {
  const spec = mlp([1, hidden, 1], activation);
  return { spec, objective: referenceObjective(spec, sinc, 'mse') };
};
const searches = { levenbergMarquardt, saddleFreeNewton, dampedNewton, gradientNormDescent };

describe.each(Object.entries(searches))('%s', (_name, search) => {
  test('reaches |g| < 1e-8 on a 1-4-1 relu fit of sinc, and reports what it reached', () => {
    const { spec, objective } = sincFit(4, 'relu');
    const start = initialParams(spec, 3);
    const gradNorms: number[] = [];
    const end = search(objective, start, { onStep: (_, gradNorm) => gradNorms.push(gradNorm) });
    expect(end.status).toBe('critical');
    expect(end.gradNorm).toBeLessThan(1e-8);
    const point = objective.at(end.params);
    expect(end.gradNorm).toBe(norm(point.gradient));
    expect(end.loss).toBe(point.loss);
    expect(end.flatness).toBe(norm(point.hvp(point.gradient)) / end.gradNorm);
    expect(gradNorms.length).toBeGreaterThanOrEqual(end.steps);
    expect(start).toEqual(initialParams(spec, 3));
  });

  test('solves a convex quadratic in few steps, and needs none where the gradient is already 0', () => {
    const objective = quadratic([1, 2, 3], [4, 5, 6]);
    const end = search(objective, new Float64Array(3));
    expect(end.status).toBe('critical');
    expect(end.steps).toBeLessThan(30);
    expect(search(objective, Float64Array.of(4, 5, 6))).toMatchObject({
      status: 'critical',
      steps: 0,
      gradNorm: 0,
      flatness: 0,
    });
  });

  test('a diverged start, a wrong length and options out of range are errors', () => {
    const objective = quadratic([1, 2]);
    expect(() => search(objective, Float64Array.of(Number.NaN, 0))).toThrow('got loss NaN: the run has diverged');
    expect(() => search(objective, new Float64Array(3))).toThrow('start: expected 2 numbers, got 3');
    expect(() => search(objective, new Float64Array(2), { tolerance: 0 })).toThrow('tolerance');
    expect(search(quadratic([1e-3, 1]), Float64Array.of(9, 9), { maxSteps: 0 }).status).toBe('outOfSteps');
  });
});

/**
 * x^3 / 3 + x: the gradient x^2 + 1 is smallest at 0, where it is 1 and the Hessian 2 x is 0; with 50 y^2 for scale.
 */
const flatRegion = objectiveOf(
  2,
  ([x, y]) => (x! * x! * x!) / 3 + x! + 50 * y! * y!,
  ([x, y]) => Float64Array.of(x! * x! + 1, 100 * y!),
  ([x], v) => Float64Array.of(2 * x! * v[0]!, 100 * v[1]!),
);
/** 0.5 x^2 + |x|: its minimum is a kink. */
const kink = objectiveOf(
  1,
  ([x]) => 0.5 * x! * x! + Math.abs(x!),
  ([x]) => Float64Array.of(x! + (x! > 0 ? 1 : -1)),
  (_, v) => v.slice(),
);
/** 0.25 x^4 - 0.5 x^2 + 0.5 y^2: a saddle at 0, minima at x = -1 and 1. */
const saddle = objectiveOf(
  2,
  ([x, y]) => 0.25 * x! ** 4 - 0.5 * x! * x! + 0.5 * y! * y!,
  ([x, y]) => Float64Array.of(x! ** 3 - x!, y!),
  ([x], v) => Float64Array.of((3 * x! * x! - 1) * v[0]!, v[1]!),
);

test('a gradient-flat point is told from a critical one: |g| = 1 but |Hg| < 1e-4 |H| |g|', () => {
  for (const search of [dampedNewton, gradientNormDescent]) {
    const end = search(flatRegion, Float64Array.of(1.5, 1));
    expect(end.status).toBe('gradientFlat');
    expect(end.gradNorm).toBeCloseTo(1, 5);
    expect(end.relativeFlatness).toBeLessThan(1e-4);
  }
});

test('a minimum on a kink is reported as stalled, with the gradient norm that is left', () => {
  for (const search of Object.values(searches)) {
    const end = search(kink, Float64Array.of(0.7));
    expect(end.status).toBe('stalled');
    expect(end.gradNorm).toBeGreaterThanOrEqual(1);
    expect(end.relativeFlatness).toBeCloseTo(1, 6);
  }
});

test("damped Newton ends at the saddle nearby, the saddle-free one and Levenberg and Marquardt's at a minimum", () => {
  const start = Float64Array.of(0.1, 1);
  expect(Math.abs(dampedNewton(saddle, start).params[0]!)).toBeLessThan(1e-8);
  expect(saddleFreeNewton(saddle, start).params[0]).toBeCloseTo(1, 8);
});

test.each(
  runs<readonly (readonly [number, 'relu' | 'tanh', number])[]>(
    [[20, 'relu', 10]],
    [
      [5, 'relu', 1],
      [20, 'relu', 10],
      [5, 'tanh', 4],
    ],
  ),
)(
  '1-%i-1 %s from initial values (seed %i): a point with |g| < 1e-8 that fits sinc, every attempt accounted for',
  (hidden, activation, seed) => {
    const { spec, objective } = sincFit(hidden, activation);
    const found = findZeroGradient(objective, initialParams(spec, seed));
    expect(found.status).toBe('critical');
    expect(found.gradNorm).toBeLessThan(1e-8);
    expect(found.loss).toBeLessThan(0.5 * objective.loss(new Float64Array(objective.parameterCount)));
    expect(found.attempts.at(-1)!.gradNorm).toBe(found.gradNorm);
    for (const { status } of found.attempts.slice(0, -1)) expect(status).not.toBe('critical');
  },
);

/** A network that Adam has fitted to sinc at a few points, and its loss. */
async function fitted(hidden: number, activation: 'relu' | 'tanh', seed: number, epochs: number) {
  const spec = mlp([1, hidden, 1], activation);
  const data = functionDataset('sinc', { points: 50 });
  const { parameters } = await train({
    network: spec,
    loss: 'mse',
    optimizer: { kind: 'adam', learningRate: 0.01 },
    batchSize: 'full',
    stop: { epochs },
    seed,
    data,
  });
  return { data, objective: referenceObjective(spec, data, 'mse'), start: Float64Array.from(parameters) };
}

test.each(
  runs(
    [[5, 2]],
    [
      [20, 3],
      [10, 1],
      [5, 1],
      [5, 2],
      [5, 3],
    ],
  ) as readonly (readonly [number, number])[],
)(
  '1-%i-1 tanh: from a good fit (seed %i), down a long curved valley to |g| < 1e-8 and a lower loss',
  async (hidden, seed) => {
    const { objective, start } = await fitted(hidden, 'tanh', seed, 3000);
    const found = findZeroGradient(objective, start);
    expect(found.status).toBe('critical');
    expect(found.gradNorm).toBeLessThan(1e-8);
    expect(found.gradNorm).toBe(norm(objective.at(found.params).gradient));
    expect(found.loss).toBeLessThan(objective.loss(start));
  },
);

// Seeds 1 to 6 show both.
test('1-20-1 relu: a search from a good fit ends at |g| < 1e-8, or with a kink within 1e-6 of a sample', async () => {
  const statuses = new Set<string>();
  for (let seed = 1; seed <= 6; seed++) {
    const { data, objective, start } = await fitted(20, 'relu', seed, 300);
    const { status, gradNorm, params } = findZeroGradient(objective, start, { attempts: 1 });
    statuses.add(status);
    expect(status === 'critical').toBe(gradNorm < 1e-8);
    if (status !== 'stalled') continue;
    const kinks = Array.from({ length: 20 }, (_, unit) => -params[20 + unit]! / params[unit]!);
    const nearest = kinks.map((kink) => Math.min(...Array.from(data.inputs, (x) => Math.abs(x - kink))));
    expect(Math.min(...nearest)).toBeLessThan(1e-6);
  }
  expect(statuses).toEqual(new Set(['critical', 'stalled']));
});

test('dense searches refuse more than 4,000 parameters and name the one that needs products only', () => {
  const large = quadratic(new Array<number>(4001).fill(1));
  for (const search of [levenbergMarquardt, saddleFreeNewton, dampedNewton]) {
    expect(() => search(large, new Float64Array(4001))).toThrow(
      'expected at most 4000 parameters, got 4001; use gradientNormDescent',
    );
  }
});

test('attempts are the same for a seed; none, and no methods, are errors', () => {
  const { spec, objective } = sincFit(5, 'relu');
  const start = initialParams(spec, 7);
  const [one, again] = [1, 1].map((seed) => findZeroGradient(objective, start, { seed }));
  expect(one!.attempts.length).toBeGreaterThan(1);
  expect(again).toEqual(one);
  expect(() => findZeroGradient(objective, start, { attempts: 0 })).toThrow('attempts');
  expect(() => findZeroGradient(objective, start, { methods: [] })).toThrow('methods');
});

describe.each(
  runs(
    [[5, 3]],
    [
      [5, 3],
      [12, 4],
    ],
  ) as readonly (readonly [number, number])[],
)('at a critical point of 1-%i-1 relu', (hidden, seed) => {
  const { spec, objective } = sincFit(hidden, 'relu');
  const point = () => {
    const end = findZeroGradient(objective, initialParams(spec, seed), { tolerance: 1e-11 });
    const isActive = (unit: number) =>
      end.params[2 * hidden + unit] !== 0 &&
      sinc.inputs.some((x) => end.params[unit]! * x + end.params[hidden + unit]! > 0);
    return { end, active: Array.from({ length: hidden }, (_, i) => i).filter(isActive) };
  };

  test('rescaling forces at least one zero eigenvalue an active unit, its direction (w1, b1, -w2) within 1e-9', () => {
    const { end, active } = point();
    expect(end.status).toBe('critical');
    expect(active.length).toBeGreaterThan(hidden / 2);
    const { matrix, n } = exactHessian(objective, end.params);
    const signs = eigenvalueSigns(symmetricEigen(matrix, n).values, 1e-9);
    expect(signs.nZero).toBeGreaterThanOrEqual(active.length);
    expect(signs.minimalRatio).toBeLessThanOrEqual((2 * hidden + 1) / (3 * hidden + 1));
    const { hvp } = objective.at(end.params);
    for (const unit of active) {
      const v = new Float64Array(n);
      for (const at of [unit, hidden + unit]) v[at] = end.params[at]!;
      v[2 * hidden + unit] = -end.params[2 * hidden + unit]!;
      expect(norm(hvp(v)) / norm(v)).toBeLessThan(1e-9);
    }
  });
});
