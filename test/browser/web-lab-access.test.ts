import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { m1 } from '../support/browser-specs.js';
import { isLong, longTest } from '../support/length.js';
import { describeLab } from '../support/web-lab.js';
import { branchAt, hashAtEnd, openRun, runReady, seek } from '../support/web-lab-runs.js';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe finds against WCAG 2.2 AA in a page as it is. */
const faultsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const { axe } = globalThis as unknown as { readonly axe: { run(on: Document, how: object): Promise<AxeResult> } };
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });

const themes = ['light', 'dark'] as const;
const widths = [1280, 375] as const;

/** Everything that Play shows besides: a branch beside its parent, every panel and its menu, what is shared. */
async function fullPlay(page: Page): Promise<void> {
  await openRun(page, m1(900));
  await seek(page, 850);
  await branchAt(page, 500);
  await hashAtEnd(page);
  const panels = page.getByRole('group', { name: 'Panels' }).getByRole('button');
  for (const panel of await panels.all()) await panel.click();
  await page.getByLabel('Save Path of the weights').waitFor();
  for (const menu of await page.locator('details.save > summary').all()) await menu.click();
  await page.getByText('Share', { exact: true }).click();
  await page.getByText('Seed and end').click();
}

/** Each page, and how it comes to what is looked at. */
const pages: Readonly<Record<string, { readonly hash: string; readonly come: (page: Page) => Promise<unknown> }>> = {
  front: { hash: '', come: (page) => page.getByText('What stands and what falls').waitFor() },
  'Play as it opens': { hash: '#/play', come: runReady },
  'Play with all that it has': { hash: '#/play', come: fullPlay },
  'Play with its keys': {
    hash: '#/play',
    come: async (page) => {
      await runReady(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  'Play of a link that is broken': {
    hash: '#/play/1.nothing',
    come: (page) => page.getByText('This link could not be opened').waitFor(),
  },
  Verify: {
    hash: '#/verify',
    come: async (page) => {
      await page.getByRole('button', { name: 'An example' }).click();
      await page.getByRole('button', { name: 'Run it again' }).click();
      await page.getByText('The same bits on your machine.').waitFor({ timeout: 60_000 });
    },
  },
};

/** In its short form the page that has most on it. */
const looked = Object.entries(pages).filter(([name]) => isLong || name === 'Play with all that it has');

describeLab('the pages of the lab, in both themes, 1280 and 375 px wide', (lab) => {
  it.each(looked)('%s: no fault that axe knows, nothing beyond the right edge', async (_, one) => {
    const { page } = await lab.open(one.hash);
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    await one.come(page);
    // Its source by evaluate: a script element with it is against the page's policy.
    await page.evaluate(axe);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme });
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        expect(await faultsOf(page), `${colorScheme}, ${width} px`).toEqual([]);
        const right = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(right, `${colorScheme}, ${width} px`).toBeLessThanOrEqual(width);
      }
    }
  });

  longTest('a browser without vector instructions is told which ones have them', async () => {
    const { page, context } = await lab.open('');
    await context.addInitScript(() => {
      WebAssembly.validate = () => false;
    });
    await page.reload();
    await page.getByRole('heading', { name: 'This browser is too old to train here' }).waitFor();
    await page.getByText('Firefox from 89').waitFor();
    await page.evaluate(axe);
    expect(await faultsOf(page)).toEqual([]);
  });
});
