/** The worker of the lab: trains, rewinds and measures, in slices between which it listens to the page. */
import { config } from 'zod/mini';
import { tensorsOf, writeSafetensors } from '../../src/lab/safetensors.js';
import { parseTrialSpec } from '../../src/tasks/schema/trial-schema.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { requireModest } from './limits.js';
import { advance, openLiveRun, stepOf } from './live-run.js';
import { fetchPart, requireServed } from './mnist-part.js';
import type { Reply, Request, RunKey, RunUpdate } from './protocol.js';
import { trainSeeds } from './seeds.js';
import { newSession, nextUpdate, type Session, sliceMs, takeTurn } from './turn.js';

// Compiled checks would need code made from text, which a strict policy forbids.
config({ jitless: true });

// This file lies in `assets`, what is served beside the pages one folder up.
const base = new URL('../', location.href).href;
const sessions = new Map<RunKey, Session>();
let mnist: ReturnType<typeof fetchPart> | undefined;
const loadMnist = () => {
  mnist ??= fetchPart(base).catch((error) => {
    mnist = undefined;
    throw error;
  });
  return mnist;
};

const post = (reply: Reply, transfer: Transferable[] = []): void => postMessage(reply, { transfer });

/** A turn comes after the messages that wait. */
const turns = new MessageChannel();
let asked = false;
let timer: ReturnType<typeof setTimeout> | undefined;
function wake(): void {
  if (asked) return;
  asked = true;
  if (timer !== undefined) clearTimeout(timer);
  timer = undefined;
  turns.port2.postMessage(undefined);
}
turns.port1.onmessage = () => {
  asked = false;
  const waits = [...sessions.values()].map(turnOf).filter((wait) => wait !== undefined);
  if (waits.length === 0) return;
  const wait = Math.min(...waits);
  if (wait < 1) wake();
  else timer = setTimeout(wake, wait);
};

function turnOf(session: Session): number | undefined {
  try {
    const wait = takeTurn(session);
    send(session);
    return wait;
  } catch (error) {
    session.run.target = undefined;
    post({ kind: 'problem', run: session.key, text: messageOf(error) });
    return undefined;
  }
}

function send(session: Session): void {
  const update = nextUpdate(session);
  if (update) post(update, transfersOf(update));
}

const transfersOf = ({ rows, picture }: RunUpdate): Transferable[] => [
  ...(rows ? [rows.steps, rows.epochs, rows.mask, ...rows.columns].map(({ buffer }) => buffer) : []),
  ...(picture ? [picture.outputs.buffer] : []),
];

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Requests are answered in their order, though opening takes a while. */
let queue: Promise<void> = Promise.resolve();
addEventListener('message', ({ data }: MessageEvent<Request>) => {
  queue = queue
    .then(() => answer(data))
    .catch((error) => post({ kind: 'problem', run: data.run, text: messageOf(error) }));
});

async function answer(request: Request): Promise<void> {
  if (request.kind === 'open') return open(request);
  if (request.kind === 'seeds') return runSeeds(request);
  const session = sessions.get(request.run);
  if (!session) return;
  answerIn(session, request);
  wake();
}

type Other = Exclude<Request, { kind: 'open' | 'seeds' }>;

function answerIn(session: Session, request: Other): void {
  const { run } = session;
  switch (request.kind) {
    case 'watch':
      session.picture = request.picture;
      session.wanted = request.panels;
      session.changed = true;
      return;
    case 'play':
      session.pace = request.stepsPerSecond;
      session.playing = true;
      session.since = { step: stepOf(run), time: performance.now() };
      run.target = Number.POSITIVE_INFINITY;
      return;
    case 'pause':
      session.playing = false;
      session.changed = true;
      run.target = undefined;
      return;
    case 'seek':
      session.playing = false;
      run.machine.seek(request.step);
      run.target = request.step;
      return;
    case 'drawn':
      session.mayPost = true;
      send(session);
      return;
    case 'close':
      sessions.delete(request.run);
      return;
    case 'digest':
      post({ kind: 'digest', run: session.key, step: stepOf(run), digest: run.machine.trial.digest() });
      return;
    case 'weights':
      sendWeights(session);
  }
}

function sendWeights({ key, run }: Session): void {
  const { trial } = run.machine;
  const tensors = tensorsOf(trial.state().parameters, trial.parameterShapes);
  const proof = { spec: JSON.stringify(run.facts.spec), hash: run.outcome?.hash ?? '', step: String(stepOf(run)) };
  const bytes = writeSafetensors(tensors, proof) as Uint8Array<ArrayBuffer>;
  post({ kind: 'weights', run: key, step: stepOf(run), bytes }, [bytes.buffer]);
}

function readSpec(json: unknown): TrialSpec {
  const spec = parseTrialSpec(json);
  requireServed(spec);
  requireModest(spec);
  return spec;
}

async function open({ run: key, spec: json, from }: Extract<Request, { kind: 'open' }>): Promise<void> {
  const spec = readSpec(json);
  const parent = from && sessions.get(from.run)?.run;
  if (from && parent) {
    // A branch begins where its parent stands.
    parent.target = undefined;
    parent.machine.seek(from.atStep);
    while (stepOf(parent) < from.atStep && !parent.machine.trial.end()) {
      advance(parent, from.atStep, sliceMs);
      await new Promise((resume) => setTimeout(resume, 0));
    }
  }
  const run = await openLiveRun(spec, loadMnist, parent);
  sessions.set(key, newSession(key, run, { wake, find: (other) => sessions.get(other)?.run }));
  post({ kind: 'opened', run: key, facts: run.facts });
}

async function runSeeds({ run, spec: json, seeds }: Extract<Request, { kind: 'seeds' }>): Promise<void> {
  const spec = readSpec(json);
  await trainSeeds(spec, seeds, { loadMnist, onBands: (done, bands) => post({ kind: 'seeds', run, done, bands }) });
}

post({ kind: 'ready' });
