import type { ReadonlySignal, Signal } from '@preact/signals';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import type { PanelName, PictureRequest, Reply } from '../worker/protocol.js';
import { changesOf } from './lab-changes.js';
import { type LabState, newLabState } from './lab-state.js';
import { connectWorker } from './lab-worker.js';
import type { RunView } from './run-view.js';

/** Runs in a worker, as the page sees and moves them. */
export interface Lab {
  readonly runs: ReadonlySignal<readonly RunView[]>;
  /** The one that is shown and moved. */
  readonly active: ReadonlySignal<RunView | undefined>;
  /** Another one that is drawn beside it, at the same step. */
  readonly compared: ReadonlySignal<RunView | undefined>;
  readonly pace: Signal<number>;
  readonly openPanels: Signal<readonly PanelName[]>;
  readonly panelEvery: Signal<number>;
  readonly picture: Signal<PictureRequest | undefined>;
  /** Starts a run of its own. With `keepOld` false the one that is shown is dropped. */
  open(spec: TrialSpec, options?: { readonly keepOld?: boolean }): RunView;
  /** Leaves a run after a step, with a spec that is equal up to there. */
  branch(from: RunView, atStep: number, spec: TrialSpec): RunView;
  show(view: RunView): void;
  compare(view: RunView | undefined): void;
  remove(view: RunView): void;
  play(): void;
  pause(): void;
  seek(step: number): void;
  /** Asks a run for a file, or the digest of its state. */
  ask<K extends 'weights' | 'digest'>(view: RunView, kind: K): Promise<Extract<Reply, { kind: K }>>;
  close(): void;
}

/** A lab with a worker of its own, and no run. */
export function createLab(): Lab {
  const state = newLabState();
  const worker = connectWorker(state);
  return {
    ...signalsOf(state),
    ...changesOf(state, worker.post),
    play() {
      const view = state.active.value;
      if (view) worker.post({ kind: 'play', run: view.key, stepsPerSecond: state.pace.value });
    },
    pause() {
      const view = state.active.value;
      if (view) worker.post({ kind: 'pause', run: view.key });
    },
    seek(step) {
      const view = state.active.value;
      if (view) worker.post({ kind: 'seek', run: view.key, step: Math.max(0, Math.round(step)) });
    },
    ask: worker.ask,
    close: worker.close,
  };
}

const signalsOf = ({ runs, active, compared, pace, openPanels, panelEvery, picture }: LabState) => ({
  runs,
  active,
  compared,
  pace,
  openPanels,
  panelEvery,
  picture,
});
