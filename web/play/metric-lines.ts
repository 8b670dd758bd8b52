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
  /** What is said besides where there are test samples. */
  readonly testUnit?: string;
  readonly metrics: readonly Metric[];
}

interface Metric {
  readonly name: string;
  readonly label: string;
  readonly color: string;
  /** Its colour in a run that is compared: where values jump from step to step, no dash is seen. */
  readonly otherColor: string;
}

const training = { label: 'training', color: '--line-1', otherColor: '--line-2' } as const;
const test = { label: 'test', color: '--line-4', otherColor: '--line-5' } as const;

/** The loss. */
export const lossChart: MetricChartSpec = {
  title: 'Loss',
  unit: 'of each step’s batch',
  testUnit: '; test: of all test samples',
  metrics: [
    { name: 'loss', ...training },
    { name: 'testLoss', ...test },
  ],
};

/** Every chart, in the order in which they are shown. */
export const metricCharts: readonly MetricChartSpec[] = [
  lossChart,
  {
    title: 'Accuracy',
    unit: 'share of samples',
    metrics: [
      { name: 'accuracy', ...training },
      { name: 'testAccuracy', ...test },
    ],
  },
  {
    title: 'Gradient norm',
    unit: 'of each step’s batch',
    metrics: [{ name: 'gradNorm', label: 'norm', color: '--line-3', otherColor: '--line-2' }],
  },
];

/** The lines of a chart; those of a run that is compared are dashed, in colours of their own. */
export const metricLines = ({ active, compared }: Lab, { metrics }: MetricChartSpec): readonly Line[] => [
  ...metrics.flatMap((metric) => lineOf(active.value, metric)),
  ...metrics.flatMap((metric) => {
    const other = { ...metric, color: metric.otherColor };
    return lineOf(compared.value, other).map((line) => ({ ...line, dash: otherDash }));
  }),
];

function lineOf(view: RunView | undefined, { name, label, color }: Metric): readonly Line[] {
  const series = view?.lines.get(name);
  return series && view ? [{ label: `${label} ${view.label}`, color, ...drawn(series) }] : [];
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
