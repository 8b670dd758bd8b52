import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { dot, randomNumbers } from '../../../test/support/derivatives.js';
import { cos } from '../../base/math.js';
import { Mt19937 } from '../../base/mt19937.js';
import { symmetricEigen } from './symmetric-eigen.js';

const multiply = (matrix: Float64Array, v: Float64Array): Float64Array =>
  v.map((_, i) => dot(matrix.subarray(i * v.length, (i + 1) * v.length), v));

function randomSymmetric(n: number, seed: number): Float64Array {
  const numbers = randomNumbers(new Mt19937(seed), n * n);
  return numbers.map((value, at) => value + numbers[(at % n) * n + Math.floor(at / n)]!);
}

/** (1 - 2 u u' / u'u) diag(values) (1 - 2 u u' / u'u), twice: a full matrix of a known spectrum. */
function withSpectrum(values: readonly number[], seed: number): Float64Array {
  const n = values.length;
  let matrix = Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? values[at / (n + 1)]! : 0));
  const rng = new Mt19937(seed);
  for (let round = 0; round < 2; round++) {
    const u = randomNumbers(rng, n);
    const reflect = (row: Float64Array) => row.map((x, i) => x - (2 * dot(row, u) * u[i]!) / dot(u, u));
    for (let side = 0; side < 2; side++) {
      const rows = Array.from({ length: n }, (_, i) => reflect(matrix.subarray(i * n, (i + 1) * n)));
      matrix = Float64Array.from({ length: n * n }, (_, at) => rows[at % n]![Math.floor(at / n)]!);
    }
  }
  return matrix.map((value, at) => 0.5 * (value + matrix[(at % n) * n + Math.floor(at / n)]!));
}

/** The oracle: cyclic Jacobi rotations, a different and slower way. */
function jacobiEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const a = matrix.slice();
  const turn = (x: number, y: number, c: number, s: number) => {
    const [p, q] = [a[x]!, a[y]!];
    a[x] = c * p - s * q;
    a[y] = s * p + c * q;
  };
  for (let sweep = 0; sweep < 12; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (a[p * n + q] === 0) continue;
        const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * a[p * n + q]!);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        for (let k = 0; k < n; k++) turn(p * n + k, q * n + k, c, t * c);
        for (let k = 0; k < n; k++) turn(k * n + p, k * n + q, c, t * c);
      }
    }
  }
  return Float64Array.from({ length: n }, (_, i) => a[i * n + i]!).sort();
}

describe.each([1, 2, 3, 4, 5, 31, 64])('a random symmetric matrix of size %i', (n) => {
  const matrix = randomSymmetric(n, n);
  const { values, vectors } = symmetricEigen(matrix, n, { vectors: true });
  const rows = Array.from({ length: n }, (_, i) => vectors!.subarray(i * n, (i + 1) * n));

  test("has Jacobi's eigenvalues within 1e-13, ascending, with and without vectors", () => {
    expectClose(values, jacobiEigenvalues(matrix, n), 1e-13);
    expect(values).toEqual(values.slice().sort());
    expect(symmetricEigen(matrix, n)).toEqual({ values });
  });

  test('A v = lambda v, and vectors are orthonormal, within 1e-13', () => {
    const scale = Math.max(...values.map(Math.abs));
    rows.forEach((v, i) => {
      const image = multiply(matrix, v);
      expect(Math.max(...image.map((x, k) => Math.abs(x - values[i]! * v[k]!))) / scale).toBeLessThan(1e-13);
      rows.forEach((w, j) => {
        expect(Math.abs(dot(v, w) - (i === j ? 1 : 0))).toBeLessThan(1e-13);
      });
    });
  });
});

test('known spectra with negative, repeated and zero values come back within 1e-14 of the largest', () => {
  const spectra = [
    [-3, -3, -1, 0, 0, 0, 0.5, 2, 2, 2, 7],
    Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : i < 30 ? -1 : 5)),
    [1e-12, 1e-6, 1, 1e3],
  ];
  for (const spectrum of spectra) {
    const { values } = symmetricEigen(withSpectrum(spectrum, 7), spectrum.length);
    expectClose(
      values,
      [...spectrum].sort((a, b) => a - b),
      1e-14,
    );
  }
});

test('the second-difference matrix has the eigenvalues 2 - 2 cos(k pi / (n + 1)) within 1e-15', () => {
  const n = 50;
  const matrix = Float64Array.from({ length: n * n }, (_, at) => {
    const distance = Math.abs((at % n) - Math.floor(at / n));
    return distance === 0 ? 2 : distance === 1 ? -1 : 0;
  });
  const expected = Array.from({ length: n }, (_, k) => 2 - 2 * cos(((k + 1) * Math.PI) / (n + 1)));
  expectClose(symmetricEigen(matrix, n).values, expected, 1e-15);
});

test('diagonal and zero matrices are exact', () => {
  const diagonal = Float64Array.of(3, 0, 0, 0, -2, 0, 0, 0, 3);
  expect([...symmetricEigen(diagonal, 3).values]).toEqual([-2, 3, 3]);
  expect([...symmetricEigen(new Float64Array(16), 4, { vectors: true }).values]).toEqual([0, 0, 0, 0]);
});

test('near the ends of the range: eigenvalues times 2^k for a matrix times 2^k, k = 1000 and -1000, to the bit', () => {
  const matrix = randomSymmetric(9, 2);
  const { values } = symmetricEigen(matrix, 9);
  for (const factor of [2 ** 1000, 2 ** -1000]) {
    const scaled = symmetricEigen(
      matrix.map((value) => value * factor),
      9,
    );
    expect(scaled.values).toEqual(values.map((value) => value * factor));
  }
});

test('empty, misshapen, asymmetric and non-finite matrices are errors that say so', () => {
  expect(() => symmetricEigen(new Float64Array(0), 0)).toThrow('expected n >= 1');
  expect(() => symmetricEigen(new Float64Array(5), 2)).toThrow('n = 2 and 5 numbers');
  expect(() => symmetricEigen(Float64Array.of(1, Number.NaN, 0, 1), 2)).toThrow('got NaN at [0, 1]');
  expect(() => symmetricEigen(Float64Array.of(1, 2, 2.1, 1), 2)).toThrow('expected a symmetric matrix, got 2.1');
});
