/** Nothing but keys: no pointer, and no focus that a script has set. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { runs } from '../support/length.js';
import { describeLab } from '../support/web-lab.js';
import { placeIn, runReady, standsAt } from '../support/web-lab-runs.js';

const farthest = 150;

/** What has the focus: its name, what kind of field it is, and whether anything of it can be seen. */
const focused = (page: Page): Promise<{ readonly name: string; readonly type: string; readonly seen: boolean }> =>
  page.evaluate(() => {
    const on = document.activeElement as HTMLElement;
    const labels = on instanceof HTMLInputElement || on instanceof HTMLSelectElement ? [...(on.labels ?? [])] : [];
    const named = on.getAttribute('aria-labelledby');
    const words = [on.getAttribute('aria-label'), ...labels.map((label) => label.textContent)];
    const by = named ? document.getElementById(named)?.textContent : on.textContent;
    const name = (words.find((word) => word) ?? by ?? '').trim();
    const { left, top, width, height } = on.getBoundingClientRect();
    const places = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + x * width, top + y * height]));
    const seen = places.some(([x, y]) => {
      const at = document.elementFromPoint(x!, y!);
      return at !== null && (on.contains(at) || at.contains(on) || labels.some((label) => label.contains(at)));
    });
    return { name, type: on.getAttribute('type') ?? '', seen };
  });

/** Presses Tab until something of a name has the focus; all on the way must be seen, not under the timeline. */
async function tabTo(page: Page, wanted: string, ofType?: string): Promise<void> {
  for (let press = 0; press < farthest; press++) {
    await page.keyboard.press('Tab');
    const { name, type, seen } = await focused(page);
    expect(seen, `${name} has the focus`).toBe(true);
    if (name === wanted && (ofType ?? type) === type) return;
  }
  throw new Error(`expected Tab to come to ${wanted}, got ${farthest} others`);
}

const playing = (page: Page, wanted: boolean) =>
  page.waitForFunction((on) => globalThis.descent.lab.active.value!.place.value.playing === on, wanted);

describeLab('by the keyboard alone', (lab) => {
  it.each(runs([1280], [1280, 375]))('%i px wide: trains, rewinds, branches, and compares', async (width) => {
    const { page } = await lab.open('', { viewport: { width, height: 800 } });
    await tabTo(page, 'Play');
    await page.keyboard.press('Enter');
    await runReady(page);

    await page.keyboard.press('Space');
    await page.waitForFunction(() => globalThis.descent.lab.active.value!.place.value.step > 120);
    await page.keyboard.press('Space');
    await playing(page, false);
    const { step } = await placeIn(page);
    await page.keyboard.press('ArrowLeft');
    await standsAt(page, step - 1);
    await page.keyboard.press('Shift+ArrowLeft');
    await standsAt(page, step - 11);

    await page.keyboard.press('n');
    await page.waitForFunction(() => globalThis.descent.lab.runs.value.length === 2);
    await runReady(page);
    await page.keyboard.press('ArrowRight');
    await standsAt(page, step - 10);
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await standsAt(page, 0);
    await page.keyboard.press('End');
    await standsAt(page, step - 10);

    // A branch by another rate, typed where Tab leads.
    if (width < 600) {
      await tabTo(page, 'Set up');
      await page.keyboard.press('Enter');
    }
    await tabTo(page, 'Learning rate');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('0.0006');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => globalThis.descent.lab.runs.value.length === 3);
    await runReady(page);
    const { edits, parent } = await page.evaluate(() => {
      const { spec, parent } = globalThis.descent.lab.active.value!;
      return { edits: spec.edits, parent: parent?.atStep };
    });
    expect(edits).toEqual([{ atStep: step - 9, path: 'optimizer.learningRate', value: 0.0006 }]);
    expect(parent).toBe(step - 10);

    // The toolbar, the scrubber and a track of the timeline.
    await tabTo(page, 'Run');
    await page.keyboard.press('Enter');
    await page.waitForFunction((at) => globalThis.descent.lab.active.value!.place.value.step > at, step + 20);
    await page.keyboard.press('Enter');
    await playing(page, false);
    await tabTo(page, 'Step', 'range');
    const { step: later } = await placeIn(page);
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction((at) => globalThis.descent.lab.active.value!.place.value.step < at, later);
    await tabTo(page, 'A');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => globalThis.descent.lab.active.value!.label === 'A');
  });
});
