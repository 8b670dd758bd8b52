import { advance, type LiveRun, stepOf } from './live-run.js';
import { createPanels, type Panels, type PanelsHost } from './panels.js';
import { takePicture } from './picture.js';
import type { PanelRequest, PictureRequest, RunKey, RunUpdate } from './protocol.js';

/** A run with what the page wants of it, and what it has been sent. */
export interface Session {
  readonly key: RunKey;
  readonly run: LiveRun;
  readonly panels: Panels;
  picture: PictureRequest | undefined;
  wanted: PanelRequest;
  /** Steps a second; 0: as fast as it goes. */
  pace: number;
  /** Whether it goes on to the end, or only to where it was moved. */
  playing: boolean;
  /** Where and when the pace began. */
  since: { readonly step: number; readonly time: number };
  /** The page has drawn the last update. */
  mayPost: boolean;
  /** Something is new since then. */
  changed: boolean;
  sentRows: number;
  sentEvents: number;
  sentKeyframes: number;
}

/** What a session asks of the worker. */
export interface SessionHost extends Pick<PanelsHost, 'find'> {
  /** Asks for another turn. */
  readonly wake: () => void;
}

/** A session in which nothing was sent yet. */
export function newSession(key: RunKey, run: LiveRun, { wake, find }: SessionHost): Session {
  const onNews = (): void => {
    session.changed = true;
    wake();
  };
  const session: Session = {
    key,
    run,
    panels: createPanels(run, { onNews, find }),
    picture: undefined,
    wanted: { open: [], every: 1 },
    pace: 0,
    playing: false,
    since: { step: 0, time: 0 },
    mayPost: true,
    changed: true,
    sentRows: 0,
    sentEvents: 0,
    sentKeyframes: 0,
  };
  return session;
}

/** Milliseconds between two looks at what the page wants. */
export const sliceMs = 8;

/** Works for a slice of time. Returns how many milliseconds it can wait for the next; undefined: nothing is left. */
export function takeTurn(session: Session): number | undefined {
  const { run } = session;
  const wait = run.target === undefined ? undefined : moveOn(session, run.target);
  if (run.target === undefined) {
    session.panels.take(session.wanted);
    if (session.panels.rest(session.wanted)) session.changed = true;
  }
  return wait;
}

function moveOn(session: Session, target: number): number | undefined {
  const { run, pace, playing, since } = session;
  const step = stepOf(run);
  const paced = playing && pace > 0;
  const allowed = paced ? since.step + Math.floor(((performance.now() - since.time) * pace) / 1000) : target;
  if (paced && allowed <= step && !run.machine.trial.end()) return Math.min(50, 1000 / pace);
  advance(run, Math.min(target, allowed, session.panels.nextStep(session.wanted, step)), sliceMs);
  session.panels.take(session.wanted);
  session.changed = true;
  if (run.machine.trial.end() || stepOf(run) >= target) {
    run.target = undefined;
    session.playing = false;
    return undefined;
  }
  return stepOf(run) === step ? 1 : 0;
}

/** What is new, if the page takes it. */
export function nextUpdate(session: Session): RunUpdate | undefined {
  if (!session.mayPost || !session.changed) return undefined;
  const { run, key, playing, picture, wanted } = session;
  const { machine, rows, events, target, outcome } = run;
  const { step, epoch } = machine.trial.progress();
  const keyframes = machine.keyframes();
  const pending = target === undefined ? pendingOf(run) : undefined;
  const update: RunUpdate = {
    kind: 'update',
    run: key,
    step,
    // At rest the epoch of the last step, as in its row; on the way that of the next.
    epoch: pending?.epoch ?? epoch,
    head: machine.furthest(),
    playing,
    replaying: playing || target === undefined ? 0 : Math.max(0, target - step),
    ...(rows.count > session.sentRows && { rows: rows.slice(session.sentRows, mostRows) }),
    ...(keyframes.length !== session.sentKeyframes && { keyframes }),
    ...(events.length > session.sentEvents && { events: events.slice(session.sentEvents) }),
    ...(picture && { picture: takePicture(run, picture) }),
    panels: session.panels.data(wanted),
    ...(outcome && { outcome }),
    ...(pending && { pending }),
  };
  session.sentRows += update.rows?.count ?? 0;
  session.sentEvents = events.length;
  session.sentKeyframes = keyframes.length;
  session.mayPost = false;
  session.changed = session.sentRows < rows.count;
  return update;
}

/** Rows of one update: what the page takes in within a few milliseconds. */
const mostRows = 20_000;

/** The row of the step where a trial stands, which the next one would emit. */
const pendingOf = ({ machine }: LiveRun) => machine.trial.state().recorder.pending;
