import { expect, test } from 'vitest';
import { runTasks } from '../../lab/run-tasks.js';
import type { PartialTask } from '../../lab/store.js';
import type { TrialSpec } from '../../trials/trial-spec.js';
import { threadStarter } from './start-worker.js';

const faulty = new URL('../../../test/fixtures/faulty-worker.mjs', import.meta.url);
const unrecorded: PartialTask = { append: () => {}, finish: async () => {}, discard: () => {} };

/** Runs trials of these seeds on one real worker thread at a time. */
function run(seeds: readonly number[], controller = new AbortController()) {
  const tasks = seeds.map((seed) => ({ id: String(seed), spec: { seed } as TrialSpec }));
  return runTasks(tasks, {
    workers: 1,
    startWorker: threadStarter({ stopFlag: new SharedArrayBuffer(4) }, faulty),
    isStopping: () => controller.signal.aborted,
    terminate: controller.signal,
    known: () => undefined,
    has: () => false,
    begin: () => unrecorded,
    listener: {},
  });
}

test('a worker that throws, exits or runs out of memory fails its own trial with the reason; the others are done', async () => {
  const reports = await run([10, 1, 11, 2, 12, 3, 13]);
  expect(reports.map((report) => report.state)).toEqual(['done', 'failed', 'done', 'failed', 'done', 'failed', 'done']);
  const reasons = reports.flatMap((report) => (report.state === 'failed' ? [report.reason] : []));
  expect(reasons).toEqual([
    'the worker crashed: broken on purpose',
    'the worker ended unexpectedly with exit code 7',
    expect.stringContaining('memory'),
  ]);
});

test('a worker that hangs is ended by an abort within a second', async () => {
  const controller = new AbortController();
  const start = performance.now();
  setTimeout(() => controller.abort(), 300);
  const reports = await run([10, 4, 11], controller);
  expect(reports.map((report) => report.state)).toEqual(['done', 'interrupted', 'interrupted']);
  expect(performance.now() - start).toBeLessThan(1300);
});
