import { useComputed } from '@preact/signals';
import { Chart } from '../plots/chart.js';
import { zoomAround } from '../plots/chart-range.js';
import { logX, logY, put, smoothing, zoom } from '../plots/view.js';
import type { Lab } from '../state/lab.js';
import { Toggle } from './fields.js';
import { type MetricChartSpec, metricCharts, metricLines } from './metric-lines.js';

/** What was recorded, over steps; lines of a run that is compared are dashed. */
export function Charts({ lab }: { lab: Lab }) {
  const shown = useComputed(() => {
    const view = lab.active.value;
    void view?.revision.value;
    const has = ({ metrics }: MetricChartSpec): boolean =>
      metrics.some(({ name }) => (view?.lines.get(name)?.count ?? 0) > 0);
    return metricCharts
      .filter(has)
      .map(({ title }) => title)
      .join('|');
  });
  const specs = metricCharts.filter(({ title }) => shown.value.split('|').includes(title));
  return (
    <>
      <AxesRow lab={lab} />
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

/** How the axes of all charts lie; zoom by buttons, for whom a drag is none. */
function AxesRow({ lab }: { lab: Lab }) {
  const canZoom = useComputed(() => (lab.active.value?.place.value.head ?? 0) > 1).value;
  const zoomBy = (factor: number): void => {
    const { step, head } = lab.active.peek()?.place.peek() ?? { step: 1, head: 2 };
    zoomAround(step, zoom.value ?? [1, Math.max(2, head)], factor);
  };
  return (
    <fieldset class="row axes-row" aria-label="Axes">
      <Toggle label="log values" on={logY.value} onChange={(on) => put(logY, on)} />
      <Toggle label="log steps" on={logX.value} onChange={(on) => put(logX, on)} />
      <Toggle label="smooth" on={smoothing.value > 0} onChange={(on) => put(smoothing, on ? 0.95 : 0)} />
      <span class="zooms">
        <button type="button" aria-label="Zoom in around this step" disabled={!canZoom} onClick={() => zoomBy(0.5)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" disabled={!zoom.value} onClick={() => zoomBy(2)}>
          −
        </button>
        {zoom.value && (
          <button type="button" onClick={() => put(zoom, undefined)}>
            All steps
          </button>
        )}
      </span>
    </fieldset>
  );
}

function MetricChart({ lab, spec }: { lab: Lab; spec: MetricChartSpec }) {
  const hasTest = useComputed(() => (lab.active.value?.facts.value?.samples.testSize ?? 0) > 0).value;
  return (
    <Chart
      title={spec.title}
      unit={`${spec.unit}${hasTest ? (spec.testUnit ?? '') : ''}`}
      lines={() => metricLines(lab, spec)}
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
