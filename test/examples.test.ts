import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { descent } from './support/descent.js';
import { isLong, runs } from './support/length.js';
import { temporaryFolder } from './support/store.js';

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Ten seeds, which the guide quotes, or one of a few epochs, which only shows that all of it runs. */
const { preset, tasks, shown } = runs(
  { preset: 'smoke', tasks: 6, shown: 'not yet run: ' },
  { preset: 'study', tasks: 60, shown: 'not yet run: ' },
);

test('the worked example runs, what it shows is what its guide quotes, and the report has a section for it', async () => {
  const folder = temporaryFolder();
  const store = join(folder, 'store');
  const run = await descent(['run', path('examples/momentum.ts'), '--preset', preset, '--store', store]);
  expect(run.code, run.stderr).toBe(0);
  expect(run.stdout).toContain(`${tasks} tasks`);
  const verify = await descent(['verify', 'momentum', '--store', store]);
  expect(verify.code, verify.stderr).toBe(0);
  const [line] = verify.stdout.split('\n');
  const quoted = isLong ? `${line}\n` : line!.slice(0, line!.indexOf(shown));
  expect(line).toContain(shown);
  expect(readFileSync(path('docs/own-experiment.md'), 'utf8')).toContain(`    ${quoted}`);
  const report = await descent(['report', '--store', store, '--out', join(folder, 'report')]);
  expect(report.code, report.stderr).toBe(0);
  expect(readFileSync(join(folder, 'report', 'index.html'), 'utf8')).toContain('Momentum on a small fit');
});
