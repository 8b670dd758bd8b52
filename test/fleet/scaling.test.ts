import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fleetOrder } from '../../src/fleet/fleet-order.js';
import type { Provenance } from '../../src/lab/store.js';
import { readJson } from '../../src/platform/node/files.js';
import { openBlobs } from '../../src/platform/node/fleet/blobs/open-blobs.js';
import { createResultDesk } from '../../src/platform/node/fleet/coordinator/result-desk.js';
import { openStore } from '../../src/platform/node/store/store.js';
import { createStopSwitch } from '../../src/platform/node/workers/stop-request.js';
import { workOfEach } from '../../src/tasks/cost/cost.js';
import { needsOf, type TaskSpec } from '../../src/tasks/task.js';
import times from '../fixtures/full-size-times.json' with { type: 'json' };
import { descent, startDescent } from '../support/descent.js';
import { endAll, endOf, startAgent } from '../support/fleet.js';
import { quantile } from '../support/lost-work.js';
import { measuredTasks, plannedTasks, timesLike } from '../support/measured-times.js';
import { isFleetLong, noRedis, startRedis } from '../support/redis.js';
import { idealSpan, makespan } from '../support/simulated-fleet.js';
import { temporaryFolder } from '../support/store.js';

const sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** Many trials that take next to nothing, with measurements of them. */
const small: readonly string[] = [
  ...['run', 'function-fit-sinc', '--protocol', 'as-coded', '--preset', 'smoke', '--seeds', '1..10', '--json'],
  ...['--set', 'stop.epochs=20'],
];

/** Has folders of this test in memory, where there is such a file system: a disk is as slow as all who write on it. */
function inMemory(): void {
  const before = process.env['TMPDIR'];
  if (existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm';
  onTestFinished(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });
}

/** The folders of all finished tasks of a store. */
function foldersIn(path: string): readonly string[] {
  const store = openStore(path);
  const measurements = store.listMeasurements().map((id) => join(path, 'measurements', id));
  return [...store.list().map((id) => join(path, 'trials', id)), ...measurements];
}

/** Of tasks that one worker ran one after the other: from the start of each to that of the next, but for its work. */
function gapsIn(path: string): readonly number[] {
  const tasks = foldersIn(path).map((folder) => {
    const { startedAt, durationMs } = readJson(join(folder, 'provenance.json')) as Provenance;
    return { at: Date.parse(startedAt), durationMs };
  });
  tasks.sort((a, b) => a.at - b.at);
  return tasks.slice(1).map(({ at }, i) => at - tasks[i]!.at - tasks[i]!.durationMs);
}

describe.skipIf(noRedis || !isFleetLong)('a fleet', () => {
  let [overhead, acceptance] = [0, 0];

  test.each(['a disk', 'memory'])('costs some milliseconds a task beside its own work, on %s', async (where) => {
    if (where === 'memory') inMemory();
    const store = join(temporaryFolder(), 'store');
    const redis = await startRedis();
    const agent = startAgent(redis.url, ['--name', 'alone']);
    const run = startDescent([...small, '--fleet', redis.url, '--store', store, '--audit', '0']);
    onTestFinished(() => endAll([run]));
    await endOf(run);
    await endAll([agent]);
    // What is simulated below has the slower of both.
    overhead = Math.max(overhead, quantile(gapsIn(store), 0.5));
    acceptance = Math.max(acceptance, await acceptanceOf(store));
    const local = join(temporaryFolder(), 'store');
    expect((await descent([...small, '--workers', '1', '--store', local])).code).toBe(0);
    const [fleetGaps, localGaps] = [gapsIn(store), gapsIn(local)];
    const shown = (gaps: readonly number[]): string =>
      [0.1, 0.5, 0.9].map((share) => quantile(gaps, share).toFixed(0)).join(', ');
    console.info(
      `overhead a task on ${where}, ms (a tenth, half, nine tenths of ${fleetGaps.length} are below): ` +
        `agent ${shown(fleetGaps)}; local pool ${shown(localGaps)}; looked at in ${acceptance.toFixed(0)} ms`,
    );
    // What else runs on the machine, and writes on its disk, can only make it longer.
    if (where === 'memory') expect(quantile(fleetGaps, 0.1)).toBeLessThan(50);
  });

  test('takes for all experiments at the size of study at most 1/0.95 of the least that 1 to 1,000 workers could', () => {
    const full = plannedTasks('report');
    const from = process.env['FLEET_TIMES'];
    const timeOf = timesLike(from === undefined ? times : measuredTasks(from, full), full);
    const tasks = plannedTasks('study');
    const places = new Map(tasks.map(({ id }, index) => [id, index]));
    const queued = tasks.map(({ spec }) => ({ spec, after: needsOf(spec).map((id) => places.get(id)!) }));
    const work = tasks.map(timeOf);
    // A fleet knows what tasks cost only roughly: it orders them by their multiplications.
    const order = fleetOrder(queued, workOfEach(tasks));
    console.info(
      `${tasks.length} tasks, ${(work.reduce((sum, ms) => sum + ms, 0) / 3600_000).toFixed(2)} h of work; ` +
        `overhead ${overhead.toFixed(0)} ms, acceptance ${acceptance.toFixed(0)} ms`,
    );
    for (const workers of sizes) {
      const span = makespan(queued, { workers, times: work, overhead, acceptance, order });
      const ideal = idealSpan(queued, work, workers);
      const [minutes, least] = [span, ideal].map((ms) => (ms / 60_000).toFixed(1));
      console.info(`| ${workers} | ${minutes} | ${least} | ${(ideal / span).toFixed(3)} |`);
      expect(ideal / span, `${workers} workers`).toBeGreaterThanOrEqual(0.95);
    }
  });
});

/**
 * How much of the coordinator's processor a result takes that is looked at: all that agents have left of a store is
 * taken into another. Several are looked at side by side, so that what is waited for does not count.
 */
async function acceptanceOf(path: string): Promise<number> {
  const tasks = foldersIn(path).map((folder) => ({
    id: basename(folder),
    spec: readJson(join(folder, 'spec.json')) as TaskSpec,
  }));
  const stop = createStopSwitch();
  const store = openStore(join(temporaryFolder(), 'taken'));
  const blobs = await openBlobs(join(path, 'blobs'));
  const desk = createResultDesk({ tasks, store, blobs, mark: '', stop });
  const began = process.cpuUsage();
  for (const [index, { id }] of tasks.entries()) await desk.accept(index, `t-${id}-1`);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000 / tasks.length;
}
