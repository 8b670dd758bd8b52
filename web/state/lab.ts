import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import type { PanelName, PictureRequest, Reply, Request, RunKey } from '../worker/protocol.js';
import { newRunView, type RunView, takeUpdate } from './run-view.js';

/** Runs in a worker, as the page sees and moves them. */
export interface Lab {
  readonly runs: ReadonlySignal<readonly RunView[]>;
  /** The one that is shown and moved. */
  readonly active: ReadonlySignal<RunView | undefined>;
  /** Another one that is drawn beside it. */
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
  const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'lab' });
  const runs = signal<readonly RunView[]>([]);
  const activeKey = signal<RunKey | undefined>(undefined);
  const comparedKey = signal<RunKey | undefined>(undefined);
  const find = (key: RunKey | undefined) => runs.value.find((one) => one.key === key);
  const active = computed(() => find(activeKey.value));
  const compared = computed(() => (comparedKey.value === activeKey.value ? undefined : find(comparedKey.value)));
  const pace = signal(0);
  const openPanels = signal<readonly PanelName[]>([]);
  const panelEvery = signal(10);
  const picture = signal<PictureRequest | undefined>(undefined);
  const waiting = new Map<string, (reply: Reply) => void>();
  let made = 0;

  const post = (request: Request): void => worker.postMessage(request);
  worker.onmessage = ({ data }: MessageEvent<Reply>) => listen(data);
  worker.onerror = (event) => {
    const view = active.value;
    if (view) view.problem.value = `the worker stopped: ${event.message || 'it could not be loaded'}`;
  };

  function listen(reply: Reply): void {
    if (reply.kind === 'ready') return;
    if (reply.kind === 'weights' || reply.kind === 'digest') {
      waiting.get(`${reply.kind} ${reply.run}`)?.(reply);
      return;
    }
    const view = find(reply.run);
    if (!view) return;
    if (reply.kind === 'opened') {
      view.facts.value = reply.facts;
      if (view.key === activeKey.value) watch();
    }
    if (reply.kind === 'problem') view.problem.value = reply.text;
    if (reply.kind === 'update') {
      takeUpdate(view, reply);
      afterFrame(() => post({ kind: 'drawn', run: view.key }));
    }
  }

  function watch(): void {
    const view = active.value;
    if (!view?.facts.value) return;
    post({
      kind: 'watch',
      run: view.key,
      ...(picture.value && { picture: picture.value }),
      panels: { open: openPanels.value, every: panelEvery.value },
    });
  }
  for (const one of [openPanels, panelEvery, picture]) one.subscribe(() => watch());

  function add(view: RunView): RunView {
    runs.value = [...runs.value, view];
    return view;
  }
  function show(view: RunView): void {
    const before = active.value;
    if (before && before.key !== view.key) {
      post({ kind: 'pause', run: before.key });
      post({ kind: 'watch', run: before.key, panels: { open: [], every: 1 } });
    }
    activeKey.value = view.key;
    watch();
  }
  function remove(view: RunView): void {
    post({ kind: 'close', run: view.key });
    runs.value = runs.value.filter(({ key }) => key !== view.key);
    if (comparedKey.value === view.key) comparedKey.value = undefined;
  }
  const named = (): Pick<RunView, 'key' | 'label'> => ({ key: `run${++made}`, label: labelOf(runs.value) });

  return {
    runs,
    active,
    compared,
    pace,
    openPanels,
    panelEvery,
    picture,
    open(spec, { keepOld = false } = {}) {
      const old = active.value;
      if (old && !keepOld) remove(old);
      const view = add(newRunView({ ...named(), spec, parent: undefined }));
      post({ kind: 'open', run: view.key, spec });
      show(view);
      makeRoom();
      return view;
    },
    branch(from, atStep, spec) {
      const view = add(newRunView({ ...named(), spec, parent: { key: from.key, atStep } }));
      post({ kind: 'open', run: view.key, spec, from: { run: from.key, atStep } });
      show(view);
      comparedKey.value = from.key;
      makeRoom();
      return view;
    },
    show,
    compare(view) {
      comparedKey.value = view?.key;
    },
    remove,
    play() {
      const view = active.value;
      if (view) post({ kind: 'play', run: view.key, stepsPerSecond: pace.value });
    },
    pause() {
      if (active.value) post({ kind: 'pause', run: active.value.key });
    },
    seek(step) {
      if (active.value) post({ kind: 'seek', run: active.value.key, step: Math.max(0, Math.round(step)) });
    },
    ask(view, kind) {
      return new Promise((resume) => {
        waiting.set(`${kind} ${view.key}`, resume as (reply: Reply) => void);
        post({ kind, run: view.key });
      });
    },
    close() {
      worker.terminate();
    },
  };

  /** Old runs make room for new ones, those from which no other branches first. */
  function makeRoom(): void {
    while (runs.value.length > mostRuns) {
      const parents = new Set(runs.value.map(({ parent }) => parent?.key));
      const old = runs.value.find(
        ({ key }) => key !== activeKey.value && key !== comparedKey.value && !parents.has(key),
      );
      if (!old) return;
      remove(old);
    }
  }
}

/** Once the page has drawn; a hidden page, which draws nothing, takes what is new now and then. */
function afterFrame(act: () => void): void {
  let done = false;
  const once = (): void => {
    if (!done) act();
    done = true;
  };
  requestAnimationFrame(once);
  setTimeout(once, hiddenMs);
}

const hiddenMs = 500;
const mostRuns = 8;

/** The first letter that no run has. */
function labelOf(runs: readonly RunView[]): string {
  const used = new Set(runs.map(({ label }) => label));
  for (let i = 0; ; i++) {
    const label = i < 26 ? String.fromCharCode(65 + i) : `R${i}`;
    if (!used.has(label)) return label;
  }
}
