import { expect, it } from 'vitest';
import { loadMnist } from '../../src/platform/node/data/mnist-source.js';
import { openTrial } from '../../src/tasks/time-travel/open-trial.js';
import { m1, wide } from '../support/browser-specs.js';
import { longTest, runs } from '../support/length.js';
import { seededUniform } from '../support/random.js';
import { describeLab } from '../support/web-lab.js';
import { digestAt, hashAtEnd, openRun, runReady, seek } from '../support/web-lab-runs.js';

/** Other steps in each run of the tests where `FUZZ_SEED` says so. */
const draw = seededUniform(Number(process.env['FUZZ_SEED'] ?? 1));
const stepsBelow = (end: number, count: number): readonly number[] =>
  Array.from({ length: count }, () => 1 + Math.floor(draw() * (end - 1)));

describeLab('a seek', (lab) => {
  it('to 20 random steps of M1, never visited before: the weights and moments of a straight run', async () => {
    const epochs = runs(5000, 25_000);
    const { page } = await lab.open();
    await openRun(page, m1(epochs));
    const straight = await openTrial(m1(epochs), { loadMnist: () => loadMnist({}) });
    const digests = new Map<number, string>();
    const steps = stepsBelow(epochs, 20);
    for (const step of steps.toSorted((a, b) => a - b)) {
      straight.run({ untilStep: step });
      digests.set(step, straight.digest());
    }
    straight.run();
    // Ten of them in any order, on the way and back; then to the end, and the others from there.
    for (const step of steps.slice(0, 10)) expect(await digestAt(page, step), `step ${step}`).toBe(digests.get(step));
    expect(await hashAtEnd(page)).toBe(straight.outcome().summary.hash);
    for (const step of steps.slice(10)) expect(await digestAt(page, step), `step ${step}`).toBe(digests.get(step));
  });

  longTest('replays at most 400 epochs of M1', async () => {
    const epochs = 5000;
    const { page } = await lab.open();
    await openRun(page, m1(epochs));
    await seek(page, epochs);
    const steps = [399, 799, 1200, ...stepsBelow(epochs, 20)];
    for (const step of steps) expect((await seek(page, step)).replayed).toBeLessThanOrEqual(400);
  });

  longTest(
    'replays at most 250 steps of 784-500-10 within the first 13,000, later at most the thinned gap',
    async () => {
      const { page } = await lab.open();
      await openRun(page, wide);
      await seek(page, 13_000);
      const early = [249, 12_999, ...stepsBelow(13_000, 6)];
      for (const step of early) expect((await seek(page, step)).replayed).toBeLessThan(250);
      await seek(page, 14_900);
      const gaps = await page.evaluate(() => {
        const keys = globalThis.descent.lab.active.value!.keyframes.value;
        return [...new Set(keys.slice(1).map((key, i) => key - keys[i]!))];
      });
      expect(gaps).toEqual([500]);
      for (const step of stepsBelow(14_900, 6)) expect((await seek(page, step)).replayed).toBeLessThan(500);
    },
  );

  longTest(
    'to the start, twice: the same weights; to every keyframe of a branch without a change: those of its parent',
    async () => {
      const { page } = await lab.open();
      const keyframes = () => page.evaluate(() => globalThis.descent.lab.active.value!.keyframes.value);
      const digests = async (steps: readonly number[]) => {
        const all: string[] = [];
        for (const step of steps) all.push(await digestAt(page, step));
        return all;
      };
      await openRun(page, m1(1700));
      const first = await digestAt(page, 0);
      await seek(page, 1250);
      const keys = await keyframes();
      expect(keys.length).toBeGreaterThan(3);
      const parent = await digests(keys);
      expect(await digestAt(page, 0)).toBe(first);
      await seek(page, 3);
      expect(await digestAt(page, 0)).toBe(first);
      await seek(page, 1250);
      await page.getByRole('button', { name: 'Branch here' }).click();
      await page.waitForFunction(() => globalThis.descent.lab.runs.value.length === 2);
      await runReady(page);
      await seek(page, 1251);
      expect(await keyframes()).toEqual(keys);
      expect(await digests(keys)).toEqual(parent);
      expect(new Set(parent).size).toBe(keys.length);
    },
  );
});
