import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { loadMnist } from '../../src/platform/node/data/mnist-source.js';
import { runTrial } from '../../src/tasks/run-trial.js';
import { m1 } from '../support/browser-specs.js';
import { longTest } from '../support/length.js';
import { describeLab, serveLab } from '../support/web-lab.js';
import { hashAtEnd, openRun, seek } from '../support/web-lab-runs.js';

const host = { loadMnist: () => loadMnist({}) };

/** In the page: what is asked of a new worker waits for an event. */
function holdWorkers(): void {
  const released = new Promise((resume) => addEventListener('release', resume, { once: true }));
  globalThis.Worker = class extends Worker {
    override postMessage(message: unknown): void {
      void released.then(() => super.postMessage(message));
    }
  };
}

declare global {
  /** Elements that were looked at. */
  var seenWords: Element[];
}

/** The largest words of a page, where they stand, and whether they are those elements that were looked at before. */
const largestWords = (page: Page) =>
  page.evaluate(() => {
    const before = globalThis.seenWords;
    globalThis.seenWords = [];
    const shown = [...document.querySelectorAll('main')].find((main) => main.checkVisibility())!;
    return [...shown.querySelectorAll('h1:not(.hidden), h1 + p, p:first-child')].slice(0, 2).map((one) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      globalThis.seenWords.push(one);
      return { text: one.textContent, left, top, width, height, isOther: before && !before.includes(one) };
    });
  });

describeLab('what people meet in the lab', (lab) => {
  const firstWords: [string, string][] = [
    ['', 'See a network learn'],
    ['#/play', 'The bench is on its way'],
    ['#/verify', 'The same bits on your machine?'],
  ];
  longTest.each(firstWords)(
    'at %j the words of the page before its scripts are there, in the colours that were chosen',
    async (hash, words) => {
      const { page, context } = await lab.open();
      const other = await serveLab();
      await context.addInitScript(() => {
        localStorage.setItem('theme', 'dark');
        // It would answer in place of what holds the scripts here.
        delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker;
      });
      let release = (): void => undefined;
      const held = new Promise<void>((resume) => {
        release = resume;
      });
      const [index, later] = [/\/assets\/index-.*\.js$/, /\/assets\/(play-page|verify)-.*\.js$/];
      await context.route(index, (route) => held.then(() => route.continue()));
      let free = (): void => undefined;
      const drawn = new Promise<void>((resume) => {
        free = resume;
      });
      await context.route(later, (route) => drawn.then(() => route.continue()));
      await page.goto(other.url + hash, { waitUntil: 'commit' });
      await page.getByText(words).waitFor();
      const before = (await largestWords(page)).map((one) => ({ ...one, isOther: false }));
      expect(before[0]!.text).toContain(words);
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
      release();
      await page.locator('#main').waitFor();
      expect(await largestWords(page)).toEqual(before);
      free();
      await page.waitForLoadState();
      await context.close();
      await other.close();
    },
  );

  longTest('on the front page a recording that moves, until the engine has come to the same step', async () => {
    const { page } = await lab.open('#/verify');
    await page.evaluate(holdWorkers);
    await page.getByRole('link', { name: 'Descent' }).click();
    await page.getByText('What you see was recorded').waitFor();
    const step = page.getByRole('slider', { name: 'Step' });
    await expect.poll(async () => Number(await step.inputValue())).toBeGreaterThan(40);
    await page.getByRole('button', { name: 'Pause' }).click();
    const recorded = Number(await step.inputValue());
    await page.evaluate(() => dispatchEvent(new Event('release')));
    await page.locator('.learning[data-ready]').waitFor();
    expect(Math.abs(Number(await step.inputValue()) - recorded)).toBeLessThanOrEqual(20);
    await step.press('End');
    await page.getByText('The same bits as where this page was built').waitFor({ timeout: 60_000 });
  });

  longTest('moves one weight by units in the last place: the run is the trial that its JSON says', async () => {
    const { page } = await lab.open();
    await openRun(page, m1(300));
    await seek(page, 100);
    await page.getByText('One weight, by a hair').click();
    await page.getByLabel('Which weights').selectOption('2.weight');
    await page.getByLabel('of unit, 0 to 9').fill('3');
    await page.getByLabel('from input, 0 to 4').fill('2');
    await page.getByLabel('Units in the last place').fill('-2');
    await page.getByRole('button', { name: 'Move 2.weight[3, 2] here' }).click();
    await page.getByText('2.weight[3, 2] falls by 2 units in the last place').first().waitFor({ state: 'attached' });
    // Ten numbers of the first layer's come before: its weights and biases; then rows of five.
    const edits = [{ atStep: 101, path: `parameters[${10 + 3 * 5 + 2}]`, value: -2 }];
    expect(await page.evaluate(() => globalThis.descent.lab.active.value!.spec.edits)).toEqual(edits);
    expect(await hashAtEnd(page)).toBe((await runTrial({ ...m1(300), edits }, host)).summary.hash);
  });

  longTest('compares two runs at one step in the panels too', async () => {
    const { page } = await lab.open();
    await openRun(page, m1(400));
    await seek(page, 200);
    for (const panel of ['Gradient norm of each layer', 'Weights of each layer', 'Path of the weights']) {
      await page.getByRole('button', { name: panel }).click();
    }
    await page.getByLabel('Learning rate').fill('0.0003');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'B', exact: true }).waitFor();
    await page.waitForFunction(() => globalThis.descent.lab.active.value?.facts.value !== undefined);
    await seek(page, 300);
    await page.waitForFunction(() => globalThis.descent.lab.compared.value?.place.value.step === 300);
    const layers = page.getByRole('list', { name: 'Lines of Gradient norm of each layer' });
    for (const run of ['A', 'B']) await layers.getByText(`layer 0 ${run}`).waitFor();
    await page.getByText('Outline: A, after step 300').waitFor();
    await page.locator('.histograms path.other').first().waitFor();
    await page.getByRole('img', { name: 'Path of the weights of B and A in two principal components' }).waitFor();
    await seek(page, 250);
    await page.waitForFunction(() => globalThis.descent.lab.compared.value?.place.value.step === 250);
  });

  longTest('has keys that can be switched off, and stay off', async () => {
    const { page } = await lab.open();
    await openRun(page, m1(300));
    const runCount = () => page.evaluate(() => globalThis.descent.lab.runs.value.length);
    await seek(page, 10);
    await page.keyboard.press('n');
    await expect.poll(runCount).toBe(2);
    await page.keyboard.press('?');
    await page.getByLabel('These keys work outside of controls').uncheck();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.locator('h1').evaluate(() => (document.activeElement as HTMLElement).blur());
    for (const key of ['n', 's', '?', 'Space']) await page.keyboard.press(key);
    await seek(page, 20);
    expect(await runCount()).toBe(2);
    await page.reload();
    await page.waitForFunction(() => globalThis.descent?.lab.active.value?.facts.value !== undefined);
    const before = await runCount();
    await page.keyboard.press('s');
    await page.waitForTimeout(300);
    expect(await runCount()).toBe(before);
  });

  it('takes a pasted table with a test part and random labels, and says where one is malformed', async () => {
    const { page } = await lab.open();
    await page.getByLabel('Samples', { exact: true }).selectOption({ label: 'points of your own' });
    const rows = page.getByLabel('Rows: inputs, then the target');
    await rows.fill('# mine\nx,y,class\n0,0,0\n1,1,zwei');
    await page.getByRole('button', { name: 'Take these points' }).click();
    await page.getByText('line 4, column 3: expected a number, got "zwei"').waitFor();
    await rows.evaluate((field) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', '1,2\n'.repeat(100_000));
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true, bubbles: true }));
    });
    await page.getByText('what was pasted: expected at most 10000 rows, got 100000 lines').waitFor();
    await rows.fill('x,y,class\n0,0,0\n1,1,0\n0,1,1\n1,0,1\n2,2,1');
    await page.getByLabel('The last column is a class').check();
    await page.getByRole('button', { name: 'Take these points' }).click();
    for (const [label, value] of [
      ['Rows to test on', '2'],
      ['Share of random labels', '0.5'],
    ] as const) {
      await page.getByLabel(label).fill(value);
      await page.keyboard.press('Enter');
    }
    await page.getByText('3 samples, 2 to test on').waitFor();
    const dataOfPage = () => page.evaluate(() => globalThis.descent.lab.active.value!.spec.data);
    await expect.poll(dataOfPage).toMatchObject({
      labels: [0, 0, 1, 1, 1],
      test: { size: 2, seed: 0 },
      randomLabels: { fraction: 0.5, seed: 1 },
    });
  });

  longTest(
    'keeps a formula that is wrong in its field, to be mended, and trains that which was there before',
    async () => {
      const { page } = await lab.open();
      await page.getByLabel('Samples', { exact: true }).selectOption({ label: 'a formula of your own' });
      const field = page.getByLabel('f(x) =');
      const formulaOfPage = () => page.evaluate(() => globalThis.descent.lab.active.value!.spec.data);
      await field.fill('sin(3 * y)');
      await field.press('Enter');
      await page.getByText('got y (did you mean x?)').waitFor();
      expect(await field.inputValue()).toBe('sin(3 * y)');
      expect(await formulaOfPage()).toMatchObject({ formula: 'sin(3 * x) + x / 2' });
      await field.fill('sin(3 * x)');
      await field.press('Enter');
      await expect.poll(formulaOfPage).toMatchObject({ formula: 'sin(3 * x)' });
      expect(await page.getByText('did you mean').count()).toBe(0);
    },
  );

  longTest('keeps what is being typed while a change in the field before is drawn', async () => {
    const { page } = await lab.open();
    await openRun(page, m1(50));
    const shown = await page.evaluate(async () => {
      const fieldOf = (label: string) => {
        const found = [...document.querySelectorAll('label')].find((one) => one.textContent === label)!;
        return document.getElementById(found.htmlFor) as HTMLInputElement;
      };
      const type = (field: HTMLInputElement, value: string) => {
        field.value = value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      };
      const [rate, seed] = [fieldOf('Learning rate'), fieldOf('Seed')];
      type(rate, '0.002');
      rate.dispatchEvent(new Event('change', { bubbles: true }));
      type(seed, '77');
      await new Promise((drawn) => setTimeout(drawn, 500));
      return [rate.value, seed.value];
    });
    expect(shown).toEqual(['0.002', '77']);
  });
});
