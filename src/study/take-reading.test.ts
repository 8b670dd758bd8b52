import { describe, expect, it } from 'vitest';
import type { Reading } from './reading.js';
import { type MeasurementView, type TrialView, takeReading } from './take-reading.js';

const trial = (metrics: TrialView['metrics'], more: Partial<TrialView> = {}): TrialView => ({
  status: 'finished',
  epochs: 4,
  spec: { data: { kind: 'mnist', testSize: 500 } },
  metrics: { epoch: [1, 2, 3, 4], ...metrics },
  ...more,
});
const falling = trial({ loss: [8, 4, null, 1], testLoss: [3, 2, 5, null] });

describe('of a trial', () => {
  it.each<readonly [string, Reading, number | undefined]>([
    ['its epochs', { kind: 'epochs' }, 4],
    ['whether it converged', { kind: 'converged' }, 0],
    ['its test images', { kind: 'testImages' }, 500],
    ['the last value that there is', { kind: 'last', metric: 'testLoss' }, 5],
    ['the smallest', { kind: 'min', metric: 'testLoss' }, 2],
    ['the largest until an epoch, included', { kind: 'max', metric: 'testLoss', until: 2 }, 3],
    ['the mean from an epoch on, of what there is', { kind: 'mean', metric: 'loss', from: 2 }, 2.5],
    ['the median in a window', { kind: 'median', metric: 'testLoss', until: 3 }, 3],
    ['the median of two, half way', { kind: 'median', metric: 'testLoss', until: 2 }, 2.5],
    ['the value at an epoch', { kind: 'at', metric: 'loss', epoch: 2 }, 4],
    ['nothing at an epoch without one', { kind: 'at', metric: 'loss', epoch: 3 }, undefined],
    ['the first epoch below a level', { kind: 'epochsTo', metric: 'loss', below: 5 }, 2],
    ['the epochs trained if it never is above one', { kind: 'epochsTo', metric: 'loss', above: 8 }, 4],
    ['nothing of a metric that was not observed', { kind: 'max', metric: 'gradNorm' }, undefined],
    ['nothing of a measurement', { kind: 'value', name: 'loss' }, undefined],
  ])('takes %s', (_, reading, expected) => {
    expect(takeReading(reading, falling)).toBe(expected);
  });

  it('takes the mean of running means, anew with each epoch: of 1, 3 and 4, 6 it is (1 + 2 + 4 + 5) / 4', () => {
    const bySteps = trial({ epoch: [1, 1, 2, 2], accuracy: [1, 3, 4, 6] });
    expect(takeReading({ kind: 'meanRunning', metric: 'accuracy' }, bySteps)).toBe(3);
    expect(takeReading({ kind: 'meanRunning', metric: 'accuracy', from: 2, until: 2 }, bySteps)).toBe(4.5);
  });

  it('takes what its spec says: parameters of its network, a number by its path, nothing where there is none', () => {
    const model = { kind: 'mlp', widths: [1, 5, 1], activation: 'relu' } as const;
    const { spec } = trial({});
    const known = trial({}, { spec: { ...spec, model, optimizer: { kind: 'sgd', learningRate: 0.1 } } });
    expect(takeReading({ kind: 'parameters' }, known)).toBe(16);
    expect(takeReading({ kind: 'setting', path: 'optimizer.learningRate' }, known)).toBe(0.1);
    for (const path of ['optimizer.kind', 'optimizer.weightDecay', 'optimizer.kind.length', 'nothing', ''])
      expect(takeReading({ kind: 'setting', path }, known)).toBeUndefined();
  });

  it('takes 1 for a trial that converged', () => {
    expect(takeReading({ kind: 'converged' }, trial({}, { status: 'converged' }))).toBe(1);
  });

  it('takes the slope of log loss by least squares: -log 2 for halving, whatever lies outside the window', () => {
    const halving = trial({ loss: [64, 32, 16, 1000] });
    expect(takeReading({ kind: 'logSlope', metric: 'loss', until: 3 }, halving)).toBeCloseTo(-Math.log(2), 12);
    expect(takeReading({ kind: 'logSlope', metric: 'loss', from: 4 }, halving)).toBeUndefined();
  });
});

describe('spikes', () => {
  const epochs = Array.from({ length: 200 }, (_, i) => i + 1);
  const norms = epochs.map((epoch) => ([50, 51, 120, 180].includes(epoch) ? 4 : 1));
  const curvature = epochs.map((epoch) => (epoch % 10 !== 0 ? null : epoch < 115 ? 1 : 9));
  const spiky: TrialView = {
    status: 'finished',
    epochs: 200,
    spec: { data: { kind: 'function', name: 'sinc' } },
    metrics: { epoch: epochs, gradNorm: norms, lambdaMax: curvature },
  };
  const rule = { metric: 'gradNorm', above: 3, window: 101 } as const;

  it('are counted where they begin, rows that touch once, and only in the window', () => {
    expect(takeReading({ kind: 'spikes', ...rule }, spiky)).toBe(3);
    expect(takeReading({ kind: 'spikes', ...rule, from: 51 }, spiky)).toBe(2);
    expect(takeReading({ kind: 'spikes', ...rule, above: 5 }, spiky)).toBe(0);
  });

  it('are near a crossing if they begin within so many epochs of the rows it lies between', () => {
    const near = { metric: 'lambdaMax', level: 5, within: 10 } as const;
    expect(takeReading({ kind: 'spikesNear', ...rule, near }, spiky)).toBeCloseTo(1 / 3, 12);
    expect(takeReading({ kind: 'spikesNear', ...rule, near: { ...near, within: 60 } }, spiky)).toBe(1);
    expect(takeReading({ kind: 'spikesNear', ...rule, above: 5, near }, spiky)).toBeUndefined();
  });

  it('have a chance level: 30 of the last 100 epochs are within 10 of the rows at 110 and 120', () => {
    const near = { metric: 'lambdaMax', level: 5, within: 10 } as const;
    expect(takeReading({ kind: 'epochsNear', near, from: 101 }, spiky)).toBeCloseTo(30 / 100, 12);
    expect(takeReading({ kind: 'epochsNear', near: { ...near, metric: 'loss' } }, spiky)).toBeUndefined();
  });
});

describe('spikes after a rise', () => {
  const epochs = Array.from({ length: 400 }, (_, i) => i + 1);
  const follow = (spikesAt: readonly number[], risesAt: readonly number[], from = 101) => {
    const gradNorm = epochs.map((epoch) => (spikesAt.includes(epoch) ? 9 : 1));
    const above = (epoch: number) => risesAt.some((rise) => epoch >= rise && epoch < rise + 5);
    const trial: TrialView = {
      status: 'finished',
      epochs: 400,
      spec: { data: { kind: 'function', name: 'sinc' } },
      metrics: { epoch: epochs, gradNorm, lambdaMax: epochs.map((epoch) => (above(epoch) ? 9 : 1)) },
    };
    const after = { metric: 'lambdaMax', level: 5, within: 20 } as const;
    const rule = { metric: 'gradNorm', above: 3, window: 101 } as const;
    return takeReading({ kind: 'spikesFollow', ...rule, from, after, shifts: 200 }, trial);
  };

  it('count up to 20 epochs after it, less the share of shifts that do: 21 of 300 epochs within chance', () => {
    // One rise shifted to 200 places spread over 300 epochs: 14 of them fall into the 21 epochs before a spike.
    expect(follow([200], [180])).toBeCloseTo(1 - 14 / 200, 1);
    expect(follow([200], [200])).toBeCloseTo(1 - 14 / 200, 1);
    expect(follow([200, 300], [190])).toBeCloseTo(0.5 - 14 / 200, 1);
  });

  it('do not count before it, or later; a fall is no rise', () => {
    for (const rise of [179, 201]) expect(follow([200], [rise])).toBeCloseTo(-14 / 200, 1);
    expect(follow([210], [185])).toBeCloseTo(-14 / 200, 1);
  });

  it('are 0 without rises, and nothing without spikes', () => {
    expect(follow([200], [])).toBe(0);
    expect(follow([], [180])).toBeUndefined();
    expect(follow([50], [40])).toBeUndefined();
  });
});

describe('of a measurement', () => {
  const line: MeasurementView = {
    values: { barrier: 0.5, missing: null, onlyFirstRight: 8, onlySecondRight: 0 },
    columns: { alpha: [-1, 0, 0.5, 1], loss: [9, 1, 4, null] },
  };
  it.each<readonly [string, Reading, number | undefined]>([
    ['a value', { kind: 'value', name: 'barrier' }, 0.5],
    ['nothing for a value that was not finite', { kind: 'value', name: 'missing' }, undefined],
    ["McNemar's p, 2 / 2^8 for eight to none", { kind: 'mcnemar' }, 2 / 256],
    ['the cell whose row is nearest', { kind: 'cell', column: 'loss', where: 'alpha', is: 0.4 }, 4],
    ['the largest cell in a range', { kind: 'greatestCell', column: 'loss', where: 'alpha', from: 0, to: 1 }, 4],
    ['the smallest cell in a range', { kind: 'leastCell', column: 'loss', where: 'alpha', from: 0, to: 1 }, 1],
    ['nothing in an empty range', { kind: 'greatestCell', column: 'loss', where: 'alpha', from: 2, to: 3 }, undefined],
    ['nothing of a trial', { kind: 'last', metric: 'loss' }, undefined],
  ])('takes %s', (_, reading, expected) => {
    const taken = takeReading(reading, line);
    if (expected === undefined) expect(taken).toBeUndefined();
    else expect(taken).toBeCloseTo(expected, 12);
  });
});
