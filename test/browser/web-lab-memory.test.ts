import { expect, it } from 'vitest';
import { m1 } from '../support/browser-specs.js';
import { describeLab } from '../support/web-lab.js';
import { type Kept, watchMemory } from '../support/web-lab-memory.js';
import { hashAtEnd, openRun, runReady, seek } from '../support/web-lab-runs.js';

declare global {
  /** Runs that a test keeps on purpose. */
  var keptRuns: unknown[];
}

describeLab('memory', (lab) => {
  it('is no more after further runs, with the panels open; and is more where the runs are kept', async () => {
    const { page } = await lab.open();
    await runReady(page);
    for (const panel of ['Gradient norm of each layer', 'Weights of each layer']) {
      await page.getByRole('button', { name: panel }).click();
    }
    const measure = await watchMemory(page);
    let seed = 0;
    const afterRuns = async (count: number, kept = false): Promise<readonly Kept[]> => {
      const all: Kept[] = [];
      for (let run = 0; run < count; run++) {
        await openRun(page, { ...m1(200), seed: ++seed });
        if (kept) await page.evaluate(() => (globalThis.keptRuns ??= []).push(globalThis.descent.lab.active.value));
        await hashAtEnd(page);
        await seek(page, 100);
        all.push(await measure());
      }
      return all;
    };
    const least = (all: readonly Kept[]): number => Math.min(...all.map(({ bytes }) => bytes));
    // Until code is compiled and caches are full.
    await afterRuns(8);
    const early = await afterRuns(3);
    const late = await afterRuns(3);
    const leaking = await afterRuns(3, true);
    expect(least(late)).toBeLessThan(1.03 * least(early));
    const most = (of: 'nodes' | 'listeners') => Math.max(...early.map((one) => one[of]));
    for (const of of ['nodes', 'listeners'] as const) {
      expect(Math.min(...late.map((one) => one[of])), of).toBeLessThanOrEqual(most(of));
    }
    expect(least(leaking)).toBeGreaterThan(1.03 * least(late));
  });
});
