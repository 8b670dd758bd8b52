import { expect, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { randomNumbers } from '../../../test/support/derivatives.js';
import { initialParams, objectiveOf, quadratic } from '../../../test/support/objectives.js';
import { Mt19937 } from '../../base/mt19937.js';
import { functionDataset } from '../../data/functions.js';
import { mlp } from '../../engine/network-spec.js';
import { referenceObjective } from '../objective/reference-objective.js';
import { adaptiveSharpness } from './adaptive-sharpness.js';
import { epsilonSharpness } from './epsilon-sharpness.js';
import { randomSubspace } from './random-subspace.js';

const curvatures = [1, 20, 0.5, -3, 7];
const centre = [0.5, -1, 2, 0.1, 0];
/**
 * The largest rise of the quadratic in a box around x: each coordinate takes the better end (or, curved down, the
 * summit if it is inside).
 */
function exactRise(x: ArrayLike<number>, sides: ArrayLike<number>): number {
  return curvatures.reduce((total, c, i) => {
    const value = (at: number) => 0.5 * c * (at - centre[i]!) ** 2;
    const ends = [x[i]! - sides[i]!, x[i]! + sides[i]!];
    const summit = c < 0 && Math.abs(centre[i]! - x[i]!) < sides[i]! ? [centre[i]!] : [];
    return total + Math.max(...[...ends, ...summit].map(value)) - value(x[i]!);
  }, 0);
}

test('the maximum of a quadratic in both boxes is found within 1e-9, and the measure is 100 rise / (1 + loss)', () => {
  const x = Float64Array.of(1, 1, 1, 1, -1);
  const objective = quadratic(curvatures, centre);
  for (const epsilon of [1e-3, 0.1]) {
    const keskar = epsilonSharpness(objective, x, { epsilon });
    expectClose(
      [keskar.rise],
      [
        exactRise(
          x,
          Float64Array.from(x, (value) => epsilon * (Math.abs(value) + 1)),
        ),
      ],
      1e-9,
    );
    expect(keskar.epsilonSharpness).toBeCloseTo((100 * keskar.rise) / (1 + objective.loss(x)), 12);
    expect(keskar.maxLoss - keskar.loss).toBe(keskar.rise);
    const adaptive = adaptiveSharpness(objective, x, { epsilon });
    expectClose(
      [adaptive.rise],
      [
        exactRise(
          x,
          Float64Array.from(x, (value) => epsilon * Math.abs(value)),
        ),
      ],
      1e-9,
    );
  }
});

test('at an exact minimum it climbs too, in at most 10 iterations, and no higher than the box allows', () => {
  const minimum = quadratic([4, 1], [0.3, -0.2]);
  const {
    rise,
    iterations,
    epsilonSharpness: phi,
  } = epsilonSharpness(minimum, Float64Array.of(0.3, -0.2), { epsilon: 0.01 });
  const corner = 0.5 * (4 * (0.01 * 1.3) ** 2 + (0.01 * 1.2) ** 2);
  expect(rise).toBeGreaterThan(0.5 * corner);
  expect(rise).toBeLessThanOrEqual(corner * (1 + 1e-12));
  expect(iterations).toBeLessThanOrEqual(10);
  expect(phi).toBeCloseTo(100 * rise, 9);
});

test('rescaling relu units leaves adaptive sharpness as it is within 1e-9, but not the epsilon-sharpness', () => {
  const hidden = 6;
  const spec = mlp([1, hidden, 1], 'relu');
  const objective = referenceObjective(spec, functionDataset('sinc', { points: 40 }), 'mse');
  const params = initialParams(spec, 2);
  const rescaled = params.map((value, i) => {
    const factor = 2 ** ((i % hidden) - 3);
    return i < 2 * hidden ? value * factor : i < 3 * hidden ? value / factor : value;
  });
  expect(objective.loss(rescaled)).toBeCloseTo(objective.loss(params), 14);
  expectClose([adaptiveSharpness(objective, rescaled).rise], [adaptiveSharpness(objective, params).rise], 1e-9);
  const [before, after] = [params, rescaled].map((at) => epsilonSharpness(objective, at).rise);
  expect(Math.abs(after! / before! - 1)).toBeGreaterThan(0.1);
});

test("a random subspace's coordinates of A z are z within 1e-12, and A' is the transpose of A", () => {
  const space = randomSubspace(new Mt19937(1), 50, 7);
  const rng = new Mt19937(2);
  const [z, x] = [randomNumbers(rng, 7), randomNumbers(rng, 50)];
  expectClose(space.coordinates(space.apply(z)), z, 1e-12);
  const inner = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  expectClose([inner(space.applyTransposed(x), z)], [inner(x, space.apply(z))], 1e-13);
  expect(() => randomSubspace(rng, 3, 4)).toThrow('expected a dimension of at most 3, got 4');
});

test('in a subspace the rise is that of a corner of its box, and the seed decides which subspace', () => {
  const slope = Float64Array.of(1, -2, 3, 0.5, 0, 4);
  const linear = objectiveOf(
    6,
    (x) => x.reduce((sum, value, i) => sum + value * slope[i]!, 10),
    () => slope,
    (_, v) => v.map(() => 0),
  );
  const x = Float64Array.of(1, 2, 0, -1, 1, 0.5);
  const [one, again, other] = [1, 1, 2].map((seed) => epsilonSharpness(linear, x, { subspace: 3, seed }).rise);
  expect(again).toBe(one);
  expect(other).not.toBe(one);
  expect(one).toBeGreaterThan(0);
});

test('a diverged point and options out of range are errors', () => {
  const objective = quadratic([1]);
  expect(() => epsilonSharpness(objective, Float64Array.of(Number.NaN))).toThrow('expected a point with a finite loss');
  expect(() => epsilonSharpness(objective, Float64Array.of(1), { epsilon: 0 })).toThrow('epsilon');
  expect(() => adaptiveSharpness(objective, Float64Array.of(1), { iterations: 0 })).toThrow('iterations');
  expect(() => adaptiveSharpness(objective, new Float64Array(2))).toThrow('expected 1 numbers, got 2');
});
