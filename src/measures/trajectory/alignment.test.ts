import { expect, test } from 'vitest';
import { aligned, type Point } from './alignment.js';

const picture: readonly Point[] = [
  [1, 2],
  [-0.5, 3],
  [4, -1],
];
const [c, s] = [0.6, 0.8];

test.each([
  ['turned', ([x, y]: Point): Point => [c * x + s * y, c * y - s * x]],
  ['mirrored', ([x, y]: Point): Point => [y, x]],
  ['turned and mirrored', ([x, y]: Point): Point => [c * x + s * y, s * x - c * y]],
])('points that are %s lie on the picture again', (_, moved) => {
  const { points, misfit } = aligned(picture.map(moved), picture);
  points.flat().forEach((value, i) => {
    expect(value).toBeCloseTo(picture.flat()[i]!, 12);
  });
  expect(misfit).toBeLessThan(1e-12);
});

test('nothing is moved or scaled: twice as far out leaves as much as the picture is long', () => {
  const { points, misfit } = aligned(
    picture.map(([x, y]) => [2 * x, 2 * y]),
    picture,
  );
  expect(points[2]![0]).toBeCloseTo(8, 12);
  expect(misfit).toBeCloseTo(1, 12);
});

test('of all turns and mirrors the nearest is taken', () => {
  const others: readonly Point[] = [
    [0.9, 2.2],
    [-0.7, 2.6],
    [4.4, -0.8],
  ];
  const { misfit } = aligned(others, picture);
  for (let i = 0; i < 360; i++) {
    const [co, si] = [Math.cos((i * Math.PI) / 180), Math.sin((i * Math.PI) / 180)];
    for (const sign of [1, -1]) {
      const left = others.reduce(
        (sum, [x, y], at) =>
          sum + (co * x - sign * si * y - picture[at]![0]) ** 2 + (si * x + sign * co * y - picture[at]![1]) ** 2,
        0,
      );
      expect(Math.sqrt(left / picture.flat().reduce((sum, v) => sum + v * v, 0))).toBeGreaterThanOrEqual(
        misfit - 1e-12,
      );
    }
  }
});

test('lists of different lengths are refused', () => {
  expect(() => aligned(picture, picture.slice(1))).toThrow('aligned: expected as many points');
});
