import type { CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';
import { m1 } from '../support/browser-specs.js';
import { longTest } from '../support/length.js';
import { describeLab } from '../support/web-lab.js';
import { openRun, placeIn, seek } from '../support/web-lab-runs.js';

const head = 1500;

type Point = readonly [number, number];

/** Moves fingers from where each begins to where it ends, as a screen would say it. */
async function drag(screen: CDPSession, fingers: readonly (readonly [Point, Point])[]): Promise<void> {
  const say = (type: 'touchStart' | 'touchMove' | 'touchEnd', share?: number) =>
    screen.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        share === undefined
          ? []
          : fingers.map(([from, to], id) => {
              const [x, y] = [0, 1].map((axis) => from[axis]! + (to[axis]! - from[axis]!) * share);
              return { id, x: x!, y: y! };
            }),
    });
  await say('touchStart', 0);
  for (let move = 1; move <= 10; move++) await say('touchMove', move / 10);
  await say('touchEnd');
}

/** The first chart on a telephone, and what it says. */
async function chartOf(page: Page) {
  const chart = page.locator('figure.chart').first();
  const place = async () => (await chart.locator('.u-over').boundingBox())!;
  /** A place of the plot, by shares from its left and its top. */
  const at = async (across: number, down = 0.5): Promise<Point> => {
    const { x, y, width, height } = await place();
    return [x + across * width, y + down * height];
  };
  const said = () => chart.locator('output').first().textContent();
  return {
    at,
    said,
    /** The step that a tap says; never two at one place in short time, which is another gesture. */
    async stepAt(across: number): Promise<number> {
      const before = await said();
      await page.touchscreen.tap(...(await at(across)));
      await expect.poll(said, { timeout: 20_000 }).not.toBe(before);
      return Number(/ at ([\d,]+)/.exec((await said())!)![1]!.replaceAll(',', ''));
    },
    /** Steps between two columns of pixels, at most, of what is shown. */
    async near(wanted: number, step: number, shown: number): Promise<void> {
      expect(Math.abs(step - wanted), `${step} against ${wanted}`).toBeLessThanOrEqual(
        (4 * shown) / (await place()).width,
      );
    },
  };
}

describeLab('fingers on a chart, 375 px wide', (lab) => {
  longTest('mark a stretch, move and stretch it; a tap says the values, and the page scrolls', async () => {
    const { page, context } = await lab.open('#/play', { viewport: { width: 375, height: 640 }, hasTouch: true });
    const screen = await context.newCDPSession(page);
    await openRun(page, m1(2 * head));
    await seek(page, head);
    await page.getByRole('button', { name: 'Charts', exact: true }).tap();
    await page.locator('figure.chart canvas').first().waitFor();
    const chart = await chartOf(page);
    const allSteps = page.getByRole('button', { name: 'All steps' });

    // A tap says the values there, and moves the network nowhere.
    await chart.near(head / 2, await chart.stepAt(0.5), head);
    expect((await placeIn(page)).step).toBe(head);
    expect(await allSteps.count()).toBe(0);

    // One finger across marks the stretch to be shown.
    await drag(screen, [[await chart.at(0.2), await chart.at(0.8)]]);
    await allSteps.waitFor();
    const from = await chart.stepAt(0.05);
    const to = await chart.stepAt(0.95);
    const shown = (to - from) / 0.9;
    await chart.near(0.6 * head, shown, 2 * head);
    await chart.near(0.2 * head, from - 0.05 * shown, 2 * head);

    // One finger moves it: the step under it stays there.
    const held = await chart.stepAt(0.3);
    await drag(screen, [[await chart.at(0.3), await chart.at(0.55)]]);
    await chart.near(held, await chart.stepAt(0.55), 2 * shown);

    // Two fingers stretch it: each keeps its step.
    const both = [await chart.stepAt(0.4), await chart.stepAt(0.6)];
    await drag(screen, [
      [await chart.at(0.4), await chart.at(0.1)],
      [await chart.at(0.6), await chart.at(0.9)],
    ]);
    await chart.near(both[0]!, await chart.stepAt(0.1), 2 * shown);
    await chart.near(both[1]!, await chart.stepAt(0.9), 2 * shown);

    // Up and down the page scrolls, and nothing of the chart moves.
    const stretch = (both[1]! - both[0]!) / 0.8;
    const before = await chart.stepAt(0.5);
    const top = () => page.evaluate(() => document.scrollingElement!.scrollTop);
    expect(await top()).toBe(0);
    await drag(screen, [[await chart.at(0.5, 0.9), await chart.at(0.5, 0.1)]]);
    await expect.poll(top, { timeout: 20_000 }).toBeGreaterThan(20);
    await chart.near(before + 0.25 * stretch, await chart.stepAt(0.75), 2 * stretch);

    // Two taps show all steps again; one elsewhere lets go of the cursor.
    const place = await chart.at(0.25);
    for (let tap = 0; tap < 2; tap++) await page.touchscreen.tap(...place);
    await allSteps.waitFor({ state: 'detached' });
    await page.locator('figure.chart figcaption').first().tap();
    // The row of the last step comes with the next one.
    await expect.poll(chart.said, { timeout: 20_000 }).toContain(`at ${(head - 1).toLocaleString('en-US')}`);
  });
});
