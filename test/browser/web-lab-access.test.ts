import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectBrowser, noBrowser } from '../support/browser.js';
import { runs } from '../support/length.js';
import { type ServedLab, serveLab } from '../support/web-lab.js';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const pages = { front: '', play: '#/play', verify: '#/verify' } as const;
const cases = (['light', 'dark'] as const).flatMap((scheme) =>
  [1280, 375].flatMap((width) => Object.entries(pages).map(([name, hash]) => ({ scheme, width, name, hash }))),
);
/** In its short form each page in each theme and each width, not all of them. */
const shown = runs(
  cases.filter(({ scheme, width }) => (scheme === 'light') === (width === 1280)),
  cases,
);

describe.skipIf(noBrowser)('the pages of the lab', () => {
  let served: ServedLab;
  let browser: Browser;
  beforeAll(async () => {
    served = await serveLab();
    browser = await connectBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  it.each(shown)('$name, $scheme, $width px: no fault that axe knows, nothing beyond the right edge', async (one) => {
    const { scheme, width, hash } = one;
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme });
    const page = await context.newPage();
    await page.goto(served.url + hash);
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    await page.waitForTimeout(500);
    // Its source by evaluate: a script element with it is against the page's policy.
    await page.evaluate(axe);
    const faults = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { readonly axe: { run(on: Document, how: object): Promise<AxeResult> } };
      const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(faults).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await context.close();
  });

  it('keep to their sizes: 40 kB of script for the first, 110 for Play, 100 for the worker, compressed', () => {
    const folder = join(inject('webLab'), 'assets');
    const size = (name: RegExp): number =>
      readdirSync(folder)
        .filter((file) => name.test(file))
        .reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);
    const first = size(/^index-.*\.js$/);
    expect(first).toBeGreaterThan(5000);
    expect(first).toBeLessThan(40_000);
    expect(first + size(/^play-page-.*\.js$/)).toBeLessThan(110_000);
    expect(size(/^worker-.*\.js$/)).toBeLessThan(100_000);
  });
});

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}
