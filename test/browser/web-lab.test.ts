import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMnist } from '../../src/platform/node/data/mnist-source.js';
import { runTrial } from '../../src/tasks/run-trial.js';
import { openTrial } from '../../src/tasks/time-travel/open-trial.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { connectBrowser, noBrowser } from '../support/browser.js';
import { runs } from '../support/length.js';
import {
  branchAt,
  digestAt,
  hashAtEnd,
  openPage,
  openRun,
  type ServedLab,
  serveLab,
  showFirst,
} from '../support/web-lab.js';

const m1: TrialSpec = {
  data: { kind: 'function', name: 'sinc', points: 300 },
  model: { kind: 'mlp', widths: [1, 5, 10, 10, 10, 10, 10, 5, 1], activation: 'leakyRelu' },
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.0012, weightDecay: 1e-4 },
  batchSize: 'full',
  stop: { epochs: runs(2000, 25_000) },
  seed: 1,
  observe: { loss: 'step', gradNorm: 'step' },
};
const host = { loadMnist: () => loadMnist({}) };

describe.skipIf(noBrowser)('the lab in a browser', () => {
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

  it('seeks to steps in any order: the weights and moments of a straight run, and its hash at the end', async () => {
    const { page, problems } = await openPage(browser, `${served.url}#/play`);
    await openRun(page, m1);
    const straight = await openTrial(m1, host);
    const digests = new Map<number, string>();
    const steps = Array.from({ length: 20 }, (_, i) => 1 + ((i * 7919) % (m1.stop.epochs - 1)));
    for (const step of steps.toSorted((a, b) => a - b)) {
      straight.run({ untilStep: step });
      digests.set(step, straight.digest());
    }
    for (const step of steps) expect(await digestAt(page, step)).toBe(digests.get(step));
    straight.run();
    expect(await hashAtEnd(page)).toBe(straight.outcome().summary.hash);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('comes back to the same weights on reset', async () => {
    const { page } = await openPage(browser, `${served.url}#/play`);
    await openRun(page, m1);
    const first = await digestAt(page, 0);
    await digestAt(page, 700);
    expect(await digestAt(page, 0)).toBe(first);
    await digestAt(page, 3);
    expect(await digestAt(page, 0)).toBe(first);
    await page.close();
  });

  it('trains on the images that it carries as Node does on all of them', async () => {
    const spec: TrialSpec = {
      data: { kind: 'mnist', trainSize: 500, testSize: 300, randomLabels: { fraction: 0.5, seed: 1 } },
      model: { kind: 'mlp', widths: [784, 50, 10], activation: 'relu' },
      loss: 'crossEntropy',
      optimizer: { kind: 'adamW', learningRate: 0.001 },
      batchSize: 64,
      stop: { epochs: 2 },
      seed: 5,
      observe: { loss: 'step', gradNorm: 'step', accuracy: 'epoch', test: 'epoch' },
    };
    const { page } = await openPage(browser, `${served.url}#/play`);
    await openRun(page, spec);
    expect(await hashAtEnd(page)).toBe((await runTrial(spec, host)).summary.hash);
    await page.close();
  });

  const small = {
    optimizer: { kind: 'adam', learningRate: 0.01 },
    batchSize: 16,
    stop: { epochs: 20 },
    seed: 3,
  } as const;
  const classes = { loss: 'crossEntropy', observe: { loss: 'step', accuracy: 'epoch', test: 'epoch' } } as const;
  const inPlane = { kind: 'mlp', widths: [2, 8, 2], activation: 'tanh' } as const;
  const kinds: Readonly<Record<string, TrialSpec>> = {
    'points in the plane': {
      ...small,
      ...classes,
      data: { kind: 'plane', set: 'spiral', trainSize: 60, testSize: 40 },
      model: inPlane,
    },
    'a formula': {
      ...small,
      data: { kind: 'formula', formula: 'sin(3 * x) + x^2 / 2', points: 50, noise: 0.1, testPoints: 20 },
      model: { kind: 'mlp', widths: [1, 8, 1], activation: 'softplus' },
      loss: 'mse',
      observe: { loss: 'step', gradNorm: 'step', test: 'epoch' },
    },
    'a table with classes and a test part': {
      ...small,
      ...classes,
      data: {
        kind: 'table',
        inputs: Array.from({ length: 30 }, (_, i) => [Math.fround(i / 30), (i * 7) % 5]),
        labels: Array.from({ length: 30 }, (_, i) => (i < 15 ? 0 : 1)),
        test: { size: 8 },
      },
      model: inPlane,
    },
  };
  it('has the hashes of Node for every other kind of data', async () => {
    const { page } = await openPage(browser, `${served.url}#/play`);
    for (const spec of Object.values(kinds)) {
      await openRun(page, spec);
      expect(await hashAtEnd(page)).toBe((await runTrial(spec, host)).summary.hash);
    }
    await page.close();
  });

  it('says what is wrong with a network that cannot be, and what became of one that diverged', async () => {
    const { page } = await openPage(browser, `${served.url}#/play`);
    await openRun(page, { ...m1, optimizer: { kind: 'sgd', learningRate: 1e6 }, stop: { epochs: 50 } });
    await hashAtEnd(page);
    await page.getByText('no longer finite. Go back some steps').waitFor();
    await page.evaluate((spec) => {
      globalThis.descent.lab.open({ ...spec, model: { ...spec.model, widths: [2, 5, 1] } } as typeof spec);
    }, m1);
    await page.getByText('This cannot be trained.').waitFor();
    await page.getByText('model.widths[0]: expected 1 for function data, got 2').waitFor();
    await page.close();
  });

  it('branches exactly: without a change its parent again, with one equal up to there and different after', async () => {
    const { page } = await openPage(browser, `${served.url}#/play`);
    await openRun(page, { ...m1, stop: { epochs: 900 } });
    const parent = [await digestAt(page, 500), await digestAt(page, 501), await digestAt(page, 900)];
    await branchAt(page, 500);
    expect([await digestAt(page, 500), await digestAt(page, 501), await digestAt(page, 900)]).toEqual(parent);
    await showFirst(page);
    await branchAt(page, 500, { path: 'optimizer.learningRate', value: 0.0006 });
    const [before, after] = [await digestAt(page, 500), await digestAt(page, 501)];
    expect(before).toBe(parent[0]);
    expect(after).not.toBe(parent[1]);
    const edits = [{ atStep: 501, path: 'optimizer.learningRate', value: 0.0006 }];
    const inNode = await runTrial({ ...m1, stop: { epochs: 900 }, edits }, host);
    expect(await hashAtEnd(page)).toBe(inNode.summary.hash);
    await page.close();
  });

  it('is trained, rewound and branched by the keyboard alone', async () => {
    const { page, problems } = await openPage(browser, `${served.url}#/play`);
    const place = () => page.evaluate(() => ({ ...globalThis.descent.lab.active.value!.place.value }));
    const until = (step: number) =>
      page.waitForFunction((wanted) => globalThis.descent.lab.active.value?.place.value.step === wanted, step);
    await page.waitForFunction(() => globalThis.descent?.lab.active.value?.facts.value !== undefined);
    await page.keyboard.press('Space');
    await page.waitForFunction(() => globalThis.descent.lab.active.value!.place.value.step > 120);
    await page.keyboard.press('Space');
    await page.waitForFunction(() => !globalThis.descent.lab.active.value!.place.value.playing);
    const { step } = await place();
    await page.keyboard.press('ArrowLeft');
    await until(step - 1);
    await page.keyboard.press('Shift+ArrowLeft');
    await until(step - 11);
    await page.keyboard.press('n');
    await page.waitForFunction(() => {
      const { runs, active } = globalThis.descent.lab;
      return runs.value.length === 2 && active.value?.facts.value !== undefined;
    });
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await until(step - 10);
    await page.keyboard.press('Home');
    await until(0);
    // The learning rate by Tab, typing and Enter: at step 0 a run of its own.
    await page.getByLabel('Learning rate').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('0.5');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => globalThis.descent.lab.active.value?.spec.optimizer.learningRate === 0.5);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('opens a link where it was left, and says of a broken one what is wrong', async () => {
    const { page } = await openPage(browser, `${served.url}#/play`);
    await openRun(page, { ...m1, seed: 7 });
    const digest = await digestAt(page, 321);
    await page.waitForFunction(() => location.hash.length > 8);
    await page.waitForTimeout(600);
    const address = page.url();
    expect(address.length).toBeLessThan(500);
    const again = await openPage(browser, address);
    await again.page.waitForFunction(() => globalThis.descent?.lab.active.value?.place.value.step === 321);
    expect(await digestAt(again.page, 321)).toBe(digest);
    const broken = await openPage(browser, `${served.url}#/play/1.nothing`);
    await broken.page.getByText('This link could not be opened').waitFor();
    await broken.page.waitForFunction(() => globalThis.descent?.lab.active.value?.facts.value !== undefined);
    expect(broken.problems).toEqual([]);
    for (const one of [page, again.page, broken.page]) await one.close();
  });

  it('works below a path, without a network after the first visit, and asks no other origin', async () => {
    const below = await serveLab('/a/b/');
    const context = await browser.newContext();
    const { page, requests, problems } = await openPage(context, `${below.url}#/play`);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { polling: 50 });
    await context.setOffline(true);
    await below.close();
    await page.reload();
    const short = { ...m1, stop: { epochs: 50 } };
    await page.waitForFunction(() => globalThis.descent?.lab.active.value?.facts.value !== undefined);
    await openRun(page, short);
    expect(await hashAtEnd(page)).toBe((await runTrial(short, host)).summary.hash);
    const origin = new URL(below.url).origin;
    expect(requests.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('verifies a trial: the same bits, or the first row that differs', async () => {
    const { page, problems } = await openPage(browser, `${served.url}#/verify`);
    await page.getByRole('button', { name: 'An example' }).click();
    await page.getByRole('button', { name: 'Run it again' }).click();
    await page.getByText('The same bits on your machine.').waitFor({ timeout: 60_000 });
    await page.getByText('Rows, to find where bits part').click();
    await page.getByLabel('What descent train').fill('{"epoch":1,"step":1,"loss":0.5}');
    await page.getByLabel('Hash, 64 hex digits').fill('0'.repeat(64));
    await page.getByRole('button', { name: 'Run it again' }).click();
    await page.getByText('The first row that differs is that of step 1').waitFor({ timeout: 60_000 });
    expect(problems).toEqual([]);
    await page.close();
  });
});
