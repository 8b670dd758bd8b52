import { describe, expect, it } from 'vitest';
import { log } from '../base/math.js';
import type { Term } from '../study/claim.js';
import type { ResultView, TrialView } from '../study/take-reading.js';
import { termRange } from './term-range.js';

const inf = Number.POSITIVE_INFINITY;
const trial = (more: Partial<TrialView> = {}): TrialView => ({
  status: 'converged',
  epochs: 4,
  spec: { data: { kind: 'mnist', testSize: 500 } },
  metrics: { epoch: [1, 2, 3, 4], loss: [8, 4, 2, 1], accuracy: [0.1, 0.5, 0.6, 0.8] },
  ...more,
});
const results: Readonly<Record<string, ResultView>> = {
  converged: trial(),
  cut: trial({ status: 'finished', epochs: 10 }),
  diverged: trial({ status: 'diverged', epochs: 3 }),
  measured: { values: { v: 6, none: null }, columns: {} },
};
const epochs = (arm: string): Term => ({ arm, reading: { kind: 'epochs' } });
const first = (arm: string, above: number): Term => ({ arm, reading: { kind: 'epochsTo', metric: 'accuracy', above } });
const value = (name: string): Term => ({ arm: 'measured', reading: { kind: 'value', name } });
const n = (number: number): Term => ({ number });
const atLeast = (low: number): Term => ({ difference: [epochs('cut'), n(10 - low)] });
const unknown = value('none');

describe('a term is', () => {
  it.each<readonly [string, Term, number, number]>([
    ['a number', n(3), 3, 3],
    ['a reading', value('v'), 6, 6],
    ['unknown where a reading is not defined', unknown, -inf, inf],
    ['unknown for an arm that is not done', epochs('nobody'), -inf, inf],
    ['the epochs until it converged', epochs('converged'), 4, 4],
    ['at least the epochs trained, if it did not', epochs('cut'), 10, inf],
    ['unknown of a run that diverged', epochs('diverged'), -inf, inf],
    ['0 of whether that one converged', { arm: 'diverged', reading: { kind: 'converged' } }, 0, 0],
    ['unknown of its last loss', { arm: 'diverged', reading: { kind: 'last', metric: 'loss' } }, -inf, inf],
    ['the epoch at which a level was passed', first('converged', 0.55), 3, 3],
    ['that epoch even where the last one passed it', first('converged', 0.7), 4, 4],
    ['at least the epochs trained where none was', first('cut', 0.9), 10, inf],
    ['the epoch that was passed before it diverged', first('diverged', 0.4), 2, 2],
    ['unknown if it diverged before', first('diverged', 0.9), -inf, inf],
    ['the greatest', { greatest: [n(2), n(5)] }, 5, 5],
    ['at least the greatest that is known', { greatest: [n(2), unknown] }, 2, inf],
    ['at most the least that is known', { least: [n(2), unknown] }, -inf, 2],
    ['a mean', { mean: [n(2), n(5)] }, 3.5, 3.5],
    ['at least a mean, where one may be more', { mean: [n(2), atLeast(5)] }, 3.5, inf],
    ['where the greatest is', { argmax: [n(2), n(5), n(3)], at: [8, 16, 32] }, 16, 16],
    ['anywhere among equal ones', { argmax: [n(5), n(2), n(5)], at: [8, 16, 32] }, 8, 32],
    ['where it may be, if one is not known', { argmax: [n(2), n(5), unknown], at: [8, 16, 32] }, 16, 32],
    ['a difference', { difference: [n(2), n(5)] }, -3, -3],
    ['at most, where what is taken away may be more', { difference: [n(2), atLeast(5)] }, -inf, -3],
    ['unknown, where both may be more', { difference: [atLeast(1), atLeast(2)] }, -inf, inf],
    ['a ratio', { ratio: [n(6), n(3)] }, 2, 2],
    ['a ratio by a negative number', { ratio: [n(6), n(-3)] }, -2, -2],
    ['unknown for a ratio by 0', { ratio: [n(6), n(0)] }, -inf, inf],
    ['between 0 and a ratio, where what divides may be more', { ratio: [n(6), atLeast(3)] }, 0, 2],
    ['negative there as well', { ratio: [n(-6), atLeast(3)] }, -2, -0],
    ['a logarithm', { log: n(2) }, log(2), log(2)],
    ['minus infinity for that of 0', { log: n(0) }, -inf, -inf],
    ['unknown for that of a negative number', { log: n(-1) }, -inf, inf],
    ['unknown for 0 / 0 as logarithms', { difference: [{ log: n(0) }, { log: n(0) }] }, -inf, inf],
    ['at least a logarithm', { log: atLeast(2) }, log(2), inf],
    ['whole images', { images: n(0.98661), of: 10_000 }, 9866, 9866],
    ['1 if it holds', { holds: n(2), above: 1 }, 1, 1],
    ['0 at the bound', { holds: n(1), above: 1 }, 0, 0],
    ['1 between two bounds', { holds: n(0.1), above: -0.27, below: 0.27 }, 1, 1],
    ['0 outside of them', { holds: n(0.27), above: -0.27, below: 0.27 }, 0, 0],
    ['0 or 1 if it straddles', { holds: atLeast(1), above: 5 }, 0, 1],
    ['1 if all there may be is beyond', { holds: atLeast(6), above: 5 }, 1, 1],
    ['0 if it cannot hold', { holds: atLeast(6), below: 5 }, 0, 0],
    [
      '1 if all hold',
      {
        all: [
          { holds: n(2), above: 1 },
          { holds: n(3), above: 1 },
        ],
      },
      1,
      1,
    ],
    [
      '0 if one does not, whatever the other is',
      {
        all: [
          { holds: n(0), above: 1 },
          { holds: unknown, above: 1 },
        ],
      },
      0,
      0,
    ],
  ])('%s', (_, term, low, high) => {
    expect(termRange(term, (arm) => results[arm])).toEqual({ low, high });
  });

  it('an order between lists: concordant less discordant pairs of all, ties counting 0', () => {
    const tau = (x: readonly Term[], y: readonly Term[]) => termRange({ kendall: [x, y] }, (arm) => results[arm]);
    const sizes = [1, 2, 3, 4].map(n);
    expect(tau(sizes, [5, 6, 8, 7].map(n))).toEqual({ low: 4 / 6, high: 4 / 6 });
    expect(tau(sizes, [5, 5, 6, 7].map(n))).toEqual({ low: 5 / 6, high: 5 / 6 });
    expect(tau(sizes, [n(5), n(6), n(7), unknown])).toEqual({ low: 0, high: 1 });
    expect(tau(sizes, [n(5), n(6), n(7), atLeast(8)])).toEqual({ low: 1, high: 1 });
  });
});
