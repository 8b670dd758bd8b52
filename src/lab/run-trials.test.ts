import { expect, test } from 'vitest';
import type { TrialOutcome } from '../trials/run-trial.js';
import type { TrialSpec } from '../trials/trial-spec.js';
import type { StartWorker, WorkerListener } from './pool.js';
import { type RunOptions, runTrials, type TrialReport } from './run-trials.js';
import type { PartialTrial } from './store.js';

const summary = { status: 'finished', epochs: 1, steps: 1, finalLoss: 0, hash: 'h' } as const;
const outcome = (status: 'finished' | 'stopped' = 'finished') =>
  ({ summary: { ...summary, status } }) as unknown as TrialOutcome;
const tasks = ['a', 'b', 'c'].map((id, seed) => ({ id, spec: { seed } as TrialSpec }));

function threads(act: (seed: number, listener: WorkerListener) => void): StartWorker {
  return (listener) => ({ run: ({ seed }) => setImmediate(() => act(seed, listener)), terminate: () => {} });
}

/** Runs the three tasks; `records` says what became of each record. */
async function run(options: Partial<RunOptions>) {
  const records: string[] = [];
  const reported: string[] = [];
  const record = (id: string): PartialTrial => ({
    append: (rows) => records.push(`${id} +${rows.length}`),
    finish: async () => void records.push(`${id} finished`),
    discard: () => records.push(`${id} discarded`),
  });
  const reports = await runTrials(tasks, {
    workers: 1,
    startWorker: threads((_, listener) => listener.done(outcome(), 1)),
    isStopping: () => false,
    terminate: new AbortController().signal,
    known: () => undefined,
    begin: ({ id }) => record(id),
    listener: { reported: (i, report) => reported.push(`${i} ${report.state}`) },
    ...options,
  });
  return { records, reported, reports, record };
}

test('reports come in the order of the tasks, though tasks end in another', async () => {
  const waiting: (() => void)[] = [];
  const startWorker = threads((seed, listener) => {
    waiting[seed] = () => listener.done(outcome(), 1);
    if (waiting.filter(Boolean).length === 3) for (const end of waiting.toReversed()) end();
  });
  const { reported, records } = await run({ workers: 3, startWorker });
  expect(records).toEqual(['c finished', 'b finished', 'a finished']);
  expect(reported).toEqual(['0 done', '1 done', '2 done']);
});

test('what is known is not run', async () => {
  const stored: TrialReport = { id: 'b', state: 'stored', summary, durationMs: 1 };
  const { reported, records } = await run({ known: ({ id }) => (id === 'b' ? stored : undefined) });
  expect(reported).toEqual(['0 done', '1 stored', '2 done']);
  expect(records).toEqual(['a finished', 'c finished']);
});

test('a failed trial leaves no record, and the others go on', async () => {
  const startWorker = threads((seed, listener) => {
    if (seed === 1) listener.failed('why');
    else listener.done(outcome(), 1);
  });
  const { reports, records } = await run({ startWorker });
  expect(reports[1]).toEqual({ id: 'b', state: 'failed', reason: 'why' });
  expect(records).toEqual(['a finished', 'b discarded', 'c finished']);
});

test('a record that cannot be begun, appended to or finished fails its trial with the reason', async () => {
  const full = (): never => {
    throw new Error('disk full');
  };
  const startWorker = threads((_, listener) => {
    listener.rows([{ epoch: 1, step: 1 }]);
    listener.done(outcome(), 1);
  });
  const quiet: PartialTrial = { append: () => {}, finish: async () => {}, discard: () => {} };
  const broken: readonly (() => PartialTrial)[] = [
    full,
    () => ({ ...quiet, append: full }),
    () => ({ ...quiet, finish: async () => full() }),
  ];
  for (const begin of broken) {
    const { reports } = await run({ startWorker, begin: ({ id }) => (id === 'a' ? begin() : quiet) });
    expect(reports.map((report) => report.state)).toEqual(['failed', 'done', 'done']);
    expect(reports[0]).toMatchObject({ reason: 'disk full' });
  }
});

test('a stop leaves finished trials, and nothing of the one it met or of those after', async () => {
  let stopping = false;
  const startWorker = threads((seed, listener) => {
    stopping = seed === 1;
    listener.done(outcome(stopping ? 'stopped' : 'finished'), 1);
  });
  const { reported, records } = await run({ startWorker, isStopping: () => stopping });
  expect(reported).toEqual(['0 done', '1 interrupted', '2 interrupted']);
  expect(records).toEqual(['a finished', 'b discarded']);
});
