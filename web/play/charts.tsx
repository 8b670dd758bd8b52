import { useComputed } from '@preact/signals';
import { Chart } from '../plots/chart.js';
import type { Line } from '../plots/draw-line.js';
import type { Series } from '../plots/series.js';
import { smoothed } from '../plots/smooth.js';
import { logX, logY, put, smoothing, zoom } from '../plots/view.js';
import type { Lab } from '../state/lab.js';
import type { RunView } from '../state/run-view.js';
import { Toggle } from './fields.js';

/** A chart of some metrics. */
interface ChartSpec {
  readonly title: string;
  readonly unit: string;
  readonly metrics: readonly { readonly name: string; readonly label: string; readonly color: string }[];
}

const chartSpecs: readonly ChartSpec[] = [
  {
    title: 'Loss',
    unit: 'of each step’s batch; test: of all test samples',
    metrics: [
      { name: 'loss', label: 'training', color: '--line-1' },
      { name: 'testLoss', label: 'test', color: '--line-2' },
    ],
  },
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

/** What was recorded, over steps; lines of a run that is compared are dashed. */
export function Charts({ lab }: { lab: Lab }) {
  const shown = useComputed(() => {
    const view = lab.active.value;
    void view?.revision.value;
    const has = ({ metrics }: ChartSpec): boolean =>
      metrics.some(({ name }) => (view?.lines.get(name)?.count ?? 0) > 0);
    return chartSpecs
      .filter(has)
      .map(({ title }) => title)
      .join('|');
  });
  const specs = chartSpecs.filter(({ title }) => shown.value.split('|').includes(title));
  return (
    <>
      <fieldset class="row axes-row" aria-label="Axes">
        <Toggle label="log values" on={logY.value} onChange={(on) => put(logY, on)} />
        <Toggle label="log steps" on={logX.value} onChange={(on) => put(logX, on)} />
        <Toggle label="smooth" on={smoothing.value > 0} onChange={(on) => put(smoothing, on ? 0.95 : 0)} />
        {zoom.value && (
          <button type="button" onClick={() => put(zoom, undefined)}>
            All steps
          </button>
        )}
      </fieldset>
      {specs.length === 0 && (
        <p class="empty">
          Run it, and what is recorded is drawn here. Drag over a chart to zoom, click to go to a step.
        </p>
      )}
      {specs.map((spec) => (
        <MetricChart key={spec.title} lab={lab} spec={spec} />
      ))}
    </>
  );
}

function MetricChart({ lab, spec: { title, unit, metrics } }: { lab: Lab; spec: ChartSpec }) {
  const linesOf = (view: RunView | undefined, dash?: readonly number[]): readonly Line[] =>
    metrics.flatMap(({ name, label, color }) => {
      const series = view?.lines.get(name);
      return series && view
        ? [{ label: `${label} ${view.label}`, color, ...(dash && { dash }), ...drawn(series) }]
        : [];
    });
  return (
    <Chart
      title={title}
      unit={unit}
      lines={() => [...linesOf(lab.active.value), ...linesOf(lab.compared.value, [6, 4])]}
      revision={() => [
        lab.active.value?.revision.value,
        lab.compared.value?.revision.value,
        lab.active.value?.place.value.step,
        smoothing.value,
      ]}
      step={() => lab.active.value?.place.value.step ?? 0}
      onPick={lab.seek}
    />
  );
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
