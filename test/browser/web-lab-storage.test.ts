import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { m1 } from '../support/browser-specs.js';
import { longTest } from '../support/length.js';
import { describeLab, type LabOfTests } from '../support/web-lab.js';
import {
  branchAt,
  digestAt,
  digestIn,
  openRun,
  placeIn,
  runReady,
  seek,
  standsAt,
  stepInAddress,
} from '../support/web-lab-runs.js';

/** In the page: nothing is kept, whatever is asked for. */
function blockStorage(): void {
  const refuse = (): never => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
    Object.defineProperty(globalThis, name, { get: refuse });
  }
  // A page that is not served has none.
  if (!('ServiceWorkerContainer' in globalThis)) return;
  ServiceWorkerContainer.prototype.register = () =>
    Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
}

/** In the page: what is kept can be read, and there is room for no more. */
function fillStorage(): void {
  Storage.prototype.setItem = () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };
}

const notice = 'This browser keeps nothing for this page';
const visitsKept = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('descent.play')).length);

/** Another tab of the same visitor. */
async function secondTab(first: Page): Promise<Page> {
  const page = await first.context().newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(first.url().split('#')[0]!.concat('#/play'));
  await runReady(page);
  return page;
}

async function withStorage(lab: LabOfTests, change: () => void): Promise<Page> {
  const { page, context } = await lab.open('#/verify');
  await context.addInitScript(change);
  await page.goto('about:blank');
  await page.goBack();
  await page.getByRole('link', { name: 'Play' }).click();
  await runReady(page);
  return page;
}

describeLab('what a browser keeps of the lab', (lab) => {
  longTest(
    'is one for each tab: none writes over another, and each is offered where the lab is opened again',
    async () => {
      const { page } = await lab.open();
      await openRun(page, { ...m1(2000), seed: 3 });
      const digest = await digestAt(page, 120);
      await expect.poll(() => visitsKept(page)).toBe(1);
      const other = await secondTab(page);
      await other.getByRole('link', { name: 'Go on there: run A, step 120' }).waitFor();
      await openRun(other, { ...m1(2000), seed: 4 });
      await seek(other, 45);
      await expect.poll(() => visitsKept(page)).toBe(2);
      // The first is as it was left, where it is loaded again as well.
      await page.reload();
      await standsAt(page, 120);
      expect(await digestIn(page)).toBe(digest);

      const third = await secondTab(page);
      for (const step of [120, 45]) await third.getByRole('link', { name: `run A, step ${step}` }).waitFor();
      await third.getByRole('link', { name: 'run A, step 120' }).click();
      await standsAt(third, 120);
      expect(await digestIn(third)).toBe(digest);
      await standsAt(other, 45);
    },
  );

  const refusals: [string, () => void][] = [
    ['blocked', blockStorage],
    ['full', fillStorage],
  ];
  longTest.each(refusals)(
    'may be nothing, where storage is %s: that is said once, and all else works',
    async (_, change) => {
      const page = await withStorage(lab, change);
      await page.getByText(notice).waitFor();
      expect(await page.getByText(notice).count()).toBe(1);
      await page.getByLabel('Colours').selectOption('dark');
      await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
      await openRun(page, m1(500));
      const digest = await digestAt(page, 200);
      await branchAt(page, 100);
      expect(await digestAt(page, 200)).toBe(digest);
      await expect.poll(() => new URL(page.url()).hash.length).toBeGreaterThan(10);
      await page.reload();
      await standsAt(page, 200);
      expect(await digestIn(page)).toBe(digest);
      await page.getByRole('button', { name: 'Close' }).click();
      expect(await page.getByText(notice).count()).toBe(0);
    },
  );

  longTest('is come back to on a processor a sixth as fast, in the middle of training', async () => {
    const { page, context } = await lab.open();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    await openRun(page, m1(1_000_000));
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.poll(() => stepInAddress(page), { timeout: 120_000 }).toBeGreaterThan(0);
    expect((await placeIn(page)).playing).toBe(true);
    await page.reload();
    await runReady(page);
    await page.waitForFunction(() => globalThis.descent.lab.active.value!.place.value.step > 0);
    await page.waitForFunction(() => globalThis.descent.lab.active.value!.place.value.replaying === 0);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Branch here' }).click();
    await page.getByRole('button', { name: 'B', exact: true }).waitFor();
    await runReady(page);
    await page.getByRole('button', { name: 'Reset' }).click();
    await standsAt(page, 0);
    await page.getByRole('button', { name: 'One step on' }).click();
    await standsAt(page, 1);
  });
});
