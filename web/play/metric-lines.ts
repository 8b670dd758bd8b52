import { type Line, otherDash } from '../plots/draw-line.js';
import type { Series } from '../plots/series.js';
import { smoothed } from '../plots/smooth.js';
import { smoothing } from '../plots/view.js';
import type { Lab } from '../state/lab.js';
import type { RunView } from '../state/run-view.js';

/** A chart of some metrics. */
export interface MetricChartSpec {
  readonly title: string;
  readonly unit: string;
  readonly metrics: readonly { readonly name: string; readonly label: string; readonly color: string }[];
}

/** The loss. */
export const lossChart: MetricChartSpec = {
  title: 'Loss',
  unit: 'of each step’s batch; test: of all test samples',
  metrics: [
    { name: 'loss', label: 'training', color: '--line-1' },
    { name: 'testLoss', label: 'test', color: '--line-2' },
  ],
};

/** Every chart, in the order in which they are shown. */
export const metricCharts: readonly MetricChartSpec[] = [
  lossChart,
  {
    title: 'Accuracy',
    unit: 'share of samples',
    metrics: [
      { name: 'accuracy', label: 'training', color: '--line-1' },
      { name: 'testAccuracy', label: 'test', color: '--line-2' },
    ],
  },
  {
    title: 'Gradient norm',
    unit: 'of each step’s batch',
    metrics: [{ name: 'gradNorm', label: 'norm', color: '--line-3' }],
  },
];

/** The lines of a chart; those of a run that is compared are dashed. */
export const metricLines = ({ active, compared }: Lab, chart: MetricChartSpec): readonly Line[] => [
  ...linesOf(active.value, chart),
  ...linesOf(compared.value, chart, otherDash),
];

function linesOf(view: RunView | undefined, { metrics }: MetricChartSpec, dash?: readonly number[]): readonly Line[] {
  return metrics.flatMap(({ name, label, color }) => {
    const series = view?.lines.get(name);
    return series && view ? [{ label: `${label} ${view.label}`, color, ...(dash && { dash }), ...drawn(series) }] : [];
  });
}

const kept = new WeakMap<Series, { readonly count: number; readonly weight: number; readonly made: Series }>();

/** A line as it is shown: itself, or its average with itself behind. */
function drawn(series: Series): Pick<Line, 'series' | 'raw'> {
  const weight = smoothing.value;
  if (weight === 0) return { series };
  const before = kept.get(series);
  const made = before?.count === series.count && before.weight === weight ? before.made : smoothed(series, weight);
  kept.set(series, { count: series.count, weight, made });
  return { series: made, raw: series };
}
