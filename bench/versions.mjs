// Two checkouts of Descent, paired: did a change make anything slower? Both built (npm run build).
//
//     node bench/versions.mjs OTHER_CHECKOUT [--only PATTERN] [--rounds N]
//
// Takes turns, other, other again, this one, N times a workload (20), and prints how long this one takes of what the other does, by the
// medians and by the least times, beside what the other takes of itself: the spread that is the machine's.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeInputs } from './lib/inputs.mjs';
import { median, runWorkload } from './lib/rounds.mjs';
import { workloads } from './lib/workloads.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, rounds: { type: 'string', default: '20' } },
});
if (positionals.length !== 1) {
  console.error(`versions: expected one other checkout, got ${positionals.length}`);
  process.exit(2);
}

const version = (label, checkout) => ({
  label,
  command: process.execPath,
  args: [join(checkout, 'bench', 'engines', 'descent.mjs')],
  env: process.env,
});
const other = resolve(positionals[0]);
const contenders = [version('other', other), version('other again', other), version('this', here)];

/** The middle of the ratios of rounds that were neighbours, and the ratio of the least times. */
const ratios = (a, b) => ({
  middle: median(a.map((ms, i) => ms / b[i])),
  least: Math.min(...a) / Math.min(...b),
});
const text = ({ middle, least }) => `${middle.toFixed(3)} ${least.toFixed(3)}`;

const directory = mkdtempSync(join(tmpdir(), 'descent-versions-'));
try {
  console.log('workload | this / other: median, of least | other / other: median, of least | ms');
  for (const workload of workloads(false).filter(({ id }) => new RegExp(values.only).test(id))) {
    const files = writeInputs(workload, directory);
    const settings = { rounds: Number(values.rounds), patienceMs: 0 };
    const [before, again, now] = await runWorkload(workload, contenders, files, settings, console.log);
    const failed = [before, again, now].find(({ leftOut }) => leftOut);
    if (failed) continue;
    const [change, noise] = [ratios(now.rounds, before.rounds), ratios(again.rounds, before.rounds)];
    console.log(`${workload.id} | ${text(change)} | ${text(noise)} | ${median(now.rounds).toPrecision(4)}`);
  }
} finally {
  rmSync(directory, { recursive: true });
}
