import { describe, expect, test } from 'vitest';
import { experiments } from '../../src/experiments/index.js';
import { fleetOrder } from '../../src/fleet/fleet-order.js';
import { planRuns, tasksToRun } from '../../src/lab/plan-runs.js';
import { costOf, specsOf, workOfEach } from '../../src/tasks/cost.js';
import { needsOf } from '../../src/tasks/task.js';
import { typicalSeconds } from '../../src/tasks/typical-seconds.js';
import { isFleetLong } from '../support/redis.js';
import { idealSpan, makespan } from '../support/simulated-fleet.js';

/** What a task costs beside its own work: assumed, the most that it may. */
const overheadMs = 50;
const sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

describe.skipIf(!isFleetLong)('all experiments at the size of study', () => {
  test('take at most 1/0.95 of the least time that any fleet of 1 to 1,000 workers could take', () => {
    const chosen = experiments.map((experiment) => ({ experiment }));
    const tasks = tasksToRun(planRuns(chosen, { preset: 'study', protocol: 'all', twins: 0, settings: [] }));
    const places = new Map(tasks.map(({ id }, index) => [id, index]));
    const queued = tasks.map(({ spec }) => ({ spec, after: needsOf(spec).map((id) => places.get(id)!) }));
    // From timings of the kernels on one core of about 3 GHz.
    const specOf = specsOf(tasks);
    const times = tasks.map((task) => 1000 * typicalSeconds(costOf(task, specOf)!));
    // A fleet knows what tasks cost only roughly: it orders them by their multiplications.
    const order = fleetOrder(queued, workOfEach(tasks));
    const rows = sizes.map((workers) => {
      const span = makespan(queued, { workers, times, overhead: overheadMs, order });
      const ideal = idealSpan(queued, times, workers);
      return { workers, minutes: span / 60_000, ideal: ideal / 60_000, share: ideal / span };
    });
    for (const { workers, minutes, ideal, share } of rows) {
      console.info(`${workers} workers: ${minutes.toFixed(1)} min, at least ${ideal.toFixed(1)}: ${share.toFixed(3)}`);
    }
    for (const { share } of rows) expect(share).toBeGreaterThanOrEqual(0.95);
  });
});
