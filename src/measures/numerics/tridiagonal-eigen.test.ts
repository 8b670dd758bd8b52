import { expect, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { randomNumbers } from '../../../test/support/derivatives.js';
import { Mt19937 } from '../../base/mt19937.js';
import { symmetricEigen } from './symmetric-eigen.js';
import { tridiagonalEigen } from './tridiagonal-eigen.js';

test('a basis of one column gives that component of the dense eigenvectors within 1e-14, up to sign', () => {
  const n = 17;
  const rng = new Mt19937(3);
  const [diagonal, offDiagonal] = [randomNumbers(rng, n), randomNumbers(rng, n - 1)];
  const dense = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    dense[i * n + i] = diagonal[i]!;
    if (i > 0) dense[i * n + i - 1] = dense[(i - 1) * n + i] = offDiagonal[i - 1]!;
  }
  const expected = symmetricEigen(dense, n, { vectors: true });
  for (const component of [0, n - 1]) {
    const { values, vectors } = tridiagonalEigen(diagonal, offDiagonal, new Float64Array(n).with(component, 1));
    expectClose(values, expected.values, 1e-14);
    expectClose(
      vectors!.map(Math.abs),
      expected.values.map((_, i) => Math.abs(expected.vectors![i * n + component]!)),
      1e-14,
    );
  }
});

test('a matrix that falls apart keeps both parts; wrong lengths and NaN are errors', () => {
  expectClose(tridiagonalEigen(Float64Array.of(1, 1, 4), Float64Array.of(2, 0)).values, [-1, 3, 4], 1e-15);
  expect(() => tridiagonalEigen(new Float64Array(3), new Float64Array(3))).toThrow('got 3 and 3');
  expect(() => tridiagonalEigen(new Float64Array(2), new Float64Array(1), new Float64Array(3))).toThrow('2 rows');
  expect(() => tridiagonalEigen(Float64Array.of(1, Number.NaN), new Float64Array(1))).toThrow('got NaN');
});
