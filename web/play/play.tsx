import { useComputed, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Chart } from '../plots/chart.js';
import type { Line } from '../plots/draw-line.js';
import { curveInputs, Fit } from '../plots/fit.js';
import type { Lab } from '../state/lab.js';
import type { RunView } from '../state/run-view.js';
import { Controls } from './controls.js';
import { listenToKeys } from './keys.js';
import { Outcome } from './outcome.js';
import { Timeline } from './timeline.js';
import { Transport } from './transport.js';
import { usePlay } from './use-play.js';

/** The bench: controls, the network at work, charts, and the timeline below. */
export function Play({ lab }: { lab: Lab }) {
  const play = usePlay(lab);
  useEffect(() => listenToKeys(lab, play), [lab, play]);
  useSignalEffect(() => {
    const samples = lab.active.value?.facts.value?.samples;
    lab.picture.value = samples && pictureFor(samples);
  });
  const view = lab.active.value;
  return (
    <main class="play" id="main">
      <aside aria-label="What is trained">
        <Controls
          spec={play.spec.value}
          running={(view?.place.value.head ?? 0) > 0}
          preset={play.preset.value}
          onPreset={play.choosePreset}
          onSpec={play.takeSpec}
          onEdit={play.edit}
        />
      </aside>
      <section class="stage" aria-label="The network at work">
        {view && <Outcome view={view} />}
        {view && <Fit view={view} beside={undefined} />}
      </section>
      <section class="charts" aria-label="Charts">
        {view && <Charts lab={lab} />}
      </section>
      <footer class="dock">
        <Transport lab={lab} onNextSeed={play.nextSeed} />
        <Timeline lab={lab} />
      </footer>
    </main>
  );
}

const pictureFor = (samples: NonNullable<RunView['facts']['value']>['samples']) =>
  samples.width === 1 && !samples.labelled ? ({ kind: 'curve', xs: curveInputs(samples) } as const) : undefined;

/** A chart of some metrics. */
interface ChartSpec {
  readonly title: string;
  readonly unit: string;
  readonly metrics: readonly { readonly name: string; readonly label: string; readonly color: string }[];
}

const chartSpecs: readonly ChartSpec[] = [
  {
    title: 'Loss',
    unit: '',
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
  { title: 'Gradient norm', unit: '', metrics: [{ name: 'gradNorm', label: 'gradient norm', color: '--line-3' }] },
];

function Charts({ lab }: { lab: Lab }) {
  const shown = useComputed(() => {
    void lab.active.value?.revision.value;
    const lines = lab.active.value?.lines;
    return chartSpecs.filter(({ metrics }) => metrics.some(({ name }) => (lines?.get(name)?.count ?? 0) > 0));
  });
  const titles = useComputed(() => shown.value.map(({ title }) => title).join('|'));
  void titles.value;
  return (
    <>
      {shown.value.map((spec) => (
        <MetricChart key={spec.title} lab={lab} spec={spec} />
      ))}
    </>
  );
}

function MetricChart({ lab, spec: { title, unit, metrics } }: { lab: Lab; spec: ChartSpec }) {
  const linesOf = (view: RunView | undefined, dash?: readonly number[]): readonly Line[] =>
    metrics.flatMap(({ name, label, color }) => {
      const series = view?.lines.get(name);
      return series && view ? [{ label: `${label} ${view.label}`, series, color, ...(dash && { dash }) }] : [];
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
      ]}
      step={() => lab.active.value?.place.value.step ?? 0}
      onPick={lab.seek}
    />
  );
}
