import type { Store } from '../../lab/store.js';
import type { ResultsFolder } from '../../platform/node/results/results-folder.js';
import { taskName } from '../../verdicts/index.js';

/** Notes beside the ledgers how long those of their tasks took that a store has, but for what is noted already. */
export function noteTimes(folder: ResultsFolder, store: Store): void {
  const noted = new Set(folder.times().map(({ task }) => task));
  const tasks = new Set(folder.read().rows.flatMap((row) => row.tasks));
  const fresh = [...tasks].filter((id) => !noted.has(taskName(id)) && store.has(id));
  if (fresh.length === 0) return;
  folder.addTimes(
    fresh.map((id) => {
      const { durationMs, machine } = store.readTiming(id);
      return { task: taskName(id), seconds: Math.round(durationMs) / 1000, machine };
    }),
  );
}
