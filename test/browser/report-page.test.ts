import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { experiments } from '../../src/experiments/index.js';
import { drawInline } from '../../src/report/drawing/draw-figure.js';
import { buildReport } from '../../src/report/index.js';
import { connectBrowser, noBrowser } from '../support/browser.js';
import { runs } from '../support/length.js';
import { joined, syntheticRun } from '../support/synthetic-trials.js';
import { syntheticVerdicts } from '../support/synthetic-verdicts.js';

/** One run in which seeds are drawn one by one with rounding twins, and one in which they are bands. */
const allRuns = experiments.flatMap((experiment) =>
  experiment.protocols.flatMap(({ id, presets }, i) =>
    presets.quick ? [syntheticRun(experiment, id, 'quick', i === 0 ? { twins: 2 } : { seeds: [1, 2, 3] })] : [],
  ),
);
/** Some sections without their drawings, whose thousands of lines take axe minutes. */
async function undrawnPage(): Promise<string> {
  const some = runs(experiments.slice(3, 5), experiments);
  const own = allRuns.filter(({ run }) => some.some(({ id }) => id === run.experiment));
  const files = await buildReport({
    experiments: some,
    runs: own.map(({ run }) => run),
    results: joined(own),
    verdicts: syntheticVerdicts(some),
    version: '0',
    draw: async () => ({ inline: '', png: new Uint8Array() }),
  });
  return String(files[0]!.content);
}
/** A laptop's screen. */
const laptop = { width: 1366, height: 768 };
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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
      verdicts: syntheticVerdicts(experiments),
      version: '0',
      draw: async (figure) => ({ inline: await drawInline(figure), png: new Uint8Array() }),
    });
    writeFileSync(join(folder, 'index.html'), files[0]!.content);
    writeFileSync(join(folder, 'undrawn.html'), await undrawnPage());
    figures = files.filter(({ path }) => path.endsWith('.png')).length;
    browser = await connectBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(
    viewport: { readonly width: number; readonly height: number },
    hash = '',
  ): Promise<{ page: Page; requests: readonly string[]; problems: readonly string[] }> {
    const page = await browser.newPage({ viewport });
    const requests: string[] = [];
    const problems: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(url + hash);
    return { page, requests, problems };
  }

  const unfold = (page: Page): Promise<void> =>
    page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });

  it.each(runs([1366, 390, 375], [1366, 1280, 768, 390, 375]))(
    'opens from disk at %i px without a request, a problem or a scroll bar to the right, folded or not',
    async (width) => {
      const { page, requests, problems } = await open({ width, height: 800 });
      expect(requests).toEqual([url]);
      expect(problems).toEqual([]);
      const widthNow = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
      expect(await widthNow()).toBe(width);
      await unfold(page);
      expect(await widthNow()).toBe(width);
      await page.close();
    },
  );

  it('has on a laptop a first screen that shows every section, and sections of at most four screens', async () => {
    const { page } = await open(laptop);
    const places = await page.evaluate(() => ({
      lastRow: document.querySelector('.matrix tr:last-child')!.getBoundingClientRect().bottom,
      tally: document.querySelector('.tally')!.getBoundingClientRect().bottom,
      sections: [...document.querySelectorAll('section:not(#computing)')].map(
        (section) => section.getBoundingClientRect().height,
      ),
    }));
    expect(places.lastRow).toBeLessThan(laptop.height);
    expect(places.tally).toBeLessThan(laptop.height);
    expect(places.sections).toHaveLength(experiments.length);
    expect(Math.max(...places.sections)).toBeLessThan(4 * laptop.height);
    await page.close();
  });

  it('opens what is folded where a link leads into it, without a script', async () => {
    const { page } = await open(laptop);
    const marks = page.locator('.matrix td a');
    const target = (await marks.last().getAttribute('href'))!.slice(1);
    const place = page.locator(`[id="${target}"]`);
    expect(await place.isVisible()).toBe(false);
    await marks.last().click();
    await place.waitFor({ state: 'visible' });
    expect(await place.textContent()).toContain('register');
    await page.close();
  });

  it.each(['light', 'dark'] as const)('has no serious fault for who cannot see it well, %s', async (colorScheme) => {
    const page = await browser.newPage({ viewport: laptop, colorScheme });
    await page.goto(url.replace('index.html', 'undrawn.html'));
    await unfold(page);
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    await page.close();
  });

  it.each([1366, 375])(
    'shows each figure once at %i px, with text of at least 9 px inside the drawing',
    async (width) => {
      const { page } = await open({ width, height: 800 });
      await unfold(page);
      const drawings = await page.evaluate(() =>
        [...document.querySelectorAll('.drawing svg')]
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

  it('prints every section with each of its figures once and all verdicts open, without ids and raw values', async () => {
    const { page } = await open(laptop);
    await page.emulateMedia({ media: 'print' });
    const shown = (selector: string): Promise<number> => page.locator(`${selector} >> visible=true`).count();
    expect(await shown('section:not(#computing)')).toBe(experiments.length);
    expect(await shown('.drawing svg')).toBe(figures);
    expect(await shown('.evidence article')).toBe(await page.locator('.evidence article').count());
    expect(await shown('.raw')).toBe(0);
    for (const name of ['tasks', 'numbers', 'networks', 'runs']) expect(await shown(`.fold[id$=".${name}"]`)).toBe(0);
    await page.close();
  });
});
