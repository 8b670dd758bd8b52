import { expect, test } from 'vitest';
import { type ModelReport, runSchedule } from '../../../test/support/fleet-model.js';
import { isFleetLong } from '../../../test/support/redis.js';

const schedules = isFleetLong ? 10_000 : 200;

function counted(reports: readonly ModelReport[], what: string): number {
  return reports.reduce((sum, { events }) => sum + (events[what] ?? 0), 0);
}

const faults = 'kills, stalls, lost and doubled hints, torn results, wiped queues and restarts';

test(`in ${schedules} drawn schedules of ${faults} every task is published once, after its needs, and right`, () => {
  const reports = Array.from({ length: schedules }, (_, seed) =>
    runSchedule({
      seed,
      tasks: 3 + (seed % 12),
      agents: 1 + (seed % 4),
      forgers: 0,
      audited: (seed % 3) / 2,
      rough: 150,
    }),
  );
  expect(reports.flatMap(({ faults }, seed) => faults.map((fault) => `${seed}: ${fault}`))).toEqual([]);
  expect(reports.map(({ right }) => right)).toEqual(reports.map((_, seed) => 3 + (seed % 12)));
  for (const what of ['killed', 'stalled', 'lost', 'doubled', 'torn', 'wiped', 'restarted', 'segments']) {
    expect(counted(reports, what), what).toBeGreaterThan(schedules / 10);
  }
});

test(`in ${schedules} more an agent forges: where all is run again nothing of it stays, and it alone is banned`, () => {
  const reports = Array.from({ length: schedules }, (_, i) =>
    runSchedule({ seed: i + 1e6, tasks: 3 + (i % 12), agents: 3 + (i % 3), forgers: 1, audited: 1, rough: 150 }),
  );
  expect(reports.flatMap(({ faults }, i) => faults.map((fault) => `${i}: ${fault}`))).toEqual([]);
  const wrong = reports.flatMap(({ right, events }, i) => (right === 3 + (i % 12) || events['restarted'] ? [] : [i]));
  expect(wrong).toEqual([]);
});
