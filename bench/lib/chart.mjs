// The ratios to PyTorch as a bar chart.
import { figureTheme } from '../../dist/report/drawing/figure-theme.js';

/** A Vega-Lite spec: a bar a workload, a line at 1 (as fast as PyTorch), a tick at each goal. */
export function ratioChart(results, machine) {
  const values = results
    .filter(({ ratio }) => ratio !== undefined)
    .map(({ label, ratio, goal }) => ({
      label,
      ratio,
      text: `${ratio.toFixed(ratio < 10 ? 2 : 1)}x`,
      end: Math.max(ratio, goal?.least ?? 0),
      ...(goal && { goal: goal.least }),
    }));
  const version = results.flatMap(({ contenders }) => contenders).find(({ id }) => id.startsWith('pytorch'))?.version;
  const peer = `PyTorch ${version ?? ''}`.replace(/a0$/, '');
  const y = { field: 'label', type: 'nominal', sort: null, axis: { title: null, labelLimit: 0 } };
  const x = (field) => ({
    field,
    type: 'quantitative',
    scale: { type: 'log', domain: [0.5, 1.35 * Math.max(1, ...values.map(({ end }) => end))], nice: false },
    axis: {
      title: "times as fast as PyTorch's fastest setting (log scale)",
      values: [0.5, 1, 2, 5, 10, 20, 50],
      format: '~g',
    },
  });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: {
      text: `Descent against ${peer}, ${machine.cpu}`,
      subtitle: 'one thread each, unless a name says otherwise; orange: the goal; line at 1: as fast as PyTorch',
    },
    width: 520,
    height: { step: 22 },
    config: figureTheme(0),
    data: { values },
    layer: [
      { mark: { type: 'bar', color: '#0072b2', height: 14 }, encoding: { y, x: x('ratio'), x2: { datum: 0.5 } } },
      { mark: { type: 'rule', color: '#3c434d' }, encoding: { x: { datum: 1 } } },
      {
        transform: [{ filter: 'isValid(datum.goal)' }],
        mark: { type: 'tick', color: '#d55e00', thickness: 2, size: 18 },
        encoding: { y, x: x('goal') },
      },
      {
        mark: { type: 'text', align: 'left', dx: 7, fontSize: 11 },
        encoding: { y, x: x('end'), text: { field: 'text' } },
      },
    ],
  };
}
