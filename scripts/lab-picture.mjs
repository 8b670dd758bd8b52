// The picture of the lab in the README: Play as it is built, with two runs that part. Run `npm run build:web` before.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [partsAt, ends] = [700, 900];

/** In the page: trains a run to a step, branches there with a quarter of its rate, and goes on with both. */
async function comeThere([atStep, lastStep]) {
  const { lab } = globalThis.descent;
  const until = async (isThere) => {
    while (!isThere()) await new Promise((resume) => setTimeout(resume, 20));
  };
  const stands = (step) => lab.active.value.place.value.step === step && lab.active.value.place.value.replaying === 0;
  await until(() => lab.active.value?.facts.value);
  const first = lab.active.value;
  lab.seek(lastStep);
  await until(() => stands(lastStep));
  const path = 'optimizer.learningRate';
  const edits = [{ atStep: atStep + 1, path, value: first.spec.optimizer.learningRate / 4 }];
  lab.branch(first, atStep, { ...first.spec, edits });
  await until(() => lab.active.value.facts.value);
  lab.seek(lastStep);
  await until(() => stands(lastStep) && lab.compared.value.place.value.step === lastStep);
}

const server = await preview({ configFile: join(root, 'web', 'vite.config.mjs'), preview: { port: 0 } });
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 760 }, colorScheme: 'light' });
  await page.goto(`${server.resolvedUrls.local[0]}#/play`);
  await page.waitForFunction(() => globalThis.descent !== undefined);
  await page.evaluate(comeThere, [partsAt, ends]);
  await page.waitForTimeout(1000);
  await page.screenshot({ path: join(root, 'docs', 'lab.png') });
} finally {
  await browser.close();
  await server.close();
}
