import { expect, test } from 'vitest';
import golden from '../../test/golden/function-fit-first-50.json' with { type: 'json' };
import { UserError } from '../base/errors.js';
import { functionDataset, signSin, sinc } from './functions.js';
import { linspace } from './linspace.js';

test("the 300 inputs are PyTorch's exactly", () => {
  expect([...linspace(-1, 1, 300)]).toEqual(golden.x);
});

test("sinc is PyTorch's within 6e-8 at each of the 300 points, and exactly at 265 of them", () => {
  const { targets } = functionDataset('sinc');
  const gaps = golden.f1.map((y, i) => Math.abs(targets[i]! - y));
  expect(Math.max(...gaps)).toBeLessThan(6e-8);
  expect(gaps.filter((gap) => gap === 0).length).toBe(265);
});

test("signSin is PyTorch's exactly at each of the 300 points", () => {
  expect([...functionDataset('signSin').targets]).toEqual(golden.f2);
});

test('at 0 sinc is 1 and signSin is 0, on grids with a point there too', () => {
  expect([sinc(0), sinc(-0), signSin(0)]).toEqual([1, 1, 0]);
  expect([...functionDataset('sinc', { points: 3 }).targets].map((y) => Math.abs(y) > 0.5)).toEqual([
    false,
    true,
    false,
  ]);
});

test.each([2, 3, 15, 16, 17, 31, 301])(
  'a grid of %i points begins and ends at its ends, evenly within 2e-7',
  (count) => {
    const grid = linspace(-1, 1, count);
    expect([grid[0], grid.at(-1)]).toEqual([-1, 1]);
    grid.forEach((x, i) => {
      expect(Math.abs(x - (-1 + (2 * i) / (count - 1)))).toBeLessThan(2e-7);
    });
  },
);

test("a function of one's own becomes a data set of float32 points", () => {
  const square = functionDataset((x) => x * x, { points: 5, from: 0, to: 2, name: 'square' });
  expect(square).toEqual({
    name: 'square',
    size: 5,
    inputShape: [1],
    inputs: Float32Array.of(0, 0.5, 1, 1.5, 2),
    targets: Float32Array.of(0, 0.25, 1, 2.25, 4),
  });
});

test('a grid or a value that is none is an error', () => {
  for (const points of [0, 1, 2.5, Number.NaN]) expect(() => functionDataset('sinc', { points })).toThrow(UserError);
  expect(() => functionDataset('sinc', { from: Number.NaN })).toThrow('from, to: expected finite numbers');
  const inverse = (x: number) => 1 / x;
  expect(() => functionDataset(inverse, { points: 3 })).toThrow('inverse(0): expected a finite number, got Infinity');
});
