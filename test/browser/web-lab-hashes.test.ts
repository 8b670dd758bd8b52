import { expect, it } from 'vitest';
import { m1, specs } from '../support/browser-specs.js';
import { runs } from '../support/length.js';
import { seededUniform } from '../support/random.js';
import { describeLab } from '../support/web-lab.js';
import { copiedTrial, hashAtEnd, hashOfCommand, openRun, placeIn, runReady, seek } from '../support/web-lab-runs.js';

describeLab('the hash that the page shows is that of `descent train` of the JSON that it copies', (lab) => {
  it('for each kind of data, model and optimizer', async () => {
    const { page } = await lab.open();
    for (const [name, spec] of Object.entries(specs).slice(0, runs(3, undefined))) {
      await openRun(page, spec);
      const hash = await hashAtEnd(page);
      expect(await page.locator('[data-hash]').textContent(), name).toBe(hash);
      const copied = await copiedTrial(page);
      expect(JSON.parse(copied), name).toEqual(spec);
      expect(hash, name).toBe(await hashOfCommand(copied));
    }
  });

  it('for a branch, whose JSON has the edit that led to it', async () => {
    const { page } = await lab.open();
    await openRun(page, m1(900));
    await seek(page, 500);
    await page.getByLabel('Learning rate').fill('0.0006');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => globalThis.descent.lab.runs.value.length === 2);
    await runReady(page);
    const hash = await hashAtEnd(page);
    const copied = await copiedTrial(page);
    expect(JSON.parse(copied)).toMatchObject({
      edits: [{ atStep: 501, path: 'optimizer.learningRate', value: 0.0006 }],
    });
    expect(hash).toBe(await hashOfCommand(copied));
  });

  it('after 20 random moves of the scrubber, none of which was waited for', async () => {
    const { page } = await lab.open();
    const epochs = runs(3000, 25_000);
    await openRun(page, m1(epochs));
    await seek(page, epochs - 100);
    const scrubber = page.getByLabel('Timeline').getByRole('slider', { name: 'Step' });
    const draw = seededUniform(19);
    for (let move = 0; move < 20; move++) await scrubber.fill(String(Math.floor(draw() * (epochs - 100))));
    expect((await placeIn(page)).head).toBe(epochs - 100);
    const hash = await hashAtEnd(page);
    expect(hash).toBe(await hashOfCommand(await copiedTrial(page)));
  });
});
