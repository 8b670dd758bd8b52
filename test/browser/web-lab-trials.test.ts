/** What a new user would try. Only what such a user sees and does: controls by their names, pointer, keys, text. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { spike } from '../../src/experiments/gradient-norm/spikes.js';
import { spikeStarts } from '../../src/study/spikes.js';
import { runTrial } from '../../src/tasks/run-trial.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { longTest } from '../support/length.js';
import { describeLab } from '../support/web-lab.js';
import { copiedTrial, placeIn } from '../support/web-lab-runs.js';

const none = { loadMnist: () => Promise.reject(new Error('no images are needed')) };

async function startFrom(page: Page, preset: string): Promise<void> {
  await page.getByLabel('Start from').selectOption({ label: preset });
  await page.getByText(/Run [A-Z]: [\d,]+ parameters/).waitFor();
}

async function setNumber(page: Page, label: string, value: number): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(String(value));
  await page.keyboard.press('Enter');
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** The link that the page's button copies. */
async function copiedLink(page: Page): Promise<string> {
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => {
      document.documentElement.dataset['link'] = text;
    };
  });
  await page.getByText('Share', { exact: true }).click();
  await press(page, 'Copy link');
  await page.waitForFunction(() => document.documentElement.dataset['link'] !== undefined);
  return page.evaluate(() => document.documentElement.dataset['link']!);
}

/** What the page says of the curvature: the value in the chart of it, and the step that it is of. */
async function curvatureIn(page: Page): Promise<number> {
  const lines = page.getByRole('list', { name: 'Lines of Largest curvature and its bound' });
  return Number.parseFloat((await lines.locator('output').textContent()) ?? '');
}

describeLab('as a new user', (lab) => {
  longTest(
    'one link shows why a learning rate of 1 diverges: the curvature is above its bound from the start',
    async () => {
      const { page } = await lab.open();
      await startFrom(page, 'A learning rate of 1 diverges');
      await page.getByLabel('Speed').selectOption({ label: 'as fast as it goes' });
      await press(page, 'Run');
      await page.getByText('Diverged', { exact: true }).waitFor();
      const link = await copiedLink(page);
      expect(link.length).toBeLessThan(500);

      const { page: other } = await lab.open(new URL(link).hash);
      await other.getByText('Diverged', { exact: true }).waitFor();
      await other.getByText('Begin again with a tenth of the learning rate').waitFor();
      const crossing = other.getByRole('button', { name: /step \d+: the curvature is above its bound/ });
      const at = /step (\d+)/.exec((await crossing.textContent()) ?? '')![1];
      expect(Number(at)).toBeLessThanOrEqual(15);
      await crossing.click();
      await other.getByText(`step ${at} · epoch`).waitFor();
      // 2 / rate is 2 here.
      await expect.poll(() => curvatureIn(other), { timeout: 20_000 }).toBeGreaterThan(2);
      // What is offered learns: it is past the steps in which the other ended.
      await press(other, 'Go on from step 0 with 0.1');
      await other.getByRole('button', { name: 'B', exact: true }).waitFor();
      await expect.poll(async () => (await placeIn(other)).step, { timeout: 20_000 }).toBeGreaterThan(100);
    },
  );

  longTest('finds the epoch of the first spike of section 1.2.2, and branches there with half the rate', async () => {
    const { page } = await lab.open();
    await startFrom(page, '1.2.2 Spikes of the gradient');
    const spec = JSON.parse(await copiedTrial(page)) as TrialSpec;
    await press(page, 'Run');
    const first = page.getByRole('button', { name: /the gradient norm spikes/ }).first();
    await first.waitFor({ timeout: 300_000 });
    await first.click();
    const step = Number(/step ([\d,]+)/.exec((await first.textContent()) ?? '')![1]!.replaceAll(',', ''));

    // What the report's own rule finds in the same trial.
    const rows: { readonly epoch: number; readonly value: number }[] = [];
    const until = { ...spec, stop: { epochs: step + 60 } };
    await runTrial(until, { ...none, onRow: ({ epoch, gradNorm }) => rows.push({ epoch, value: gradNorm! }) });
    expect(spikeStarts(rows, spike, { from: 51 })[0]).toBe(step);

    await page.getByText(`epoch ${step.toLocaleString('en-US')}`).waitFor();
    await setNumber(page, 'Learning rate', 0.0005);
    await page.getByRole('button', { name: 'B', exact: true }).waitFor();
    const branch = JSON.parse(await copiedTrial(page)) as TrialSpec;
    expect(branch).toEqual({ ...spec, edits: [{ atStep: step + 1, path: 'optimizer.learningRate', value: 0.0005 }] });
    // Both lines of the loss, the parent's dashed.
    await press(page, 'Run');
    const lines = page.getByRole('list', { name: 'Lines of Loss' });
    await lines.getByText('training B').waitFor();
    await lines.getByText('training A').waitFor();
  });

  longTest('teaches a 1-8-1 network a drawing of one’s own', async () => {
    const { page } = await lab.open();
    await page.getByLabel('Samples', { exact: true }).selectOption({ label: 'points of your own' });
    await page.getByLabel('Width of hidden layer 2').waitFor();
    while ((await page.getByRole('button', { name: /Remove hidden layer/ }).count()) > 1) {
      await page.getByRole('button', { name: 'Remove hidden layer 2' }).click();
    }
    await page.getByLabel('Width of hidden layer 1').fill('8');
    await page.keyboard.press('Enter');
    await page.getByLabel('Activation').selectOption({ label: 'tanh' });
    await setNumber(page, 'Learning rate', 0.02);
    await page.getByText('from 1 input to 1 output').waitFor();

    // A hill and a valley, drawn over the whole width of the picture.
    const picture = page.getByRole('img', { name: /The samples and the network's curve/ });
    await picture.waitFor();
    const box = (await picture.boundingBox())!;
    const at = (share: number) =>
      [box.x + box.width * (0.1 + 0.8 * share), box.y + box.height * (0.5 - 0.25 * Math.sin(6 * share))] as const;
    await page.mouse.move(...at(0));
    await page.mouse.down();
    for (let i = 1; i <= 60; i++) await page.mouse.move(...at(i / 60));
    await page.mouse.up();
    await page.getByText(/Run [A-Z]: 25 parameters/).waitFor();
    const { data, model } = JSON.parse(await copiedTrial(page)) as TrialSpec;
    expect(model).toMatchObject({ widths: [1, 8, 1], activation: 'tanh' });
    const targets = data.kind === 'table' ? data.targets!.map(([target]) => target!) : [];
    expect(targets.length).toBeGreaterThan(30);
    const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
    const variance = targets.reduce((sum, target) => sum + (target - mean) ** 2, 0) / targets.length;

    await page.getByLabel('Speed').selectOption({ label: 'as fast as it goes' });
    await press(page, 'Run');
    // Learnt: less than a fiftieth of its variance is left.
    const loss = page.getByRole('list', { name: 'Lines of Loss' }).locator('output');
    await expect
      .poll(async () => Number.parseFloat((await loss.textContent()) ?? '') / variance, { timeout: 120_000 })
      .toBeLessThan(0.02);
  });
});
