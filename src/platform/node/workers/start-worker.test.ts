import { expect, test } from 'vitest';
import { runs } from '../../../../test/support/length.js';
import { expectBelow } from '../../../../test/support/patience.js';
import { runPool } from '../../../lab/pool.js';
import { type RunListener, runTasks } from '../../../lab/run-tasks.js';
import { unrecorded } from '../../../lab/task-recorder.js';
import type { TrialSpec } from '../../../tasks/trial-spec.js';
import { threadStarter } from './start-worker.js';

const faulty = new URL('../../../../test/fixtures/faulty-worker.mjs', import.meta.url);

/** In the short form a heap that is full sooner. */
const heap = runs({ heapLimitMb: 48 }, {});

/** Runs trials of these seeds on one real worker thread at a time. */
function run(
  seeds: readonly number[],
  controller = new AbortController(),
  hangAfterMs = 60_000,
  listener: RunListener = () => {},
) {
  const tasks = seeds.map((seed) => ({ id: String(seed), spec: { seed } as TrialSpec }));
  const startWorker = threadStarter(
    { stopFlag: new SharedArrayBuffer(4), checkpointEveryMs: 30_000 },
    { entry: faulty, hangAfterMs, ...heap },
  );
  return runTasks(tasks, {
    workers: 1,
    runQueue: (queue, options) => runPool(queue, { ...options, workers: 1, startWorker }),
    isStopping: () => controller.signal.aborted,
    terminate: controller.signal,
    known: () => undefined,
    has: () => false,
    begin: () => unrecorded,
    listener,
  });
}

test('a worker that throws, exits or runs out of memory fails its own trial with the reason alone', async () => {
  const reports = await run([10, 1, 11, 2, 12, 3, 13]);
  expect(reports.map((report) => report.state)).toEqual(['done', 'failed', 'done', 'failed', 'done', 'failed', 'done']);
  const reasons = reports.flatMap((report) => (report.state === 'failed' ? [report.reason] : []));
  expect(reasons).toEqual([
    'the worker crashed: broken on purpose',
    'the worker ended unexpectedly with exit code 7',
    expect.stringContaining('memory'),
  ]);
});

test('a worker that hangs is ended by an abort within a second', () =>
  expectBelow(1000, async () => {
    const controller = new AbortController();
    let aborted = 0;
    const abort = (): void => {
      aborted = performance.now();
      controller.abort();
    };
    const listener: RunListener = (_, event) => {
      if (event.kind === 'reported' && event.report.state === 'done') setTimeout(abort, 300);
    };
    const reports = await run([10, 4, 11], controller, undefined, listener);
    expect(reports.map((report) => report.state)).toEqual(['done', 'interrupted', 'interrupted']);
    return performance.now() - aborted;
  }));

test('a worker without a sign of life is ended after the time given, tried again, and fails its trial', () =>
  expectBelow(4600, async () => {
    const start = performance.now();
    const reports = await run([10, 4, 11], new AbortController(), 1000);
    expect(reports.map((report) => report.state)).toEqual(['done', 'failed', 'done']);
    expect(reports[1]).toMatchObject({ reason: 'the worker hung: no sign of life for 1 s' });
    return performance.now() - start;
  }));

test('a process that was stopped as a whole for longer than that goes on: no worker is taken for hung', async () => {
  const retried: string[] = [];
  setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500), 20);
  const reports = await run(
    [5],
    new AbortController(),
    1000,
    (_, event) => event.kind === 'retried' && retried.push(event.reason),
  );
  expect(reports.map((report) => report.state)).toEqual(['done']);
  expect(retried).toEqual([]);
});
