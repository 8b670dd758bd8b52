import { UserError } from '../base/errors.js';
import { needsOf } from '../tasks/task.js';
import type { Task } from './task.js';

/** One of `count` parts of a run; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Parts beyond which a shard would hardly ever hold a task. */
const mostShards = 10_000;

/** @throws UserError if the text is not `i/n` with 1 <= i <= n. */
export function parseShard(text: string): Shard {
  const [, index = 0, count = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= count && count <= mostShards) return { index, count };
  throw new UserError(`expected a part of the tasks as 1/4, of at most ${mostShards}, got ${JSON.stringify(text)}`);
}

/**
 * The tasks of one shard, in their order. Tasks that need each other, directly or through others, are all of one shard,
 * which a hash chooses: it is the same on each machine, whatever else is run there.
 */
export function shardOf(tasks: readonly Task[], { index, count }: Shard): readonly Task[] {
  const component = componentsOf(tasks);
  return tasks.filter(({ id }) => shardIndex(component(id), count) === index);
}

/** Ids are hashes, so that any of their digits are as good as drawn. */
const shardIndex = (id: string, count: number): number => (Number.parseInt(id.slice(0, 12), 16) % count) + 1;

/** Finds the name of a task's connected component: the first, by the alphabet, of all ids in it. */
function componentsOf(tasks: readonly Task[]): (id: string) => string {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    const parent = parents.get(id) ?? id;
    if (parent === id) return id;
    const root = rootOf(parent);
    parents.set(id, root);
    return root;
  };
  for (const { id, spec } of tasks) {
    for (const need of needsOf(spec)) {
      const [first, second] = [rootOf(id), rootOf(need)].sort() as [string, string];
      parents.set(second, first);
    }
  }
  return rootOf;
}
