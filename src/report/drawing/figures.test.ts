import { describe, expect, it } from 'vitest';
import { noResults, resultsOf, tinyExperiment, tinyRecord, tinyRun } from '../../../test/support/tiny-experiment.js';
import type { FigureOf } from '../../study/figure.js';
import { joinRun, type Results } from '../tables/run.js';
import { curvesData } from './figure-data.js';
import { drawingOf } from './figure-drawing.js';
import { renderSvg, renderTitled } from './render.js';
import { vegaSpec } from './vega-spec.js';

const runOf = (results: Results, seeds?: readonly number[], twins?: number) =>
  joinRun(tinyRun(seeds, twins), [tinyExperiment], results);
const results = resultsOf(tinyRecord('a1', [1, 0.5, 0.05]), tinyRecord('b1', [2, 0.2, null]));
const run = runOf(results);
const { figures } = tinyExperiment.protocols[0]!;

describe.each(figures)('a figure of kind $kind', (figure) => {
  it('draws as before', async () => {
    const svg = await renderSvg(vegaSpec(drawingOf(figure, run)!, 'wide', figure.title));
    await expect(svg.replaceAll('><', '>\n<')).toMatchFileSnapshot(`snapshots/${figure.kind}.svg`);
  });

  it('has all axis labels, coordinates of at most two decimals and no ids that could meet another figure', async () => {
    const svg = await renderSvg(vegaSpec(drawingOf(figure, run)!, 'narrow'));
    for (const { label } of [figure.x, figure.y, figure.y2 ?? figure.y]) expect(svg).toContain(`>${label}</text>`);
    expect(svg.match(/<[^>]*\d\.\d{3,}[^>]*>/g)).toBeNull();
    expect(svg).not.toMatch(/\sid=|url\(/);
  });

  it.each([
    ['a title', figure.title],
    ['one wider than the drawing', 'wide '.repeat(40)],
  ])('drawn with %s and without it by one view is as drawn by two', async (_, title) => {
    const drawing = drawingOf(figure, run)!;
    expect(await renderTitled(vegaSpec(drawing, 'wide', title))).toEqual({
      titled: await renderSvg(vegaSpec(drawing, 'wide', title)),
      bare: await renderSvg(vegaSpec(drawing, 'wide')),
    });
  });

  it('is left out where no task has what it shows', () => {
    expect(drawingOf(figure, runOf(noResults))).toBeUndefined();
  });
});

it('leaves out of a log axis what is not above 0', () => {
  const drawing = drawingOf(figures[0]!, runOf(resultsOf(tinyRecord('a1', [1, 0, 0.1]))))!;
  expect(drawing.series.map(({ lines }) => lines)).toEqual([
    [
      [
        { x: 1, y: 1 },
        { x: 3, y: 0.1 },
      ],
    ],
  ]);
});

it('draws two seeds one by one, and of three the median with the band of their middle half', () => {
  const records = [1, 2, 3].map((seed) => tinyRecord(`a${seed}`, [seed, 10 * seed]));
  const series = (seeds: readonly number[]) => drawingOf(figures[0]!, runOf(resultsOf(...records), seeds))!.series[0]!;
  expect(series([1, 2]).lines).toHaveLength(2);
  expect(series([1, 2]).seeds).toBeUndefined();
  expect(series([1, 2, 3]).seeds).toEqual([
    { x: 1, y: 2, low: 1.5, high: 2.5 },
    { x: 2, y: 20, low: 15, high: 25 },
  ]);
});

it('draws the band of all rounding twins of a seed, the trial itself among them', () => {
  const records = [tinyRecord('a1', [5]), tinyRecord('a1-1', [4]), tinyRecord('a1-2', [9])];
  const [series] = drawingOf(figures[0]!, runOf(resultsOf(...records), [1], 2))!.series;
  expect(series?.lines).toEqual([[{ x: 1, y: 5 }]]);
  expect(series?.twins).toEqual([{ x: 1, y: 5, low: 4, high: 9 }]);
});

it('prints a metric of the run beside the points of the epochs that a path names', async () => {
  const path: FigureOf<'columns'> = {
    ...(figures.find(({ kind }) => kind === 'columns') as FigureOf<'columns'>),
    mark: 'path',
    series: [{ x: 'pc1', y: 'pc2' }],
    group: 'run',
    printed: { metric: 'loss', epochs: [2] },
  };
  const columns = { run: [0, 0, 1, 1], epoch: [1, 2, 1, 2], pc1: [1, 2, 3, 4], pc2: [5, 6, 7, 8] };
  const { trials, measurements } = resultsOf(tinyRecord('a1', [1, 0.5]), tinyRecord('b1', [2, 0.25]));
  const line = { ...measurements.get('line1')!, columns };
  const drawing = drawingOf(path, runOf({ trials, measurements: new Map([['line1', line]]) }))!;
  expect(drawing.series.map(({ printed }) => printed)).toEqual([
    [{ x: 2, y: 6, value: 0.5 }],
    [{ x: 4, y: 8, value: 0.25 }],
  ]);
  const svg = await renderSvg(vegaSpec(drawing, 'wide'));
  for (const text of ['>50.0</text>', '>25.0</text>']) expect(svg).toContain(text);
  expect(curvesData(drawing, 200)).toMatchObject({ series: [{ printed: { x: [2], y: [6], value: [0.5] } }, {}] });
});
