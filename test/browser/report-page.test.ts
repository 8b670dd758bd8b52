import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { experiments } from '../../src/experiments/index.js';
import { drawInline } from '../../src/report/drawing/draw-figure.js';
import { buildReport } from '../../src/report/index.js';
import { connectBrowser, noBrowser } from '../support/browser.js';
import { runs } from '../support/length.js';
import { joined, syntheticRun } from '../support/synthetic-trials.js';

/** One run in which seeds are drawn one by one with rounding twins, and one in which they are bands. */
const allRuns = experiments.flatMap((experiment) =>
  experiment.protocols.flatMap(({ id, presets }, i) =>
    presets.quick ? [syntheticRun(experiment, id, 'quick', i === 0 ? { twins: 2 } : { seeds: [1, 2, 3] })] : [],
  ),
);

describe.skipIf(noBrowser)('the report page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'descent-page-'));
  const url = pathToFileURL(join(folder, 'index.html')).href;
  let browser: Browser;
  let figures: number;

  beforeAll(async () => {
    const files = await buildReport({
      experiments,
      runs: allRuns.map(({ run }) => run),
      results: joined(allRuns),
      version: '0',
      draw: async (figure) => ({ inline: await drawInline(figure), png: new Uint8Array() }),
    });
    writeFileSync(join(folder, 'index.html'), files[0]!.content);
    figures = files.filter(({ path }) => path.endsWith('.png')).length;
    browser = await connectBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(
    width: number,
  ): Promise<{ page: Page; requests: readonly string[]; problems: readonly string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const requests: string[] = [];
    const problems: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(url);
    return { page, requests, problems };
  }

  it.each(runs([1280, 375], [1280, 768, 375]))(
    'opens from disk at %i px without a request, a problem or a scroll bar to the right',
    async (width) => {
      const { page, requests, problems } = await open(width);
      expect(requests).toEqual([url]);
      expect(problems).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await page.close();
    },
  );

  it.each([1280, 375])(
    'shows each figure once at %i px, with text of at least 9 px inside the drawing',
    async (width) => {
      const { page } = await open(width);
      const drawings = await page.evaluate(() =>
        [...document.querySelectorAll('figure svg')]
          .filter((svg) => svg.clientWidth > 0)
          .map((svg) => {
            const frame = svg.getBoundingClientRect();
            const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent !== '');
            const scale = frame.width / (svg as SVGSVGElement).viewBox.baseVal.width;
            return {
              smallest: Math.min(...texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize) * scale)),
              outside: texts
                .filter((text) => {
                  const box = text.getBoundingClientRect();
                  return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
                })
                .map((text) => text.textContent),
            };
          }),
      );
      expect(drawings).toHaveLength(figures);
      for (const { smallest, outside } of drawings) {
        expect(smallest).toBeGreaterThanOrEqual(9);
        expect(outside).toEqual([]);
      }
      await page.close();
    },
  );

  it('prints every section with each of its figures once', async () => {
    const { page } = await open(1280);
    await page.emulateMedia({ media: 'print' });
    const shown = (selector: string): Promise<number> => page.locator(`${selector} >> visible=true`).count();
    expect(await shown('section')).toBe(experiments.length);
    expect(await shown('figure svg')).toBe(figures);
    await page.close();
  });
});
