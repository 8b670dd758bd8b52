import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/platform/node/store/store.js';
import { descent, startDescent } from '../support/descent.js';
import { runs } from '../support/length.js';
import { seededUniform } from '../support/random.js';
import { temporaryFolder } from '../support/store.js';

/** `npm run test:faults` asks for the longest form: a hundred kills, over trials of the report's own size. */
const long = process.env['DESCENT_FAULTS'] === 'long';
const { kills, changes } = long
  ? { kills: 100, changes: ['--preset', 'report'] }
  : { kills: runs(2, 6), changes: ['--preset', 'smoke', '--set', `stop.epochs=${runs(10, 30)}`] };

const run = (store: string): readonly string[] => [
  ...['run', 'batch-sensitivity', '--protocol', 'as-coded', ...changes],
  ...['--seeds', '1', '--workers', '2', '--checkpoint-every', '0.2', '--json', '--store', store],
];

/** The hash of each trial, and the bytes of its weights. */
function resultsOf(path: string) {
  const store = openStore(path);
  const ids = store.list();
  const weights = ids.map((id) => readFileSync(join(path, 'trials', id, 'weights.safetensors')).toString('base64'));
  return { ids, hashes: ids.map((id) => store.readSummary(id).hash), weights };
}

const filesIn = (path: string): readonly string[] =>
  existsSync(path) ? (readdirSync(path, { recursive: true }) as string[]) : [];
const unfinishedIn = (path: string) => filesIn(path).filter((file) => basename(file).startsWith('.'));
const checkpointsIn = (path: string) => filesIn(path).filter((file) => basename(file).startsWith('checkpoint-'));

test(`killed ${kills} times at random moments and run again, trials end with the bits of ones that were never touched`, {
  timeout: long ? 3_600_000 : 600_000,
}, async () => {
  const untouched = join(temporaryFolder(), 'untouched');
  const { code: untouchedCode, ms } = await descent(run(untouched));
  expect(untouchedCode).toBe(0);
  // Where a machine is slow or busy, the first seconds go by before a trial starts.
  const latestMs = long ? 5000 : ms;
  const expected = resultsOf(untouched);
  const store = join(temporaryFolder(), 'killed');
  const uniform = seededUniform(1);
  let [killed, completed, within] = [0, 0, 0];
  // How fast the machine is decides which moments lie within a trial: it goes on until one did.
  const moreKills = () => killed < kills || within === 0;
  while (moreKills() || completed === 0) {
    const started = startDescent(run(store));
    const timer = moreKills() ? setTimeout(() => started.process.kill('SIGKILL'), uniform() * latestMs) : undefined;
    const { code, stderr } = await started.ended;
    clearTimeout(timer);
    if (code === null) {
      killed++;
      within += checkpointsIn(store).length > 0 ? 1 : 0;
      continue;
    }
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    completed++;
    expect(resultsOf(store)).toEqual(expected);
    expect(unfinishedIn(store)).toEqual([]);
    if (moreKills()) rmSync(store, { recursive: true });
  }
  expect(within).toBeGreaterThan(0);
  if (long)
    console.info(
      `${killed} kills, ${within} of them within trials with a checkpoint, over ${completed} runs: all hashes equal`,
    );
});
