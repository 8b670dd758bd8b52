import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';
import { runs } from './support/length.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const quick = ['thresholds', 'outcomes', 'example', 'bootstrap-coverage'];

test('docs/statistics.md and its figures are those of the committed tables, and these what is simulated', () => {
  const again = runs(quick, [...quick, 'peeking', 'seeds', 'rivals', 'kinds', 'forecast-summary']);
  execFileSync(process.execPath, ['scripts/calibrate.mjs', '--check', ...again], { cwd: root });
});
