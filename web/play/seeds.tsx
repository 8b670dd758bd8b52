import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { Chart } from '../plots/chart.js';
import type { Line } from '../plots/draw-line.js';
import { createSeries, type Series } from '../plots/series.js';
import type { Lab } from '../state/lab.js';
import type { Band, Reply, Request } from '../worker/protocol.js';

const howMany = 16;

interface SeedsRun {
  readonly done: number;
  readonly lines: readonly Line[];
}

/** The same run from sixteen seeds: median and quartiles at every step. */
export function ManySeeds({ lab }: { lab: Lab }) {
  const run = useSignal<SeedsRun | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const worker = useRef<Worker>(undefined);
  const stop = (): void => {
    worker.current?.terminate();
    worker.current = undefined;
  };
  useEffect(() => stop, []);
  const begin = (): void => {
    const spec = lab.active.value?.spec;
    if (!spec) return;
    stop();
    problem.value = undefined;
    run.value = { done: 0, lines: [] };
    worker.current = train(spec, run, problem);
  };
  const { done = 0, lines = [] } = run.value ?? {};
  const busy = run.value !== undefined && done < howMany && problem.value === undefined;
  return (
    <div class="panel-box">
      <h3>Many seeds</h3>
      <p class="quiet">
        {run.value === undefined
          ? 'One run is an anecdote. Train this one from sixteen seeds, and see the median and the middle half of them.'
          : `${done} of ${howMany} seeds, from ${lab.active.value?.spec.seed ?? 1} on. ` +
            'Band: from the lower to the upper quartile.'}
      </p>
      <div class="row">
        <button type="button" onClick={begin} disabled={busy}>
          Run {howMany} seeds
        </button>
        {busy && (
          <>
            <progress max={howMany} value={done} aria-label="Seeds" />
            <button
              type="button"
              onClick={() => {
                stop();
                run.value = undefined;
              }}
            >
              Stop
            </button>
          </>
        )}
      </div>
      {problem.value && <p class="notice bad">{problem.value}</p>}
      {lines.length > 0 && (
        <Chart
          title="Loss over seeds"
          unit={`n = ${done}`}
          lines={() => run.value?.lines ?? []}
          revision={() => run.value}
          step={() => lab.active.value?.place.value.step ?? 0}
        />
      )}
    </div>
  );
}

function train(spec: TrialSpec, run: Signal<SeedsRun | undefined>, problem: Signal<string | undefined>): Worker {
  const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'seeds' });
  const seeds = Array.from({ length: howMany }, (_, i) => (spec.seed + i) % 2 ** 32);
  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    if (data.kind === 'seeds') run.value = { done: data.done, lines: linesOf(data.bands) };
    if (data.kind === 'problem') problem.value = data.text;
    if (data.kind === 'seeds' && data.done === howMany) worker.terminate();
  };
  worker.postMessage({ kind: 'seeds', run: 'seeds', spec, seeds } satisfies Request);
  return worker;
}

const shown: Readonly<Record<string, readonly [string, string]>> = {
  loss: ['training, median', '--line-1'],
  testLoss: ['test, median', '--line-2'],
};

function linesOf(bands: readonly Band[]): readonly Line[] {
  return bands.flatMap(({ name, steps, low, middle, high }) => {
    const words = shown[name];
    if (!words) return [];
    const [label, color] = words;
    const series = (values: Float64Array): Series => {
      const made = createSeries();
      steps.forEach((step, i) => {
        made.push(step, values[i]!);
      });
      return made;
    };
    return [{ label, color, series: series(middle), band: [series(low), series(high)] as const }];
  });
}
