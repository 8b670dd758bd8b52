import { describe, expect, it } from 'vitest';
import { createSeries, type Series } from '../plots/series.js';
import { readCsv } from '../state/csv.js';
import { type ChartShape, chartBody } from './chart-drawing.js';
import { csvOf, linesTable, seriesTable } from './csv.js';
import { svgOf } from './drawing.js';

const beside = { spec: '{ "seed": 2 }', hash: '', step: 2 };
const proof = { spec: '{\n  "seed": 1\n}', hash: 'ab'.repeat(32), step: 3 };

function seriesOf(...values: number[]): Series {
  const series = createSeries();
  values.forEach((value, i) => {
    series.push(i + 1, value);
  });
  return series;
}

/** A plot of 100 to 40 pixels over three steps, from 0.01 to 1. */
const shape: Omit<ChartShape, 'lines'> = {
  ...{ left: 50, top: 10, width: 100, height: 40, logX: false, logY: true, step: 2 },
  steps: [1, 3],
  values: [0.01, 1],
  levels: [],
  ink: (name) => name,
};
const line = { label: 'training A', color: '--line-1', series: seriesOf(1, 0.1, 0.01) };

describe('a file that is saved', () => {
  it('as CSV has spec and hash before its rows, and can be read as a table', () => {
    const lines = new Map([
      ['loss', seriesOf(0.5, 0.25, 0.125)],
      ['gradNorm', seriesOf(2, 1)],
    ]);
    const text = csvOf(seriesTable(lines), proof);
    expect(text.split('\n').slice(0, 5)).toEqual([
      '# spec: {"seed":1}',
      `# hash: ${proof.hash}`,
      '# after step: 3',
      'step,loss,gradNorm',
      '1,0.5,2',
    ]);
    expect(readCsv(text.replace('3,0.125,\n', '3,0.125,0\n')).rows).toHaveLength(3);
  });

  it('of two runs or of many seeds says so of each', () => {
    const rows = { columns: ['of', 'x'], rows: [['points, "mine"', 1]] };
    const text = csvOf(rows, { ...proof, seeds: [1, 2], beside });
    expect(text).toContain('# seeds: 1 2\n# beside: spec: {"seed":2}\n# beside: hash: \n# beside: after step: 2\n');
    expect(text.endsWith('of,x\n"points, ""mine""",1\n')).toBe(true);
  });

  it('of a chart has its bands, and what lies behind a smoothed line', () => {
    const band = [seriesOf(1, 2), seriesOf(3, 4)] as const;
    const { columns, rows } = linesTable([{ ...line, band, raw: seriesOf(9, 8, 7) }]);
    expect(columns).toEqual([
      ...['step', 'training A, smoothed', 'training A', 'training A: band from', 'training A: band to'],
    ]);
    expect(rows).toEqual([
      [1, 1, 9, 1, 3],
      [2, 0.1, 8, 2, 4],
      [3, 0.01, 7, '', ''],
    ]);
  });

  it('as SVG has the proof inside, and a chart as lines where they stand on the page', () => {
    const other = { ...line, series: seriesOf(1, Number.NaN, 0.01), dash: [6, 4] };
    const body = chartBody({ ...shape, lines: [line, other], levels: [{ value: 0.1, label: 'a < b' }] });
    const svg = svgOf('Loss <1>', { width: 160, height: 70, body }, proof);
    expect(JSON.parse(/<metadata>(.*?)<\/metadata>/s.exec(svg)![1]!.replaceAll('&quot;', '"'))).toEqual(proof);
    expect(svg).toContain('<title>Loss &lt;1&gt;</title>');
    expect(svg).toContain('a &lt; b');
    // From the top left corner of the plot through its middle to the last column, at the bottom.
    const points = [...svg.matchAll(/<polyline [^>]*points="([^"]*)"/g)].map((match) => match[1]!.split(' '));
    expect(points[0]).toEqual([
      ...Array(4).fill('50.5,10'),
      ...Array(4).fill('100.5,30'),
      ...Array(4).fill('149.5,50'),
    ]);
    // The other is broken where it is not a number, which is marked.
    expect(points.slice(1)).toEqual([Array(4).fill('50.5,10'), Array(4).fill('149.5,50')]);
    expect(svg.match(/stroke-dasharray="6 4"/g)).toHaveLength(2);
    expect(svg.match(/fill="--bad"/g)).toHaveLength(2);
  });

  it.each([
    [[0.01, 1], true, [0.01, 0.1, 1]],
    [[0, 1], false, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ] as const)('as SVG names values of its axis from %j: logarithmic %s', (values, logY, named) => {
    const svg = chartBody({ ...shape, lines: [line], values, logY });
    for (const value of named) expect(svg).toContain(`>${value}</text>`);
  });
});
