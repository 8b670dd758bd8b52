import { spawnSync } from 'node:child_process';
import { test } from 'vitest';
import { descent } from '../support/descent.js';
import { expectBelow, leastRatio } from '../support/patience.js';

/** Milliseconds that Node itself takes to start. */
function bareStart(): number {
  const start = performance.now();
  spawnSync(process.execPath, ['--eval', '0']);
  return performance.now() - start;
}

test.each([['--help'], ['list']])(
  '%s answers within 3.5 starts of Node, which take 175 ms where one takes 50 (the best of each, in turn)',
  async (arg) => {
    await expectBelow(
      3.5,
      leastRatio(async () => (await descent([arg])).ms, bareStart),
    );
  },
);
