import { type Signal, useSignal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { type Shown, ShownNow } from '../exports/proof.js';
import { Chart } from '../plots/chart.js';
import type { Lab } from '../state/lab.js';
import { bandLines, type SeedsRun, trainSeeds } from '../state/seeds-run.js';

const howMany = 16;

/** The same run from sixteen seeds: median and quartiles at every step. */
export function ManySeeds({ lab }: { lab: Lab }) {
  const { run, begin, stop } = useSeeds(lab);
  const { done = 0, problem } = run.value ?? {};
  const busy = run.value !== undefined && done < howMany && problem === undefined;
  return (
    <div class="panel-box many-seeds">
      <h3>Many seeds</h3>
      <p class="quiet">{run.value ? doneWords(run.value) : askWords}</p>
      <div class="row">
        <button type="button" onClick={begin} disabled={busy || !lab.active.value?.facts.value}>
          Run {howMany} seeds
        </button>
        {busy && (
          <>
            <progress max={howMany} value={done} aria-label="Seeds" />
            <button type="button" onClick={stop}>
              Stop
            </button>
          </>
        )}
      </div>
      {problem && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
      {run.value && done > 0 && <Bands lab={lab} run={run} />}
    </div>
  );
}

const askWords =
  'One run is an anecdote. Train this one from sixteen seeds, and see the median and the middle half of them.';

const doneWords = ({ done, of, seeds }: SeedsRun): string =>
  `${done} of ${howMany} seeds of run ${of}, from ${seeds[0]} on. Band: from the lower to the upper quartile.`;

function useSeeds(lab: Lab) {
  const run = useSignal<SeedsRun | undefined>(undefined);
  const end = useRef<() => void>(undefined);
  useEffect(() => () => end.current?.(), []);
  return {
    run,
    begin(): void {
      const view = lab.active.value;
      if (!view) return;
      end.current?.();
      end.current = trainSeeds(view, howMany, run);
    },
    stop(): void {
      end.current?.();
      run.value = undefined;
    },
  };
}

const charts = [
  { title: 'Loss over seeds', metrics: ['loss', 'testLoss'] },
  { title: 'Accuracy over seeds', metrics: ['accuracy', 'testAccuracy'] },
] as const;

function Bands({ lab, run }: { lab: Lab; run: Signal<SeedsRun | undefined> }) {
  const { done = 0, bands = [] } = run.value ?? {};
  const shown = useCallback(() => shownSeeds(run.peek()!), [run]);
  return (
    <ShownNow.Provider value={shown}>
      {charts
        .filter(({ metrics }) => bands.some(({ name }) => metrics.some((metric) => metric === name)))
        .map(({ title, metrics }) => (
          <Chart
            key={title}
            title={title}
            unit={`n = ${done}`}
            lines={() => bandLines(run.value?.bands ?? [], metrics)}
            revision={() => run.value}
            step={() => lab.active.value?.place.value.step ?? 0}
          />
        ))}
    </ShownNow.Provider>
  );
}

/** What the bands are of: those seeds alone that are trained. */
function shownSeeds({ of, spec, seeds, done, bands }: SeedsRun): Shown {
  const step = Math.max(0, ...bands.map(({ steps }) => steps.at(-1) ?? 0));
  const proof = { spec: JSON.stringify(spec, null, 2), hash: '', step, seeds: seeds.slice(0, done) };
  return { name: `descent-${of}-seeds`, proof };
}
