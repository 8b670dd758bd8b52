import type { PlannedTask } from '../../study/plan.js';
import type { ResultView } from '../../study/take-reading.js';
import { needsOf } from '../../tasks/task.js';

/** A result as a study reads it. */
export type StudiedResult = ResultView & { readonly hash: string };

/** Where results are. */
export interface ResultSource {
  has(id: string): boolean;
  read(task: { readonly id: string; readonly kind: 'trial' | 'measurement' }): Promise<StudiedResult>;
}

/** What one seed came to: its tasks in the order of the plan, each with its result. */
export interface SeedOutcome {
  /** The result of an arm; undefined where there can be none. */
  readonly resultOf: (arm: string) => StudiedResult | undefined;
  /** Ids with their result hashes; `-` where there can be none. */
  readonly tasks: readonly (readonly [id: string, hash: string])[];
}

/**
 * The results of a seed's tasks; undefined while one is still to come. What starts from a trial that diverged, or
 * measures one, has none, whether or not it could be computed: nothing is known of it.
 */
export async function seedResults(
  tasks: readonly PlannedTask[],
  source: ResultSource,
): Promise<SeedOutcome | undefined> {
  if (tasks.some(({ id, spec }) => needsOf(spec).length === 0 && !source.has(id))) return undefined;
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const known = new Map<string, StudiedResult>();
  const read = async (task: PlannedTask): Promise<StudiedResult> => {
    const result = known.get(task.id) ?? (await source.read(task));
    known.set(task.id, result);
    return result;
  };
  const isLost = async ({ spec }: PlannedTask): Promise<boolean> => {
    for (const need of needsOf(spec)) {
      const other = byId.get(need)!;
      if (await isLost(other)) return true;
      if (source.has(need) && isDiverged(await read(other))) return true;
    }
    return false;
  };
  const found = new Map<string, StudiedResult | undefined>();
  const hashes: (readonly [string, string])[] = [];
  for (const task of tasks) {
    const lost = await isLost(task);
    if (!lost && !source.has(task.id)) return undefined;
    const result = lost ? undefined : await read(task);
    found.set(task.arm, result);
    hashes.push([task.id, result?.hash ?? '-']);
  }
  return { resultOf: (arm) => found.get(arm), tasks: hashes };
}

const isDiverged = (result: StudiedResult): boolean => 'status' in result && result.status === 'diverged';
