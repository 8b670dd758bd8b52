import { describe, expect, it } from 'vitest';
import { createSeries, type Series } from '../plots/series.js';
import { readCsv } from '../state/csv.js';
import { csvOf } from './csv.js';
import { chartSvg } from './picture.js';

const proof = { spec: '{\n  "seed": 1\n}', hash: 'ab'.repeat(32), step: 3 };

function seriesOf(...values: number[]): Series {
  const series = createSeries();
  values.forEach((value, i) => {
    series.push(i + 1, value);
  });
  return series;
}

describe('a file that is saved', () => {
  it('as CSV has spec and hash before its rows, and can be read as a table', () => {
    const text = csvOf(
      new Map([
        ['loss', seriesOf(0.5, 0.25, 0.125)],
        ['gradNorm', seriesOf(2, 1)],
      ]),
      proof,
    );
    expect(text.split('\n').slice(0, 5)).toEqual([
      '# spec: {"seed":1}',
      `# hash: ${proof.hash}`,
      '# after step: 3',
      'step,loss,gradNorm',
      '1,0.5,2',
    ]);
    expect(readCsv(text.replace('3,0.125,\n', '3,0.125,0\n')).rows).toHaveLength(3);
  });

  it('as SVG has every line of the chart, those of the other run dashed, and the proof inside', () => {
    const lines = [
      { label: 'training A', color: '--line-1', series: seriesOf(1, 0.1, 0.01) },
      { label: 'training <B>', color: '--line-1', series: seriesOf(1, 0.2, 0.02), dash: [6, 4] },
    ];
    const svg = chartSvg({ title: 'Loss', unit: 'of each step', lines, proof });
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    expect(svg).toContain('stroke-dasharray="6 4"');
    expect(svg).toContain('training &lt;B&gt;');
    expect(JSON.parse(/<metadata>(.*?)<\/metadata>/s.exec(svg)![1]!)).toEqual(proof);
    expect(chartSvg({ title: 'Loss', unit: '', lines: [], proof })).toContain('nothing was observed yet');
  });
});
