import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { m1 } from '../support/browser-specs.js';
import { longTest } from '../support/length.js';
import { describeLab } from '../support/web-lab.js';
import { openRun, placeIn, seek } from '../support/web-lab-runs.js';

const points = 1_000_000;
const spike = 654_321;
const height = 1000;

/** Puts a loss of a million steps, all below 2 but one, into the chart of a run. */
const drawSpike = (page: Page): Promise<void> =>
  page.evaluate(
    ([steps, at, value]) => {
      const view = globalThis.descent.lab.active.value!;
      const loss = view.lines.get('loss')!;
      for (let step = loss.count + 1; step <= steps!; step++)
        loss.push(step, step === at ? value! : 1 + (step % 7) / 10);
      view.revision.value++;
    },
    [points, spike, height],
  );

const chartIn = (page: Page) =>
  page
    .locator('figure.chart')
    .filter({ has: page.locator('canvas') })
    .first();

/** The highest pixel of the line: CSS pixels from the left of the window, share of the plot's height from its top. */
const highestPixel = (page: Page): Promise<{ readonly x: number; readonly y: number; readonly below: number }> =>
  chartIn(page).evaluate(async (figure) => {
    // What was asked for is drawn in its turn, a chart a frame at the least.
    for (let frame = 0; frame < 6; frame++) await new Promise(requestAnimationFrame);
    const canvas = figure.querySelector('canvas')!;
    const [plot, whole] = [figure.querySelector('.u-over')!.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const ratio = canvas.width / whole.width;
    const [left, top] = [(plot.left - whole.left) * ratio, (plot.top - whole.top) * ratio].map(Math.round);
    const [width, tall] = [plot.width * ratio, plot.height * ratio].map(Math.floor);
    const own = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    own.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--line-1').trim();
    own.fillRect(0, 0, 1, 1);
    const line = own.getImageData(0, 0, 1, 1).data;
    Object.assign(own.canvas, { width: canvas.width, height: canvas.height });
    own.drawImage(canvas, 0, 0);
    const { data } = own.getImageData(left!, top!, width!, tall!);
    for (let y = 0; y < tall!; y++) {
      for (let x = 0; x < width!; x++) {
        const at = 4 * (y * width! + x);
        const far = [0, 1, 2].some((channel) => Math.abs(data[at + channel]! - line[channel]!) > 40);
        if (!far && data[at + 3]! > 200) {
          return { x: plot.left + (x + 0.5) / ratio, y: y / tall!, below: plot.top + plot.height / 2 };
        }
      }
    }
    throw new Error('no pixel of the line is drawn');
  });

/** The spike is drawn up to the top, and the chart says its exact step to who points there. */
async function expectSpike(page: Page, where: string): Promise<void> {
  const { x, y, below } = await highestPixel(page);
  expect(y, where).toBeLessThan(0.06);
  await page.mouse.move(x - 30, below);
  await page.mouse.move(x, below);
  await expect
    .poll(() => chartIn(page).locator('output').first().textContent(), { message: where, timeout: 20_000 })
    .toContain(`${height} at ${spike.toLocaleString('en-US')}`);
}

describeLab('a chart', (lab) => {
  it('goes to the step that is clicked', async () => {
    const { page } = await lab.open();
    await openRun(page, m1(200));
    await seek(page, 100);
    await chartIn(page).locator('.u-over').click();
    await page.waitForFunction(() => globalThis.descent.lab.active.value!.place.value.step < 100);
    // Half way across the steps that it shows.
    const { step } = await placeIn(page);
    expect(step).toBeGreaterThan(35);
    expect(step).toBeLessThan(65);
  });
});

describeLab('a chart of a million steps', (lab) => {
  longTest('draws the one spike at every zoom, and says its exact step', async () => {
    const { page } = await lab.open();
    await openRun(page, m1(points));
    await seek(page, 2);
    await drawSpike(page);
    await expectSpike(page, 'all steps');
    await page.getByLabel('log steps').click();
    await expectSpike(page, 'all steps, logarithmic');
    await page.getByLabel('log steps').click();
    await page.getByLabel('log values').click();
    await expectSpike(page, 'all steps, linear values');
    await page.getByLabel('log values').click();
    await expectSpike(page, 'all steps again');
    // Twice as near each time around the spike, where the pointer is, to where two steps fill the chart.
    for (let zoom = 1; zoom <= 20; zoom++) {
      await chartIn(page).locator('.plot').focus();
      await page.keyboard.press('+');
      await expectSpike(page, `zoom ${zoom}`);
    }
    await page.getByRole('button', { name: 'All steps' }).click();
    // A stretch that is dragged.
    const { x, below } = await highestPixel(page);
    await page.mouse.move(x - 40, below);
    await page.mouse.down();
    await page.mouse.move(x + 60, below, { steps: 4 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'All steps' }).waitFor();
    await expectSpike(page, 'a stretch that was dragged');
  });
});
