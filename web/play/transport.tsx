import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { wholeNumber } from '../plots/ticks.js';
import type { Lab } from '../state/lab.js';
import type { RunView } from '../state/run-view.js';
import { Choice } from './fields.js';
import { shortcut } from './keys.js';

/** Steps a second, by their words. */
const paces = {
  '0': 'as fast as it goes',
  '5000': '5,000 steps a second',
  '500': '500 steps a second',
  '50': '50 steps a second',
  '5': '5 steps a second',
} as const;

interface Props {
  readonly lab: Lab;
  readonly onNextSeed: () => void;
  readonly onBranch: () => void;
  readonly children: ComponentChildren;
}

/** Run, pause, step, reset, next seed, and where it stands. */
export function Transport({ lab, onNextSeed, onBranch, children }: Props) {
  const view = lab.active.value;
  const ready = view?.facts.value !== undefined && view.problem.value === undefined;
  // Not of the step itself, which changes with every frame.
  const playing = useComputed(() => lab.active.value?.place.value.playing ?? false).value;
  const atStart = useComputed(() => (lab.active.value?.place.value.step ?? 0) === 0).value;
  const ended = useComputed(() => hasEnded(lab.active.value)).value;
  return (
    <div class="transport" role="toolbar" aria-label="Training">
      <button
        type="button"
        class="primary"
        disabled={!ready || ended}
        onClick={playing ? lab.pause : lab.play}
        aria-keyshortcuts={shortcut('Space')}
      >
        {playing ? 'Pause' : 'Run'}
      </button>
      <Stepping lab={lab} atStart={atStart} ready={ready} ended={ended} />
      <button
        type="button"
        disabled={!ready}
        onClick={onNextSeed}
        aria-keyshortcuts={shortcut('S')}
        title="Other first weights and batches"
      >
        Next seed
      </button>
      <button
        type="button"
        disabled={!ready || atStart || ended}
        onClick={onBranch}
        aria-keyshortcuts={shortcut('N')}
        title="A second run with this past"
      >
        Branch here
      </button>
      <Speed lab={lab} />
      <GoTo lab={lab} ready={ready} />
      <span class="more">{children}</span>
    </div>
  );
}

const hasEnded = (view: RunView | undefined): boolean =>
  view?.outcome.value !== undefined && view.place.value.step === view.outcome.value.steps;

interface SteppingProps {
  readonly lab: Lab;
  readonly atStart: boolean;
  readonly ready: boolean;
  readonly ended: boolean;
}

function Stepping({ lab, atStart, ready, ended }: SteppingProps) {
  const stepNow = (): number => lab.active.peek()?.place.peek().step ?? 0;
  return (
    <>
      <button
        type="button"
        disabled={!ready || atStart}
        onClick={() => lab.seek(stepNow() - 1)}
        aria-label="One step back"
        aria-keyshortcuts={shortcut('ArrowLeft')}
      >
        ‹
      </button>
      <button
        type="button"
        disabled={!ready || ended}
        onClick={() => lab.seek(stepNow() + 1)}
        aria-label="One step on"
        aria-keyshortcuts={shortcut('ArrowRight')}
      >
        ›
      </button>
      <button
        type="button"
        disabled={!ready || atStart}
        onClick={() => lab.seek(0)}
        aria-keyshortcuts={shortcut('R')}
        title="Back to the same first weights"
      >
        Reset
      </button>
    </>
  );
}

function Speed({ lab }: { lab: Lab }) {
  return (
    <Choice
      label="Speed"
      value={String(lab.pace.value) as keyof typeof paces}
      options={paces}
      onChange={(value) => {
        lab.pace.value = Number(value);
        if (lab.active.value?.place.value.playing) lab.play();
      }}
    />
  );
}

function GoTo({ lab, ready }: { lab: Lab; ready: boolean }) {
  const view = lab.active.value;
  const step = view?.place.value.step ?? 0;
  const total = view?.facts.value?.totalSteps ?? 0;
  return (
    <form
      class="go-to"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('step');
        const wanted = Number(String(typed).replaceAll(',', ''));
        if (Number.isInteger(wanted) && wanted >= 0) lab.seek(Math.min(wanted, total));
      }}
    >
      <label>
        Step{' '}
        <input name="step" inputMode="numeric" autocomplete="off" value={String(step)} disabled={!ready} size={8} />
      </label>
      {total > 0 && <span class="of">of {wholeNumber(total)}</span>}
    </form>
  );
}
