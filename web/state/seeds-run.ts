import type { Signal } from '@preact/signals';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import type { Line } from '../plots/draw-line.js';
import { createSeries, type Series } from '../plots/series.js';
import type { Band, Reply, Request } from '../worker/protocol.js';
import type { RunView } from './run-view.js';

/** Several seeds of a run, as far as they are trained. */
export interface SeedsRun {
  /** The name of the run, its spec, and all seeds; the first is its own. */
  readonly of: string;
  readonly spec: TrialSpec;
  readonly seeds: readonly number[];
  readonly done: number;
  readonly bands: readonly Band[];
  readonly problem?: string;
}

/** Trains some seeds of a run in a worker of their own, and says into a signal how far it is. Returns what ends it. */
export function trainSeeds(view: RunView, howMany: number, into: Signal<SeedsRun | undefined>): () => void {
  const { spec, label } = view;
  const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'seeds' });
  const seeds = Array.from({ length: howMany }, (_, i) => (spec.seed + i) % 2 ** 32);
  let run: SeedsRun = { of: label, spec, seeds, done: 0, bands: [] };
  const say = (more: Partial<SeedsRun>): void => {
    run = { ...run, ...more };
    into.value = run;
  };
  say({});
  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    if (data.kind === 'problem') say({ problem: data.text });
    if (data.kind !== 'seeds') return;
    say({ done: data.done, bands: data.bands });
    if (data.done === howMany) worker.terminate();
  };
  worker.onerror = (event) => say({ problem: `the worker stopped: ${event.message || 'it could not be loaded'}` });
  worker.postMessage({ kind: 'seeds', run: 'seeds', spec, seeds } satisfies Request);
  return () => worker.terminate();
}

const words: Readonly<Record<string, readonly [string, string]>> = {
  loss: ['training, median', '--line-1'],
  testLoss: ['test, median', '--line-4'],
  accuracy: ['training, median', '--line-1'],
  testAccuracy: ['test, median', '--line-4'],
};

/** Bands of some metrics as lines: the median, with the quartiles around it. */
export function bandLines(bands: readonly Band[], metrics: readonly string[]): readonly Line[] {
  return bands
    .filter(({ name }) => metrics.includes(name))
    .map(({ name, steps, low, middle, high }) => {
      const [label, color] = words[name]!;
      const series = (values: Float64Array): Series => seriesOf(steps, values);
      return { label, color, series: series(middle), band: [series(low), series(high)] as const };
    });
}

function seriesOf(steps: Float64Array, values: Float64Array): Series {
  const made = createSeries();
  steps.forEach((step, i) => {
    made.push(step, values[i]!);
  });
  return made;
}
