import { expect, test } from 'vitest';
import { sha256Hex } from '../base/sha256.js';
import type { TaskSpec } from '../tasks/task.js';
import { parseShard, shardOf } from './shard.js';
import type { Task } from './task.js';

const id = (name: string): string => sha256Hex(name);
const trial = (name: string): Task => ({ id: id(name), spec: { kind: 'trial' } as TaskSpec });
const measurement = (name: string, ...of: readonly string[]): Task => ({
  id: id(name),
  spec: { kind: 'measurement', measure: { name: 'predictions' }, of: of.map(id), seed: 1 },
});

/** 60 groups, each two trials, a measurement of both and one of the second; the measurements stand first. */
const groups = Array.from({ length: 60 }, (_, i) => [
  measurement(`${i} of both`, `${i}a`, `${i}b`),
  measurement(`${i} of one`, `${i}b`),
  trial(`${i}a`),
  trial(`${i}b`),
]);
const tasks = groups.flat();

test.each([1, 2, 3, 7])(
  'every task is of one of %i shards, with all that it needs, in the order of the list',
  (count) => {
    const shards = Array.from({ length: count }, (_, i) => shardOf(tasks, { index: i + 1, count }));
    expect(
      shards
        .flat()
        .map((task) => task.id)
        .sort(),
    ).toEqual(tasks.map((task) => task.id).sort());
    for (const shard of shards) {
      expect(shard.length).toBeGreaterThan(0);
      expect(shard).toEqual(tasks.filter((task) => shard.includes(task)));
      for (const group of groups) expect([0, 4]).toContain(group.filter((task) => shard.includes(task)).length);
    }
  },
);

test('a task that is added moves no other to another shard', () => {
  const shard = { index: 2, count: 3 };
  expect(shardOf([...tasks, trial('one more')], shard).slice(0, -1).length).toBeLessThanOrEqual(tasks.length);
  expect(shardOf([trial('one more'), ...tasks], shard).filter((task) => tasks.includes(task))).toEqual(
    shardOf(tasks, shard),
  );
});

test.each(['', '1', '0/2', '3/2', '1/0', '-1/2', '1/2/3', 'a/b', '1/10001', '1.5/2'])('"%s" is no shard', (text) => {
  expect(() => parseShard(text)).toThrow(/expected a part of the tasks as 1\/4, .* got "/);
});

test('the first and the last shard can be asked for', () => {
  expect(['1/1', '1/4', '4/4'].map(parseShard)).toEqual([
    { index: 1, count: 1 },
    { index: 1, count: 4 },
    { index: 4, count: 4 },
  ]);
});
