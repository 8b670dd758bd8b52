import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { along, centralDifference, dot, randomNumbers } from '../../../test/support/derivatives.js';
import { Mt19937 } from '../../base/mt19937.js';
import { referenceLoss } from './losses.js';

const rng = new Mt19937(3);
const [samples, outputs] = [5, 3];
const size = samples * outputs;
const labels = Uint8Array.of(0, 2, 1, 2, 2);
const cases = [
  ['mse', randomNumbers(rng, size)],
  ['crossEntropy', labels],
] as const;

describe.each(cases)('%s', (name, targets) => {
  const loss = referenceLoss(name, samples, outputs);
  const at = randomNumbers(rng, size).map((y) => 4 * y);
  const direction = randomNumbers(rng, size);
  const gradientAt = (y: Float64Array) => {
    const gradient = new Float64Array(size);
    loss.gradient(y, targets, gradient);
    return gradient;
  };

  test('the gradient is the central difference of the loss within 1e-9', () => {
    const expected = centralDifference((t) => Float64Array.of(loss.value(along(at, direction, t), targets)));
    expectClose([dot(gradientAt(at), direction)], expected, 1e-9);
  });

  test('the product with the second derivative is the central difference of the gradient within 1e-10', () => {
    const product = new Float64Array(size);
    loss.hessianProduct(at, direction, product);
    const expected = centralDifference((t) => gradientAt(along(at, direction, t)));
    expectClose(product, expected, 1e-10);
  });

  test('targets of the wrong number are an error', () => {
    expect(() => loss.value(at, targets.slice(1))).toThrow(
      `targets of ${name}: expected ${targets.length} numbers, got ${targets.length - 1}`,
    );
  });
});

test('mse is the mean over all elements', () => {
  expect(referenceLoss('mse', 2, 2).value(Float64Array.of(1, 2, 3, 4), [1, 0, 0, 0])).toBe((4 + 9 + 16) / 4);
});

test('crossEntropy of equal logits is log(classes) within their rounding, also beyond the range of exp', () => {
  for (const logit of [0, 1e4, -1e4]) {
    const loss = referenceLoss('crossEntropy', 1, 4).value(new Float64Array(4).fill(logit), [3]);
    expect(Math.abs(loss - Math.log(4))).toBeLessThanOrEqual(2 ** -52 * Math.max(1, Math.abs(logit)));
  }
});

test('a label that is no class is an error that names the sample', () => {
  expect(() => referenceLoss('crossEntropy', 2, 3).value(new Float64Array(6), [0, 3])).toThrow(
    'crossEntropy: expected labels from 0 to 2, got 3 for sample 1',
  );
});
