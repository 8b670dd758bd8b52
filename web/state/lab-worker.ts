import { effect } from '@preact/signals';
import { onceDrawn } from '../plots/frame.js';
import type { PanelRequest, PictureRequest, Reply, Request, RunKey, SampleFacts } from '../worker/protocol.js';
import type { LabState } from './lab-state.js';
import { type RunView, takeFacts, takeUpdate } from './run-view.js';

/** The worker of a lab. */
export interface LabWorker {
  post(request: Request): void;
  ask<K extends 'weights' | 'digest'>(view: RunView, kind: K): Promise<Extract<Reply, { kind: K }>>;
  close(): void;
}

/** Starts a worker whose replies come into the state of a lab. */
export function connectWorker(state: LabState): LabWorker {
  const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'lab' });
  const waiting = new Map<string, (reply: Reply) => void>();
  const post = (request: Request): void => worker.postMessage(request);
  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    if (data.kind === 'weights' || data.kind === 'digest') waiting.get(`${data.kind} ${data.run}`)?.(data);
    else takeReply(state, data, post);
  };
  worker.onerror = (event) => {
    const view = state.active.value;
    if (view) view.problem.value = `the worker stopped: ${event.message || 'it could not be loaded'}`;
  };
  const stops = [watchShown(state, post), followActive(state, post)];
  return {
    post,
    ask: (view, kind) =>
      new Promise((resume) => {
        waiting.set(`${kind} ${view.key}`, resume as (reply: Reply) => void);
        post({ kind, run: view.key });
      }),
    close() {
      for (const stop of stops) stop();
      worker.terminate();
    },
  };
}

type Post = LabWorker['post'];

function takeReply({ runs }: LabState, reply: Reply, post: Post): void {
  if (reply.kind === 'ready') return;
  const view = runs.value.find(({ key }) => key === reply.run);
  if (!view) return;
  if (reply.kind === 'opened') takeFacts(view, reply.facts);
  if (reply.kind === 'problem') view.problem.value = reply.text;
  if (reply.kind === 'update') {
    takeUpdate(view, reply);
    // While it runs all charts have their turn first; a seek is not kept waiting.
    afterFrame(reply.playing ? onceDrawn : requestAnimationFrame, () => post({ kind: 'drawn', run: view.key }));
  }
}

const noPanels: PanelRequest = { open: [], every: 1 };

/** Asks for pictures and panels of the run that is shown and the one beside it, and of no other. */
function watchShown({ active, compared, picture, openPanels, panelEvery }: LabState, post: Post): () => void {
  let before: readonly RunKey[] = [];
  return effect(() => {
    const panels: PanelRequest = { open: openPanels.value, every: panelEvery.value };
    const watch = (view: RunView, beside?: RunView): RunKey => {
      const samples = view.facts.value?.samples;
      const asked = samples && picture.value && canAnswer(samples, picture.value) && { picture: picture.value };
      post({ kind: 'watch', run: view.key, ...asked, panels: { ...panels, ...(beside && { beside: beside.key }) } });
      return view.key;
    };
    // Before a run is laid out as well, so that no point of a panel is missed on the way to a link's step.
    const [view, other] = [active.value, compared.value];
    const watched = [...(view ? [watch(view, other)] : []), ...(other ? [watch(other)] : [])];
    for (const run of before) if (!watched.includes(run)) post({ kind: 'watch', run, panels: noPanels });
    before = watched;
  });
}

/** Whether a network of these samples has what a picture asks for. */
function canAnswer({ width, digits }: SampleFacts, { kind }: PictureRequest): boolean {
  if (kind === 'digits') return digits !== undefined;
  return digits === undefined && width === (kind === 'curve' ? 1 : 2);
}

/** Moves the run beside the one that is shown to the same step, or to its end: one time for all charts. */
function followActive({ active, compared }: LabState, post: Post): () => void {
  let asked = '';
  return effect(() => {
    const [view, other] = [active.value, compared.value];
    if (!view?.facts.value || !other?.facts.value) return;
    const step = Math.min(view.place.value.step, other.outcome.value?.steps ?? Number.POSITIVE_INFINITY);
    const now = `${other.key} ${step}`;
    if (now !== asked && step !== other.place.peek().step) post({ kind: 'seek', run: other.key, step });
    asked = now;
  });
}

/** Once the page has drawn; a hidden page, which draws nothing, takes what is new now and then. */
function afterFrame(whenDrawn: (act: () => void) => void, act: () => void): void {
  let done = false;
  const once = (): void => {
    if (!done) act();
    done = true;
  };
  whenDrawn(once);
  setTimeout(once, hiddenMs);
}

const hiddenMs = 500;
