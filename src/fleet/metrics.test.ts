import { expect, test } from 'vitest';
import { metricsText } from './metrics.js';

test('metrics are what Prometheus reads: each name once with its type, labels escaped', () => {
  const text = metricsText({
    project: 'a "b"\\',
    counts: {
      tasks: { waiting: 1, queued: 2, accepting: 0, done: 4, failed: 0 },
      ...{ lost: 3, resumed: 2, withdrawn: 1, audited: 5, unaudited: 6 },
    },
    queues: [{ name: 'cpu', waiting: 7, running: 8 }],
    agents: [
      { state: 'works', slots: 4, running: 3 },
      { state: 'drains', slots: 2, running: 1 },
    ],
    banned: 9,
  });
  const lines = text.trimEnd().split('\n');
  const samples = lines.filter((line) => !line.startsWith('#'));
  for (const line of samples) expect(line).toMatch(/^descent_[a-z_]+\{(\w+="(?:[^"\\\n]|\\["\\n])*",?)+\} \d+$/);
  const names = new Set(samples.map((line) => line.slice(0, line.indexOf('{'))));
  const typed = lines.flatMap((line) => /^# TYPE (\w+) (?:gauge|counter)$/.exec(line)?.[1] ?? []);
  expect(typed).toEqual([...names]);
  expect(samples).toContain('descent_jobs{project="a \\"b\\"\\\\",queue="cpu",state="waiting"} 7');
  expect(samples).toContain('descent_tasks{project="a \\"b\\"\\\\",state="done"} 4');
  expect(samples).toContain('descent_agent_slots_busy{project="a \\"b\\"\\\\"} 4');
  expect(samples).toContain('descent_jobs_lost_total{project="a \\"b\\"\\\\"} 3');
});
