import { expect, test } from 'vitest';
import type { TrialCheckpoint } from '../tasks/checkpoint.js';
import type { TaskEvent, TaskOutcome, WorkerEvent } from '../tasks/task-event.js';
import type { TrialSpec } from '../tasks/trial-spec.js';
import { runPool, type StartWorker } from './pool.js';
import type { QueuedTask } from './task-queue.js';

const outcome = {} as TaskOutcome;
/** Tasks whose seeds are their positions; `after` says what each waits for. */
const tasksOf = (count: number, after: Readonly<Record<number, readonly number[]>> = {}): readonly QueuedTask[] =>
  Array.from({ length: count }, (_, seed) => ({ spec: { seed } as TrialSpec, after: after[seed] ?? [] }));

type Emit = (event: WorkerEvent) => void;

/** Workers whose behaviour on each trial is a function of its seed. */
function workers(act: (seed: number, emit: Emit) => void) {
  const counts = { started: 0, terminated: 0, busy: 0, mostBusy: 0 };
  const startWorker: StartWorker = (listener) => {
    counts.started++;
    return {
      run: ({ seed }) => {
        counts.mostBusy = Math.max(counts.mostBusy, ++counts.busy);
        setImmediate(() => {
          counts.busy--;
          act(seed, listener);
        });
      },
      terminate: () => {
        counts.terminated++;
        setImmediate(() => listener({ kind: 'died', reason: 'terminated' }));
      },
    };
  };
  return { counts, startWorker };
}

async function run(
  tasks: number | readonly QueuedTask[],
  size: number,
  startWorker: StartWorker,
  isStopping = () => false,
  controller = new AbortController(),
  refused?: 'resume' | TaskEvent['kind'],
) {
  const log: string[] = [];
  const refuse = (what: typeof refused): void => {
    if (what === refused) throw new Error('disk full');
  };
  await runPool(typeof tasks === 'number' ? tasksOf(tasks) : tasks, {
    workers: size,
    startWorker,
    isStopping,
    terminate: controller.signal,
    listener: {
      resume: (i) => {
        refuse('resume');
        log.push(`start ${i}`);
        return undefined;
      },
      keep: async (i) => log.push(`done ${i}`) > 0,
      listen: (i, event) => {
        refuse(event.kind);
        log.push(lineOf(i, event));
      },
    },
  });
  return log;
}

function lineOf(i: number, event: TaskEvent): string {
  if (event.kind === 'retried') return `again ${i}: ${event.reason}`;
  if (event.kind === 'failed') return `failed ${i}: ${event.reason}`;
  return event.kind === 'blocked' ? `blocked ${i} by ${event.by}` : `${event.kind} ${i}`;
}

const succeed = (_: number, emit: Emit): void => emit({ kind: 'done', outcome, durationMs: 1 });

test('every task is done once, by no more workers than asked for, which end at the end', async () => {
  const { counts, startWorker } = workers(succeed);
  const log = await run(7, 3, startWorker);
  expect(log.filter((line) => line.startsWith('done')).sort()).toEqual(tasksOf(7).map((_, i) => `done ${i}`));
  expect(counts).toMatchObject({ started: 3, mostBusy: 3, terminated: 3 });
});

test('there are no more workers than tasks, and none for no task', async () => {
  const two = workers(succeed);
  await run(2, 8, two.startWorker);
  expect(two.counts.started).toBe(2);
  const none = workers(succeed);
  expect(await run(0, 8, none.startWorker)).toEqual([]);
  expect(none.counts.started).toBe(0);
});

test('a trial that fails leaves its worker to the next one', async () => {
  const { counts, startWorker } = workers((seed, emit) =>
    seed === 1 ? emit({ kind: 'failed', reason: 'why' }) : succeed(seed, emit),
  );
  const log = await run(3, 1, startWorker);
  expect(log).toEqual(['start 0', 'done 0', 'start 1', 'failed 1: why', 'start 2', 'done 2']);
  expect(counts.started).toBe(1);
});

test('the trial of a worker that dies is started once more on another; the second time it fails alone', async () => {
  let deaths = 0;
  const { counts, startWorker } = workers((seed, emit) => {
    if (seed === 1 || (seed === 2 && ++deaths === 1)) emit({ kind: 'died', reason: 'gone' });
    else succeed(seed, emit);
  });
  const log = await run(4, 1, startWorker);
  expect(log).toEqual([
    ...['start 0', 'done 0'],
    ...['start 1', 'again 1: gone', 'start 1', 'failed 1: gone'],
    ...['start 2', 'again 2: gone', 'start 2', 'done 2'],
    ...['start 3', 'done 3'],
  ]);
  expect(counts.started).toBe(4);
});

test('a listener that throws fails the task and ends its worker; 20,000 such do not overflow', async () => {
  const { counts, startWorker } = workers((seed, emit) => {
    if (seed === 0) emit({ kind: 'checkpoint', checkpoint: {} as TrialCheckpoint, durationMs: 1 });
    succeed(seed, emit);
  });
  expect(await run(2, 1, startWorker, undefined, undefined, 'checkpoint')).toEqual([
    ...['start 0', 'failed 0: disk full'],
    ...['start 1', 'done 1'],
  ]);
  expect(counts.started).toBe(2);
  const log = await run(20_000, 2, startWorker, undefined, undefined, 'resume');
  expect(log).toHaveLength(20_000);
});

test('after a stop nothing is begun, and what runs may end', async () => {
  let stopping = false;
  const { startWorker } = workers((seed, emit) => {
    stopping = seed === 1;
    succeed(seed, emit);
  });
  expect(await run(5, 1, startWorker, () => stopping)).toEqual(['start 0', 'done 0', 'start 1', 'done 1']);
});

test('an abort ends workers that do not answer', async () => {
  const controller = new AbortController();
  const { startWorker } = workers(() => controller.abort());
  const log = await run(5, 2, startWorker, () => controller.signal.aborted, controller);
  expect(log).toEqual(['start 0', 'start 1', 'failed 0: terminated', 'failed 1: terminated']);
});

test('a task starts once those that it waits for are kept, whatever the order; others run meanwhile', async () => {
  const { startWorker } = workers(succeed);
  expect(await run(tasksOf(4, { 0: [2, 3] }), 1, startWorker)).toEqual([
    'start 1',
    'done 1',
    'start 2',
    'done 2',
    'start 3',
    'done 3',
    'start 0',
    'done 0',
  ]);
  const log = await run(tasksOf(3, { 1: [0], 2: [1] }), 2, startWorker);
  expect(log).toEqual(['start 0', 'done 0', 'start 1', 'done 1', 'start 2', 'done 2']);
});

test('what waits for a task that failed, or was not kept, never starts; nor what waits for that', async () => {
  const { startWorker } = workers((seed, emit) =>
    seed === 0 ? emit({ kind: 'failed', reason: 'why' }) : succeed(seed, emit),
  );
  const log = await run(tasksOf(4, { 1: [0], 2: [1] }), 1, startWorker);
  expect(log).toEqual(['start 0', 'failed 0: why', 'blocked 1 by 0', 'blocked 2 by 1', 'start 3', 'done 3']);
});
