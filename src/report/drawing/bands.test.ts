import { expect, it } from 'vitest';
import { bandOf } from './bands.js';

const curve = (...ys: readonly number[]) => ys.map((y, i) => ({ x: i + 1, y }));

it('ends where fewer than half of the curves go on; until there, one that has ended counts with its last value', () => {
  const curves = [curve(1, 1, 1), curve(2, 2), curve(3), curve(4)];
  expect(bandOf(curves, 'all').map(({ x, low, high }) => [x, low, high])).toEqual([
    [1, 1, 4],
    [2, 1, 4],
  ]);
});

it('of curves with rows at other places, each counts at its own', () => {
  const curves = [
    [
      { x: 1, y: 1 },
      { x: 3, y: 5 },
    ],
    [
      { x: 2, y: 2 },
      { x: 3, y: 7 },
    ],
  ];
  expect(bandOf(curves, 'all').map(({ x, low, high }) => [x, low, high])).toEqual([
    [1, 1, 1],
    [2, 2, 2],
    [3, 5, 7],
  ]);
});

it('sorts by x whatever the order of the curves', () => {
  expect(bandOf([[{ x: 2, y: 5 }], [{ x: 1, y: 3 }]], 'middleHalf').map(({ x }) => x)).toEqual([1, 2]);
});
