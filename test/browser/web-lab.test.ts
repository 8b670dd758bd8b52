import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMnist } from '../../src/platform/node/data/mnist-source.js';
import { runTrial } from '../../src/tasks/run-trial.js';
import { openTrial } from '../../src/tasks/time-travel/open-trial.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { connectBrowser, noBrowser } from '../support/browser.js';
import { runs } from '../support/length.js';
import { digestAt, hashAtEnd, openPage, openRun, type ServedLab, serveLab } from '../support/web-lab.js';

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
});
