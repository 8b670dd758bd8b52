import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Mt19937 } from '../../src/base/mt19937.js';
import { openResults } from '../../src/platform/node/results/results-folder.js';
import { fixedUnits } from '../../src/verdicts/calibration/speed.js';
import { verdictsOf } from '../../src/verdicts/index.js';
import { descent, startDescent } from '../support/descent.js';
import { knownClaims, knownTruth } from '../support/known-truth.js';
import { isLong, runs } from '../support/length.js';
import { temporaryFolder } from '../support/store.js';

// The judge by the real command: claims whose truth is known, runs that take the longer the larger their value, and a
// study that is killed again and again.

const options = runs({ columns: 1, share: 0.98 }, { columns: 2, share: 0.92 });
const mostSeeds = runs(24, 50);
const experiment = knownTruth(options);
/** 2 / a of one of two sides, at 0.05 / 160. */
const tail = 1 / 6400;

/** A folder with the experiment in it, registered. */
async function registered() {
  const folder = temporaryFolder();
  const file = join(folder, 'known-truth.json');
  writeFileSync(file, JSON.stringify(experiment));
  const store = join(folder, 'store');
  expect(await descent(['register', file, '--store', store])).toMatchObject({ code: 0 });
  const study = ['study', file, '--until-decided', '--max-seeds', String(mostSeeds), '--store', store, '--json'];
  return { study, results: join(folder, 'known-truth.results') };
}

const ledgerIn = (results: string): string => readFileSync(join(results, 'ledger', 'known-truth.as-coded.csv'), 'utf8');

test('claims end in the outcome that is true, killed and resumed, in few seeds', async () => {
  const { study, results } = await registered();
  const rng = new Mt19937(8);
  for (let kill = 0; kill < runs(2, 4); kill++) {
    const started = startDescent(study);
    await Promise.race([started.printed('"event":"round"'), started.ended]);
    await new Promise((resolve) => setTimeout(resolve, rng.next() % 1500));
    started.process.kill(kill % 2 === 0 ? 'SIGKILL' : 'SIGINT');
    await started.ended;
  }
  expect(await descent(study)).toMatchObject({ code: 0 });

  const verdicts = verdictsOf(experiment, openResults(results).read());
  const ratios: number[] = [];
  for (const { id, outcome, share } of knownClaims(options)) {
    const own = verdicts.filter(({ claim }) => claim.id === id);
    expect(own.map((verdict) => [id, verdict.protocol, verdict.outcome])).toEqual([
      [id, 'as-written', 'noTest'],
      [id, 'as-coded', outcome],
    ]);
    const n = own[1]!.parts[0]!.n;
    if (outcome === 'open') expect(n).toBe(mostSeeds);
    else ratios.push(n / fixedUnits(share, tail, 0.5)!);
  }
  // The least n of a test that knows the truth decides half of all studies.
  expect(ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)]).toBeLessThanOrEqual(2);

  if (isLong) {
    const straight = await registered();
    expect(await descent(straight.study)).toMatchObject({ code: 0 });
    expect(ledgerIn(results)).toBe(ledgerIn(straight.results));
  }
  const python = spawnSync('python3', ['scripts/verdicts.py', results, '--print'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    encoding: 'utf8',
  });
  if (python.status === null) return;
  const lines = python.stdout.split('\n').slice(0, experiment.claims.length);
  const outcomes = verdicts.filter(({ protocol }) => protocol === 'as-coded').map(({ outcome }) => outcome);
  expect(lines.map((line) => line.split(',')[4])).toEqual(outcomes);
});
