import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMnist } from '../../src/platform/node/data/mnist-source.js';
import { runTrial } from '../../src/tasks/run-trial.js';
import { m1, specs } from '../support/browser-specs.js';
import { type FirefoxPage, noFirefox, openFirefox } from '../support/firefox.js';
import { isLong } from '../support/length.js';
import { type ServedLab, serveLab } from '../support/web-lab.js';
import { branchAt, hashAtEnd, openRun, seek } from '../support/web-lab-runs.js';

const host = { loadMnist: () => loadMnist({}) };

describe.skipIf(noFirefox || !isLong)('the lab in Firefox', () => {
  let served: ServedLab;
  let page: FirefoxPage;
  beforeAll(async () => {
    served = await serveLab();
    page = await openFirefox();
    await page.goto(`${served.url}#/play`);
  });
  afterAll(async () => {
    await page?.close();
    await served?.close();
  });

  it('has the hashes of Node, for each kind of data, model and optimizer', async () => {
    expect(await page.evaluate(() => navigator.userAgent)).toContain('Firefox/');
    for (const [name, spec] of Object.entries(specs)) {
      await openRun(page, spec);
      expect(await hashAtEnd(page), name).toBe((await runTrial(spec, host)).summary.hash);
    }
  });

  it('rewinds and branches to the hash of Node', async () => {
    const edit = { path: 'optimizer.learningRate', value: 0.0006 };
    await openRun(page, m1(900));
    for (const step of [700, 3, 500]) await seek(page, step);
    await branchAt(page, 500, edit);
    const edited = { ...m1(900), edits: [{ atStep: 501, ...edit }] };
    expect(await hashAtEnd(page)).toBe((await runTrial(edited, host)).summary.hash);
  });
});
