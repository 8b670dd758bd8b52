/** What the lab keeps while it is used for as long as people use it: ten minutes, or `LAB_MINUTES`. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { m1 } from '../support/browser-specs.js';
import { describeAlone } from '../support/web-lab-alone.js';
import { type Kept, residentOf, watchMemory } from '../support/web-lab-memory.js';
import { hashAtEnd, openFourCharts, openRun, runReady, seek } from '../support/web-lab-runs.js';

const minutes = Number(process.env['LAB_MINUTES'] ?? 10);
/** Warming up and the runs at the end come on top, and another's work on the machine. */
const patienceMs = 60_000 * (minutes + 15);
/** Runs until code is compiled and caches are full. */
const warmUp = 12;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

interface Seen extends Kept {
  /** Bytes of the page's process, which keeps some of what it was given back. */
  readonly resident: number;
}

/** Runs that are kept on purpose at the end: what grows with them is seen. */
const leaked = 12;

declare global {
  /** Runs that a test keeps on purpose. */
  var keptRuns: unknown[];
}

/** Trains a new run, and scrubs in it. */
async function useOnce(page: Page, seed: number): Promise<void> {
  await openRun(page, { ...m1(5000), seed });
  await page.evaluate(() => {
    globalThis.descent.lab.panelEvery.value = 100;
  });
  await hashAtEnd(page);
  for (const step of [100, 4900, 2500]) await seek(page, step);
}

describeAlone('the memory of the lab', (lab) => {
  it(
    `is no more after ${minutes} min of training, scrubbing and new runs, and is more where runs are kept`,
    async () => {
      const { page, context } = await lab.open();
      await runReady(page);
      await openFourCharts(page);
      const [measure, resident] = [await watchMemory(page), await residentOf(lab.browser(), page)];
      const seen: Seen[] = [];
      const begin = performance.now();
      let turn = 0;
      for (; turn < warmUp + 12 || performance.now() - begin < 60_000 * minutes; turn++) {
        await useOnce(page, turn);
        const kept = await measure();
        if (turn >= warmUp) seen.push({ ...kept, resident: resident() });
      }
      const third = Math.floor(seen.length / 3);
      const both = (of: keyof Seen) =>
        [seen.slice(0, third), seen.slice(-third)].map((part) => median(part.map((one) => one[of])));
      const [early, late] = both('bytes');
      const [before, after] = both('resident');
      console.info(
        `${seen.length} runs: ${mebibytes(early!)} MiB in the first third, ${mebibytes(late!)} in the last; ` +
          `of its process ${mebibytes(before!)} and ${mebibytes(after!)}; nodes ${both('nodes')}, ` +
          `listeners ${both('listeners')}; ${seen.map(({ bytes }) => mebibytes(bytes)).join(' ')}`,
      );
      expect(late!).toBeLessThan(1.03 * early!);
      for (const of of ['nodes', 'listeners'] as const)
        expect(both(of)[1], of).toBeLessThanOrEqual(1.03 * both(of)[0]!);

      for (let one = 0; one < leaked; one++) {
        await useOnce(page, turn + one);
        await page.evaluate(() => {
          globalThis.keptRuns = [...(globalThis.keptRuns ?? []), globalThis.descent.lab.active.value];
        });
      }
      const { bytes } = await measure();
      console.info(`with ${leaked} runs kept on purpose ${mebibytes(bytes)} MiB`);
      expect(bytes).toBeGreaterThan(1.03 * late!);
      await context.close();
    },
    patienceMs,
  );
});
