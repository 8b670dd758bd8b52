import { expect, it } from 'vitest';
import { loadMnist } from '../../src/platform/node/data/mnist-source.js';
import { runTrial } from '../../src/tasks/run-trial.js';
import { m1 } from '../support/browser-specs.js';
import { longTest } from '../support/length.js';
import { describeLab, serveLab } from '../support/web-lab.js';
import {
  branchAt,
  digestAt,
  digestIn,
  hashAtEnd,
  openRun,
  placeIn,
  runReady,
  showFirst,
  standsAt,
  stepInAddress,
} from '../support/web-lab-runs.js';

const host = { loadMnist: () => loadMnist({}) };

describeLab('the lab in a browser', (lab) => {
  it('says what is wrong with a network that cannot be, and what became of one that diverged', async () => {
    const { page } = await lab.open();
    await openRun(page, { ...m1(50), optimizer: { kind: 'sgd', learningRate: 1e6 } });
    await hashAtEnd(page);
    await page.getByText('Begin again with a tenth of the learning rate').waitFor();
    await page.evaluate((spec) => {
      globalThis.descent.lab.open({ ...spec, model: { ...spec.model, widths: [2, 5, 1] } } as typeof spec);
    }, m1(50));
    await page.getByText('This cannot be trained.').waitFor();
    await page.getByText('model.widths[0]: expected 1 for function data, got 2').waitFor();
  });

  it('branches exactly: without a change its parent again, with one equal up to there and different after', async () => {
    const { page } = await lab.open();
    await openRun(page, m1(900));
    const parent = [await digestAt(page, 500), await digestAt(page, 501), await digestAt(page, 900)];
    await branchAt(page, 500);
    expect([await digestAt(page, 500), await digestAt(page, 501), await digestAt(page, 900)]).toEqual(parent);
    await showFirst(page);
    await branchAt(page, 500, { path: 'optimizer.learningRate', value: 0.0006 });
    const [before, after] = [await digestAt(page, 500), await digestAt(page, 501)];
    expect(before).toBe(parent[0]);
    expect(after).not.toBe(parent[1]);
  });

  it('opens a link where it was left, and says of a broken one what is wrong', async () => {
    const { page } = await lab.open();
    await openRun(page, { ...m1(2000), seed: 7 });
    const digest = await digestAt(page, 321);
    await page.waitForFunction(() => location.hash.length > 8);
    await page.waitForTimeout(600);
    const { hash } = new URL(page.url());
    expect(hash.length).toBeLessThan(480);
    const again = await lab.open(hash);
    await standsAt(again.page, 321);
    expect(await digestIn(again.page)).toBe(digest);
    const broken = await lab.open('#/play/1.nothing');
    await broken.page.getByText('This link could not be opened').waitFor();
    await runReady(broken.page);
  });

  longTest(
    'goes on after a reload in the middle of training, and keeps its runs while other pages are shown',
    async () => {
      const { page } = await lab.open();
      await openRun(page, m1(1_000_000));
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      // The address is written while it trains: nobody has paused.
      await expect.poll(() => stepInAddress(page), { timeout: 120_000 }).toBeGreaterThan(0);
      expect((await placeIn(page)).playing).toBe(true);
      await page.reload();
      await page.waitForFunction(() => {
        const place = globalThis.descent?.lab.active.value?.place.value;
        return place !== undefined && place.step > 0 && place.replaying === 0;
      });
      expect(await page.evaluate(() => globalThis.descent.lab.active.value!.spec)).toEqual(m1(1_000_000));

      const before = await page.evaluate(() => {
        const { key, place } = globalThis.descent.lab.active.value!;
        return { key, step: place.value.step };
      });
      await page.getByRole('link', { name: 'Descent' }).click();
      await page.getByRole('heading', { name: 'See a network learn' }).waitFor();
      await page.goBack();
      await page.getByRole('slider', { name: 'Step' }).waitFor();
      await standsAt(page, before.step);
      expect(await page.evaluate(() => globalThis.descent.lab.active.value!.key)).toBe(before.key);
    },
  );

  it('works below a path, without a network after the first visit, and asks no other origin', async () => {
    const below = await serveLab('/a/b/');
    const { page, context, requests } = await lab.open('#/play', { from: below });
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { polling: 50 });
    await context.setOffline(true);
    await below.close();
    await page.reload();
    await runReady(page);
    await openRun(page, m1(50));
    expect(await hashAtEnd(page)).toBe((await runTrial(m1(50), host)).summary.hash);
    const { origin } = new URL(below.url);
    expect(requests.length).toBeGreaterThan(3);
    expect(requests.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([]);
  });

  longTest('verifies a trial: the same bits, or the first row that differs', async () => {
    const { page } = await lab.open('#/verify');
    await page.getByRole('button', { name: 'An example' }).click();
    await page.getByRole('button', { name: 'Run it again' }).click();
    await page.getByText('The same bits on your machine.').waitFor({ timeout: 60_000 });
    await page.getByText('Rows, to find where bits part').click();
    await page.getByLabel('What descent train').fill('{"epoch":1,"step":1,"loss":0.5}');
    await page.getByLabel('Hash, 64 hex digits').fill('0'.repeat(64));
    await page.getByRole('button', { name: 'Run it again' }).click();
    await page.getByText('The first row that differs is that of step 1').waitFor({ timeout: 60_000 });
  });
});
