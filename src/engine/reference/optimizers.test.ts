import { expect, test } from 'vitest';
import type { OptimizerSpec } from '../training/spec.js';
import { initialState, optimizerStep } from './optimizers.js';

const gradients = [0.5, -0.25, 0.125, 0.75];

/** Parameters after each step from 2, for the gradients above. */
function walk(spec: OptimizerSpec): number[] {
  let state = initialState(spec, Float64Array.of(2));
  return gradients.map((g) => {
    state = optimizerStep(spec, state, Float64Array.of(g));
    return state.params[0]!;
  });
}

test('sgd follows p - learningRate g exactly', () => {
  expect(walk({ kind: 'sgd', learningRate: 0.5 })).toEqual([1.75, 1.875, 1.8125, 1.4375]);
});

test('sgd with momentum and decay follows b = mu b + g + c p, first step b = g + c p, exactly', () => {
  let p = 2;
  let b = 0;
  const expected = gradients.map((g, i) => {
    const decayed = g + 0.25 * p;
    b = i === 0 ? decayed : 0.5 * b + decayed;
    p -= 0.5 * b;
    return p;
  });
  expect(walk({ kind: 'sgd', learningRate: 0.5, momentum: 0.5, weightDecay: 0.25 })).toEqual(expected);
});

/** Adam's formula with its moments as sums over all gradients, bias-corrected: mHat / (sqrt(vHat) + epsilon). */
function adamByHand(learningRate: number, l2: number, decoupled: number): number[] {
  const seen: number[] = [];
  let p = 2;
  return gradients.map((gradient) => {
    seen.push(gradient + l2 * p);
    const average = (beta: number, f: (g: number) => number) => {
      const weights = seen.map((_, i) => (1 - beta) * beta ** (seen.length - 1 - i));
      return seen.reduce((sum, g, i) => sum + weights[i]! * f(g), 0) / (1 - beta ** seen.length);
    };
    const step = average(0.9, (g) => g) / (Math.sqrt(average(0.999, (g) => g * g)) + 1e-8);
    p = p * (1 - learningRate * decoupled) - learningRate * step;
    return p;
  });
}

test.each([
  [{ kind: 'adam', learningRate: 0.1 }, adamByHand(0.1, 0, 0)],
  [{ kind: 'adam', learningRate: 0.1, weightDecay: 0.5 }, adamByHand(0.1, 0.5, 0)],
  [{ kind: 'adamW', learningRate: 0.1 }, adamByHand(0.1, 0, 0.01)],
  [{ kind: 'adamW', learningRate: 0.1, weightDecay: 0.5 }, adamByHand(0.1, 0, 0.5)],
] as const)('%o follows the formula within 1e-13', (spec, expected) => {
  walk(spec).forEach((p, i) => {
    expect(Math.abs(p / expected[i]! - 1)).toBeLessThan(1e-13);
  });
});

test('rmsprop with momentum, centered and not, follows the formula within 1e-14', () => {
  for (const centered of [false, true]) {
    let [p, v, m, b] = [2, 0, 0, 0];
    const expected = gradients.map((gradient) => {
      const g = gradient + 0.25 * p;
      v = 0.75 * v + 0.25 * g * g;
      m = centered ? 0.75 * m + 0.25 * g : 0;
      b = 0.5 * b + g / (Math.sqrt(v - m * m) + 1e-3);
      p -= 0.1 * b;
      return p;
    });
    const spec = { kind: 'rmsprop', learningRate: 0.1, alpha: 0.75, epsilon: 1e-3, momentum: 0.5 } as const;
    walk({ ...spec, weightDecay: 0.25, centered }).forEach((found, i) => {
      expect(Math.abs(found - expected[i]!)).toBeLessThan(1e-14);
    });
  }
});

test('a step leaves the state before it as it was', () => {
  const spec = { kind: 'adam', learningRate: 0.1 } as const;
  const state = initialState(spec, Float64Array.of(2));
  optimizerStep(spec, state, Float64Array.of(1));
  expect(state).toEqual(initialState(spec, Float64Array.of(2)));
});

test('a gradient of the wrong length is an error', () => {
  const spec = { kind: 'sgd', learningRate: 1 } as const;
  expect(() => optimizerStep(spec, initialState(spec, new Float64Array(3)), new Float64Array(2))).toThrow(
    'gradient: expected 3 numbers, got 2',
  );
});
