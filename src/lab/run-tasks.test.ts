import { expect, test } from 'vitest';
import type { MeasurementSpec } from '../tasks/measurement-spec.js';
import type { TaskOutcome, TaskReport, WorkerEvent } from '../tasks/task-event.js';
import type { TrialSpec } from '../tasks/trial-spec.js';
import { runPool, type StartWorker } from './pool.js';
import { type RunOptions, runTasks } from './run-tasks.js';
import type { PartialTask } from './store.js';
import type { Task } from './task.js';
import { unrecorded } from './task-recorder.js';

const summary = { status: 'finished', epochs: 1, steps: 1, finalLoss: 0, hash: 'h' } as const;
const outcome = (status: 'finished' | 'stopped' = 'finished') =>
  ({ summary: { ...summary, status } }) as unknown as TaskOutcome;
const done = (of = outcome()): WorkerEvent => ({ kind: 'done', outcome: of, durationMs: 1 });
const tasks: readonly Task[] = ['a', 'b', 'c'].map((id, seed) => ({ id, spec: { seed } as TrialSpec }));
const measurement = (id: string, ...of: readonly string[]): Task => ({
  id,
  spec: { kind: 'measurement', measure: { name: 'predictions' }, of, seed: 9 } satisfies MeasurementSpec,
});

function threads(act: (seed: number, emit: (event: WorkerEvent) => void) => void): StartWorker {
  return (listener) => ({ run: ({ seed }) => setImmediate(() => act(seed, listener)), terminate: () => {} });
}

type TestOptions = Partial<Omit<RunOptions, 'runQueue'> & { readonly startWorker: StartWorker }>;

/** Runs the three tasks; `records` says what became of each record. */
async function run(
  { startWorker = threads((_, emit) => emit(done())), ...options }: TestOptions,
  list: readonly Task[] = tasks,
) {
  const records: string[] = [];
  const reported: string[] = [];
  const record = (id: string): PartialTask => ({
    append: (rows) => records.push(`${id} +${rows.length}`),
    finish: async () => void records.push(`${id} finished`),
    checkpoint: () => records.push(`${id} checkpoint`),
    leave: () => records.push(`${id} left`),
  });
  const reports = await runTasks(list, {
    workers: 1,
    runQueue: (queue, queueOptions) => runPool(queue, { ...queueOptions, workers: options.workers ?? 1, startWorker }),
    isStopping: () => false,
    terminate: new AbortController().signal,
    known: () => undefined,
    has: () => false,
    begin: ({ id }) => record(id),
    listener: (i, event) => event.kind === 'reported' && reported.push(`${i} ${event.report.state}`),
    ...options,
  });
  return { records, reported, reports, record };
}

test('reports come in the order of the tasks, though tasks end in another', async () => {
  const waiting: (() => void)[] = [];
  const startWorker = threads((seed, emit) => {
    waiting[seed] = () => emit(done());
    if (waiting.filter(Boolean).length === 3) for (const end of waiting.toReversed()) end();
  });
  const { reported, records } = await run({ workers: 3, startWorker });
  expect(records).toEqual(['c finished', 'b finished', 'a finished']);
  expect(reported).toEqual(['0 done', '1 done', '2 done']);
});

test('a task that would be waited for in the end begins first; reports keep their order', async () => {
  const begun: string[] = [];
  const begin = ({ id }: Task): PartialTask => {
    begun.push(id);
    return unrecorded;
  };
  const { reported } = await run({ workers: 2, work: [1, 1, 9], begin });
  expect(begun).toEqual(['c', 'a', 'b']);
  expect(reported).toEqual(['0 done', '1 done', '2 done']);
});

test('what is known is not run', async () => {
  const stored: TaskReport = { id: 'b', state: 'stored', summary, durationMs: 1 };
  const { reported, records } = await run({ known: ({ id }) => (id === 'b' ? stored : undefined) });
  expect(reported).toEqual(['0 done', '1 stored', '2 done']);
  expect(records).toEqual(['a finished', 'c finished']);
});

test('a failed trial leaves no record, and the others go on', async () => {
  const startWorker = threads((seed, emit) => {
    if (seed === 1) emit({ kind: 'failed', reason: 'why' });
    else emit(done());
  });
  const { reports, records } = await run({ startWorker });
  expect(reports[1]).toEqual({ id: 'b', state: 'failed', reason: 'why' });
  expect(records).toEqual(['a finished', 'b left', 'c finished']);
});

test('a record that cannot be begun, appended to or finished fails its trial with the reason', async () => {
  const full = (): never => {
    throw new Error('disk full');
  };
  const startWorker = threads((_, emit) => {
    emit({ kind: 'rows', rows: [{ epoch: 1, step: 1 }] });
    emit(done());
  });
  const broken: readonly (() => PartialTask)[] = [
    full,
    () => ({ ...unrecorded, append: full }),
    () => ({ ...unrecorded, finish: async () => full() }),
  ];
  for (const begin of broken) {
    const { reports } = await run({ startWorker, begin: ({ id }) => (id === 'a' ? begin() : unrecorded) });
    expect(reports.map((report) => report.state)).toEqual(['failed', 'done', 'done']);
    expect(reports[0]).toMatchObject({ reason: 'disk full' });
  }
});

test('a stop leaves finished trials, and nothing of the one it met or of those after', async () => {
  let stopping = false;
  const startWorker = threads((seed, emit) => {
    stopping = seed === 1;
    emit(done(outcome(stopping ? 'stopped' : 'finished')));
  });
  const { reported, records } = await run({ startWorker, isStopping: () => stopping });
  expect(reported).toEqual(['0 done', '1 interrupted', '2 interrupted']);
  expect(records).toEqual(['a finished', 'b left']);
});

test('a measurement runs after the trials that it needs, of run or store; its report has its values', async () => {
  const ran: number[] = [];
  const startWorker = threads((seed, emit) => {
    ran.push(seed);
    emit(done(seed === 9 ? { result: { values: { x: 1 }, columns: {} }, hash: 'm' } : outcome()));
  });
  const list = [measurement('m', 'a', 'old'), ...tasks];
  const { reports } = await run({ startWorker, has: (id) => id === 'old' }, list);
  expect(list[0] && list[0].spec.kind === 'measurement').toBe(true);
  // The second trial takes the worker while the first is written.
  expect(ran).toEqual([0, 1, 9, 2]);
  expect(reports[0]).toEqual({ id: 'm', state: 'done', summary: { values: { x: 1 }, hash: 'm' }, durationMs: 1 });
});

test('a failed trial fails what needs it, with its reason; so does one that nobody is to make, unrun', async () => {
  const startWorker = threads((seed, emit) => (seed === 0 ? emit({ kind: 'failed', reason: 'why' }) : emit(done())));
  const list = [...tasks, measurement('m', 'a'), measurement('n', 'nowhere'), measurement('k', 'b')];
  const { reports } = await run({ startWorker }, list);
  expect(reports.map(({ state }) => state)).toEqual(['failed', 'done', 'done', 'failed', 'failed', 'done']);
  expect(reports[3]).toMatchObject({ reason: 'it needs a, which has failed' });
  expect(reports[4]).toMatchObject({ reason: 'it needs trial nowhere, which is neither in the store nor in this run' });
});

test('a trial whose record fails blocks what needs it', async () => {
  const full: PartialTask = {
    ...unrecorded,
    finish: async () => {
      throw new Error('disk full');
    },
  };
  const { reports } = await run({ begin: () => full }, [tasks[0]!, measurement('m', 'a')]);
  expect(reports.map((report) => (report.state === 'failed' ? report.reason : ''))).toEqual([
    'disk full',
    'it needs a, which has failed',
  ]);
});
