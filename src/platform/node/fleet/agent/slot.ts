import { canonicalJson } from '../../../../base/canonical-json.js';
import { sha256Hex } from '../../../../base/sha256.js';
import type { Mnist } from '../../../../data/index.js';
import { knownOutcomes } from '../../../../engine/bindings/kernel-cases.js';
import { reasonOf } from '../../../../fleet/limited.js';
import type { PartialTask } from '../../../../lab/store.js';
import type { Task } from '../../../../lab/task.js';
import { createTaskRecorder, unrecorded } from '../../../../lab/task-recorder.js';
import type { TaskEvent, TaskEventOf, TaskReport, WorkerEvent } from '../../../../tasks/task-event.js';
import { goldenTrial } from '../../machine/golden-trial.js';
import { type ThreadOptions, type ThreadWorker, threadStarter } from '../../workers/start-worker.js';
import type { WorkerStart } from '../../workers/worker-messages.js';

/** A place for one task at a time, with a thread of its own that is kept from task to task. */
export interface Slot {
  /** Runs a task and records it. */
  run(task: Task, options: SlotRun): Promise<TaskReport>;
  /** Tests the kernels of its thread, and trains a trial of known hash. @throws Error if anything comes out wrong */
  check(goldenHash: string): Promise<void>;
  /** Stops the task that it runs before its next step: it is interrupted. */
  stop(): void;
  /** Ends the thread. */
  end(): void;
}

/** What every thread of a slot is started with. */
export type SlotStart = Omit<WorkerStart, 'stopFlag' | 'mnist'>;

/** How a slot runs a task. */
export interface SlotRun {
  readonly begin: (task: Task) => PartialTask;
  readonly onEvent: (event: TaskEvent) => void;
  /** The images, where the task reads them. */
  readonly mnist?: Mnist;
  /** A trial is interrupted after so many steps. */
  readonly until?: number;
}

/** A slot, and the thread in it, if there is one. */
interface Place {
  readonly start: SlotStart;
  readonly threads: ThreadOptions;
  /** Of this thread alone; not zero: stop before the next step. */
  flag: Int32Array<SharedArrayBuffer>;
  thread: ThreadWorker | undefined;
  hasMnist: boolean;
  listen: (event: WorkerEvent) => void;
}

type Ended = TaskEventOf<'done' | 'failed' | 'died'>;

/** A thread that has not stopped by itself after so long is ended. */
const graceMs = 1500;

const newFlag = () => new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** An empty slot, whose thread is started so. `threads`: for tests. */
export function createSlot(start: SlotStart, threads: ThreadOptions = {}): Slot {
  const place: Place = { start, threads, flag: newFlag(), thread: undefined, hasMnist: false, listen: () => {} };
  return {
    run: (task, options) => run(place, task, options),
    check: (goldenHash) => check(place, goldenHash),
    stop: () => stop(place),
    end: () => end(place),
  };
}

function end(place: Place): void {
  place.thread?.terminate();
  place.thread = undefined;
}

/** The thread of a slot. One without images cannot be given them later: another takes its place. */
function open(place: Place, mnist: Mnist | undefined): ThreadWorker {
  if (mnist && !place.hasMnist) end(place);
  if (place.thread !== undefined) return place.thread;
  place.flag = newFlag();
  place.hasMnist = mnist !== undefined;
  const start: WorkerStart = { ...place.start, ...(mnist && { mnist }), stopFlag: place.flag.buffer };
  const thread = threadStarter(
    start,
    place.threads,
  )((event) => {
    // Of a thread that was given up nothing counts any more.
    if (place.thread !== thread) return;
    if (event.kind === 'died') place.thread = undefined;
    place.listen(event);
  });
  place.thread = thread;
  return thread;
}

/** Has the thread do something, to its end. */
function compute(
  place: Place,
  act: (thread: ThreadWorker) => void,
  { onEvent, mnist }: Pick<SlotRun, 'onEvent' | 'mnist'>,
): Promise<Ended> {
  return new Promise((resolve) => {
    place.listen = (event) => {
      if (event.kind === 'done' || event.kind === 'failed' || event.kind === 'died') return resolve(event);
      try {
        onEvent(event);
      } catch (error) {
        end(place);
        resolve({ kind: 'failed', reason: reasonOf(error) });
      }
    };
    act(open(place, mnist));
  });
}

async function run(place: Place, task: Task, { begin, onEvent, mnist, until }: SlotRun): Promise<TaskReport> {
  let report: TaskReport = { id: task.id, state: 'interrupted' };
  const onReport = (made: TaskReport): void => {
    report = made;
  };
  const isStopping = (): boolean => Atomics.load(place.flag, 0) !== 0;
  const recorder = createTaskRecorder(task, { begin, isStopping, onReport });
  const from = recorder.resume();
  const record = (event: TaskEvent): void => {
    recorder.record(event);
    onEvent(event);
  };
  const options = { onEvent: record, ...(mnist && { mnist }) };
  const ended = await compute(place, (thread) => thread.run(task.spec, from, until), options);
  if (ended.kind === 'done') await recorder.keep(ended);
  else recorder.fail(ended.reason);
  // Its flag stays up: the next task gets another thread.
  if (isStopping()) end(place);
  return report;
}

function stop(place: Place): void {
  Atomics.store(place.flag, 0, 1);
  const stopped = place.thread;
  setTimeout(() => {
    if (place.thread !== stopped || stopped === undefined) return;
    end(place);
    place.listen({ kind: 'died', reason: 'it was stopped' });
  }, graceMs).unref();
}

const knownHash = sha256Hex(canonicalJson(knownOutcomes));

async function check(place: Place, goldenHash: string): Promise<void> {
  const onEvent = (): void => {};
  const kernels = await compute(place, (thread) => thread.check(), { onEvent });
  const found = kernels.kind === 'done' && 'hash' in kernels.outcome ? kernels.outcome.hash : JSON.stringify(kernels);
  if (found !== knownHash) {
    throw new Error(`expected the bit test of the kernels to come to ${knownHash.slice(0, 12)}, got ${found}`);
  }
  const report = await run(place, { id: 'golden', spec: goldenTrial }, { begin: () => unrecorded, onEvent });
  const hash = report.state === 'done' ? report.summary.hash : JSON.stringify(report);
  if (hash !== goldenHash) throw new Error(`expected a trial of known hash ${goldenHash}, got ${hash}`);
}
