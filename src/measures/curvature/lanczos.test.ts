import { expect, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { initialParams, randomDataset } from '../../../test/support/objectives.js';
import { mlp } from '../../engine/network-spec.js';
import { symmetricEigen } from '../numerics/symmetric-eigen.js';
import type { Product } from '../numerics/vectors.js';
import { referenceObjective } from '../objective/reference-objective.js';
import { exactHessian } from './exact-hessian.js';
import { hutchinsonTrace } from './hutchinson.js';
import { extremeEigenvalues } from './lanczos.js';
import { preconditionedEigenvalues } from './preconditioned-curvature.js';
import { spectralDensity } from './spectral-density.js';

const spec = mlp([1, 12, 8, 1], 'tanh');
const objective = referenceObjective(spec, randomDataset(spec, 'mse', 1, 40), 'mse');
const params = initialParams(spec, 3);
const { hvp } = objective.at(params);
const { matrix, n } = exactHessian(objective, params);
const { values } = symmetricEigen(matrix, n);
const [smallest, largest] = [values[0]!, values[n - 1]!];
const diagonalProduct =
  (spectrum: ArrayLike<number>): Product =>
  (v) =>
    v.map((value, i) => spectrum[i]! * value);

test("Lanczos finds both ends of a network's Hessian within 1e-9 in fewer products than parameters", () => {
  const { lambdaMin, lambdaMax, converged, products } = extremeEigenvalues(hvp, n, { tolerance: 1e-6 });
  expect(smallest).toBeLessThan(0);
  expectClose([lambdaMin.value, lambdaMax.value], [smallest, largest], 1e-9);
  expect(converged).toBe(true);
  expect(products).toBeLessThan(n);
});

test('each end lies within its residual bound of an eigenvalue at every number of products', () => {
  for (let maxProducts = 1; maxProducts <= 20; maxProducts++) {
    const { lambdaMin, lambdaMax, products } = extremeEigenvalues(hvp, n, { maxProducts, tolerance: 1e-12 });
    expect(products).toBeLessThanOrEqual(maxProducts);
    for (const { value, residual } of [lambdaMin, lambdaMax]) {
      const distance = Math.min(...values.map((eigenvalue) => Math.abs(eigenvalue - value)));
      expect(distance).toBeLessThanOrEqual(residual + 1e-13);
    }
  }
});

test('n products give the whole spectrum within 1e-12: orthogonality is kept', () => {
  const spectrum = Float64Array.from({ length: 60 }, (_, i) => (i - 20) * (i - 20) - 30.5 + 0.01 * i);
  const { ritzValues } = extremeEigenvalues(diagonalProduct(spectrum), 60, { tolerance: 1e-15 });
  expect(ritzValues).toHaveLength(60);
  expectClose(ritzValues, spectrum.slice().sort(), 1e-12);
});

test('few distinct eigenvalues end the search early, and exactly; zero, 1 x 1 and one-ended searches work', () => {
  const repeated = extremeEigenvalues(diagonalProduct([2, 2, 2, -5, -5, 0, 0, 0]), 8, { tolerance: 1e-14 });
  expect(repeated.products).toBe(3);
  expectClose(repeated.ritzValues, [-5, 0, 2], 1e-14);
  expect(extremeEigenvalues(diagonalProduct([0, 0, 0]), 3).lambdaMax).toEqual({ value: 0, residual: 0 });
  expect(extremeEigenvalues(diagonalProduct([-7]), 1).lambdaMax.value).toBeCloseTo(-7, 14);
  const upper = extremeEigenvalues(hvp, n, { ends: 'max' });
  expectClose([upper.lambdaMax.value], [largest], 1e-9);
  expect(upper.products).toBeLessThan(extremeEigenvalues(hvp, n).products);
});

test('the preconditioned ends are those of D^-1/2 H D^-1/2 within 1e-9', () => {
  const d = Float64Array.from({ length: n }, (_, i) => 0.1 + (i % 7));
  const dense = matrix.map((value, at) => value / Math.sqrt(d[at % n]! * d[Math.floor(at / n)]!));
  const expected = symmetricEigen(dense, n).values;
  const { lambdaMin, lambdaMax } = preconditionedEigenvalues(hvp, d);
  expectClose([lambdaMin.value, lambdaMax.value], [expected[0]!, expected[n - 1]!], 1e-9);
  expect(() => preconditionedEigenvalues(hvp, d.with(3, 0))).toThrow('diagonal[3]: expected a positive number, got 0');
});

test("Hutchinson's trace is within 4 standard errors, exact if diagonal; 9 times the probes: 1/3 the error", () => {
  const exact = values.reduce((sum, value) => sum + value, 0);
  const [few, many] = [100, 900].map((probes) => hutchinsonTrace(hvp, n, { probes }));
  expect(Math.abs(few!.trace - exact)).toBeLessThan(4 * few!.standardError);
  expect(Math.abs(many!.trace - exact)).toBeLessThan(4 * many!.standardError);
  expect(many!.standardError / few!.standardError).toBeGreaterThan(0.25);
  expect(many!.standardError / few!.standardError).toBeLessThan(0.42);
  expect(hutchinsonTrace(diagonalProduct([1, -2, 4]), 3)).toEqual({ trace: 3, standardError: 0, products: 100 });
  expect(() => hutchinsonTrace(hvp, n, { probes: 1 })).toThrow('at least 2, got 1');
});

test('the spectral density integrates to 1 within 1e-3, its rule to two moments within 4 standard errors', () => {
  const { lambda, density, nodes, weights } = spectralDensity(hvp, n, { probes: 60, steps: 30 });
  const step = lambda[1]! - lambda[0]!;
  expect(density.reduce((sum, value) => sum + value * step, 0)).toBeCloseTo(1, 3);
  expect(weights.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  for (const power of [1, 2]) {
    const sum = (list: Float64Array, exponent: number) => list.reduce((total, value) => total + value ** exponent, 0);
    const found = nodes.reduce((total, node, i) => total + weights[i]! * node ** power, 0);
    const standardError = Math.sqrt((2 * sum(values, 2 * power)) / 60) / n;
    expect(Math.abs(found - sum(values, power) / n)).toBeLessThan(4 * standardError);
  }
});

test('the density of a known spectrum has its clusters: 3/4 at 0 and 1/4 at 10, within 0.05', () => {
  const spectrum = Float64Array.from({ length: 400 }, (_, i) => (i < 300 ? 0 : 10));
  const { lambda, density, products } = spectralDensity(diagonalProduct(spectrum), 400, { probes: 20 });
  const step = lambda[1]! - lambda[0]!;
  const below = density.reduce((sum, value, i) => sum + (lambda[i]! < 5 ? value * step : 0), 0);
  expect(Math.abs(below - 0.75)).toBeLessThan(0.05);
  expect(products).toBe(40);
});

test('products that are not finite, and options out of range, are errors', () => {
  const broken: Product = (v) => v.map(() => Number.NaN);
  expect(() => extremeEigenvalues(broken, 3)).toThrow('expected finite numbers, got NaN');
  expect(() => hutchinsonTrace(broken, 3)).toThrow('expected finite numbers, got NaN');
  expect(() => extremeEigenvalues(hvp, 0)).toThrow('n: expected a whole number of at least 1, got 0');
  expect(() => spectralDensity(hvp, n, { sigma: -1 })).toThrow('sigma: expected a positive number, got -1');
});
