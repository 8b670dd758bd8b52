import type { JobTaker } from './job-taker.js';

/** Takers of several classes as one. */
export function joinTakers(takers: readonly JobTaker[]): Omit<JobTaker, 'renew' | 'hasWaiting'> {
  return {
    running: () => takers.flatMap((taker) => taker.running()),
    done: () => takers.reduce((sum, taker) => sum + taker.done(), 0),
    pause() {
      for (const taker of takers) taker.pause();
    },
    cancelBefore(time) {
      for (const taker of takers) taker.cancelBefore(time);
    },
    checkAgain() {
      for (const taker of takers) taker.checkAgain();
    },
    refusal: () => takers.map((taker) => taker.refusal()).find((reason) => reason !== undefined),
    close: async () => void (await Promise.all(takers.map((taker) => taker.close()))),
  };
}

/** An agent that has nothing to do while jobs wait, for so long, takes its connection for broken. */
const deafAfterMs = 60_000;

/** Watches takers to which nothing arrives though something waits, and connects them anew. */
export function deafWatch(takers: readonly JobTaker[], onNote: (note: string) => void) {
  const heardAt = new Map(takers.map((taker) => [taker, performance.now()]));
  return async (): Promise<void> => {
    for (const taker of takers) {
      if (taker.running().length > 0 || !(await taker.hasWaiting())) heardAt.set(taker, performance.now());
      if (performance.now() - heardAt.get(taker)! <= deafAfterMs) continue;
      onNote('tasks wait and none arrives; connecting anew');
      heardAt.set(taker, performance.now());
      await taker.renew();
    }
  };
}
