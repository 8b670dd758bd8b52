import { describe, expect, it, test } from 'vitest';
import type { MeasurementResult } from '../../../tasks/measurement-spec.js';
import { type FiguredMeasure, isFigured } from '../figured-readings.js';
import { renderSvg } from '../render.js';
import { measurementFigure } from './figure.js';

const steps = [-1, 0, 1];
const plane = steps.flatMap((a) => steps.map((b) => ({ a, b, loss: 0.01 * 10 ** (a * a + b * b) })));
const column = (read: (row: (typeof plane)[0]) => number | null) => plane.map(read);
const alphas = [-1, 0, 0.5, 1, 2];
const results: Readonly<Record<FiguredMeasure, MeasurementResult>> = {
  hessian: {
    values: { tolerance: 1e-9, nPositive: 2, nZero: 3, nNegative: 1, gradNorm: 1.23456e-5 },
    columns: { eigenvalue: [-0.02, -1e-12, 0, 1e-17, 0.4, 30] },
  },
  spectrum: {
    values: { lambdaMin: -0.5, lambdaMax: 2, sigma: 0.025 },
    columns: { lambda: [-1, 0, 1, 2], density: [1e-200, 4, 0.01, null] },
  },
  surface: {
    values: {},
    columns: { a: column(({ a }) => a), b: column(({ b }) => b), trainLoss: column(({ loss }) => loss).with(8, null) },
  },
  interpolation: {
    values: { barrierTrain: 0.25, barrierTest: 0.125 },
    columns: {
      alpha: alphas,
      trainLoss: [3, 0.1, 0.4, 0.2, 5],
      trainAccuracy: [0.5, 1, 0.9, 0.95, 0.3],
      testLoss: [3.5, 0.3, 0.5, 0.3, 6],
      testAccuracy: [0.4, 0.92, 0.8, 0.9, 0.2],
    },
  },
  trajectory: {
    values: {
      explained1: 0.7512,
      explained2: 0.2,
      randomWalkExplained1: 0.6,
      randomWalkExplained2: 0.15,
      residualShare: 0.1,
    },
    columns: {
      run: [0, 0, 0, 1, 1, 1],
      epoch: [1, 2, 3, 1, 2, 3],
      pc1: [-2, -1, -0.5, 2, 1, 0.5],
      pc2: [1, 0.5, 0.2, 1, 0.6, 0.1],
    },
  },
};
const names = Object.keys(results) as FiguredMeasure[];
const draw = (name: FiguredMeasure, result = results[name]) =>
  measurementFigure(name, result, { of: 'trial 12345678', loss: 'crossEntropy' });

describe.each(names)('the figure of %s', (name) => {
  it('draws as before', async () => {
    const svg = await renderSvg(draw(name));
    await expect(svg.replaceAll('><', '>\n<')).toMatchFileSnapshot(`snapshots/measured-${name}.svg`);
  });

  it('names what was measured, and is an error where nothing is finite', () => {
    expect(draw(name).title).toMatchObject({ text: expect.stringContaining(', trial 12345678') });
    const { values, columns } = results[name];
    const broken = Object.fromEntries(Object.entries(columns).map(([key, cells]) => [key, cells.map(() => null)]));
    expect(() => draw(name, { values, columns: broken })).toThrow(`got none in ${name}`);
  });
});

const subtitle = (name: FiguredMeasure): string =>
  [(draw(name).title as { subtitle: string[] }).subtitle].flat().join(' ');

test('subtitles hold the counts of signs, the barriers and the explained variance', () => {
  expect(subtitle('hessian')).toContain('6 eigenvalues: 2 positive, 3 zero within 1e-9, 1 negative.');
  expect(subtitle('interpolation')).toBe('Barrier between 0 and 1: training 0.25, test 0.125.');
  expect(subtitle('trajectory')).toContain('Explained variance 75.1 % and 20 %');
  expect(subtitle('surface')).toContain('Lowest 0.01 at (0, 0), highest 1.');
  expect(subtitle('spectrum')).toContain('From −0.5 to 2,');
});

test('a path of one component is drawn along the epochs; one run needs no legend', async () => {
  const { values, columns } = results.trajectory;
  const { pc2: _, ...line } = Object.fromEntries(
    Object.entries(columns).map(([name, cells]) => [name, cells.slice(0, 3)]),
  );
  const svg = await renderSvg(draw('trajectory', { values, columns: line }));
  expect(svg).toContain('>epoch (passes over the training data)</text>');
  expect(svg).not.toContain('run 0');
});

describe('a surface in the plane of a trajectory', () => {
  const { columns } = results.surface;
  const rest = Array(5).fill(null);
  const ofPath: MeasurementResult = {
    values: { explained1: 0.7512, explained2: 0.2 },
    columns: {
      ...columns,
      b: columns['b']!.map((b) => b! / 4),
      pathA: [-0.9, -0.4, 0.3, 0.8, ...rest],
      pathB: [0.2, -0.1, -0.2, 0.1, ...rest],
      pathEpoch: [0, 10, 20, 30, ...rest],
    },
  };

  it('draws as before', async () => {
    const svg = await renderSvg(draw('surface', ofPath));
    await expect(svg.replaceAll('><', '>\n<')).toMatchFileSnapshot('snapshots/measured-surface-trajectory.svg');
  });

  it('shows the epochs of both ends and the explained variance; each axis goes as far as its own steps', () => {
    const spec = draw('surface', ofPath);
    expect(spec.title).toMatchObject({
      subtitle: expect.arrayContaining(['4 snapshots, explained variance 75.1 % and 20 %.']),
    });
    const text = JSON.stringify(spec);
    for (const part of ['"epoch 0"', '"epoch 30"', '[-1.5,1.5]', '[-0.375,0.375]']) expect(text).toContain(part);
    expect(text).not.toContain('"epoch 10"');
  });
});

test('measures that are numbers alone have no figure', () => {
  expect(names.every(isFigured)).toBe(true);
  expect((['sharpness', 'sensitivity', 'curvature', 'predictions', 'gridError'] as const).some(isFigured)).toBe(false);
});
