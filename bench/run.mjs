// Descent beside PyTorch, TensorFlow.js and jax-js, interleaved in one go on one machine. Needs npm run build; the
// peers: npm ci --prefix bench.
//
//     node bench/run.mjs [--only PATTERN] [--rounds N] [--quick] [--lean] [--budget SECONDS] [--json] [--clone] [--out DIR]
//     node bench/run.mjs --profile [--only PATTERN] [--out DIR]
//     node bench/run.mjs --render [--out DIR]
//
// Writes bench.json, bench.md and bench.svg (or profile.txt) to DIR, docs/results/bench by default. --json: the first
// alone.
// --lean: every workload, of PyTorch its usual kernels as they come and tuned, of other peers none.
// --budget: so many seconds are shared among the workloads, each of which has one round at least; none begins after
// them. --clone: also installs a fresh clone and runs everything there.
// --render: makes the others anew from DIR/bench.json, whatever machine wrote that.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { thisMachine } from '../dist/platform/node/machine/machine.js';
import { checkpointCosts } from './lib/checkpoints.mjs';
import { commandTimes, freshClone } from './lib/commands.mjs';
import { contendersOf, findPython, missingPeers, turbo } from './lib/contenders.mjs';
import { imagesFolder, writeInputs } from './lib/inputs.mjs';
import { measureLimits } from './lib/machine-limits.mjs';
import { compared, resultOf } from './lib/results.mjs';
import { runWorkload } from './lib/rounds.mjs';
import { goalsTable } from './lib/table.mjs';
import { workerStart } from './lib/workers.mjs';
import { workloads } from './lib/workloads.mjs';

const options = readOptions();
const rounds = Number(options.rounds ?? (options.quick ? 2 : 5));
const budgetMs = 1e3 * Number(options.budget ?? Infinity);
const chosen = workloads(options.quick).filter(({ id }) => new RegExp(options.only ?? '').test(id));
if (!Number.isInteger(rounds) || rounds < 1) fail(`--rounds: expected a whole number from 1, got ${options.rounds}`);
if (Number.isNaN(budgetMs)) fail(`--budget: expected seconds, got ${options.budget}`);
if (chosen.length === 0)
  fail(
    `--only: expected a part of one of ${workloads(options.quick)
      .map(({ id }) => id)
      .join(', ')}; got ${options.only}`,
  );

const directory = mkdtempSync(join(tmpdir(), 'descent-bench-'));
try {
  if (options.render) await write(readReport());
  else await (options.profile ? profile() : compare());
} finally {
  rmSync(directory, { recursive: true });
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string' },
        rounds: { type: 'string' },
        budget: { type: 'string' },
        quick: { type: 'boolean', default: false },
        lean: { type: 'boolean', default: false },
        profile: { type: 'boolean', default: false },
        render: { type: 'boolean', default: false },
        clone: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        out: { type: 'string', default: 'docs/results/bench' },
      },
    }).values;
  } catch (error) {
    return fail(error.message);
  }
}

async function profile() {
  const { profileSteps } = await import('./lib/profile.mjs');
  const tiers = await profiledTiers();
  let text = '';
  for (const workload of chosen.filter(({ kind }) => kind === 'steps')) {
    for (const tier of tiers) {
      const part = await profileSteps(workload, writeInputs(workload, directory), tier);
      console.log(part.text);
      text += `${part.text}\n`;
    }
  }
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, 'profile.txt'), text);
}

/** WebAssembly and, where they are built, native kernels, each with the limits of the machine for its vectors. */
async function profiledTiers() {
  const limits = await measureLimits();
  if (!existsSync(turbo)) return [{ limits }];
  const { loadNativeTier } = await import('../dist/platform/node/native/addon.js');
  const { measureNativeLimits } = await import('./lib/native-limits.mjs');
  const tier = loadNativeTier(turbo);
  const { gigaflops, squareRootDivideNs } = measureNativeLimits(tier.width);
  const native = { gigaflops: gigaflops['16 kB'], squareRootDivideNs: 4 * squareRootDivideNs };
  return [{ limits }, { limits: { ...limits, ...native }, tier }];
}

async function compare() {
  const start = performance.now();
  const python = findPython();
  for (const line of missingPeers(python, options)) console.log(line);
  const limits = await measureLimits();
  const report = {
    command: ['node', relative('.', process.argv[1]), ...process.argv.slice(2).map(quoted)].join(' '),
    date: new Date().toISOString(),
    machine: thisMachine(1),
    rounds,
    limits,
    workerStart: await workerStart(Math.max(3, rounds)),
    results: [],
    ...(!options.json && {
      checkpoints: await checkpointCosts(options.lean ? 2 : rounds),
      commands: await commandTimes(rounds),
    }),
    ...(options.clone && { clone: await freshClone() }),
  };
  for (const [i, workload] of chosen.entries()) {
    const left = budgetMs - (performance.now() - start);
    if (left < 0) {
      console.log(`${workload.label}: left out, the time is up`);
      continue;
    }
    console.log(workload.label);
    const contenders = contendersOf(workload, { ...options, python, images: imagesFolder });
    const files = writeInputs(workload, directory);
    const atLimits = workload.kind === 'steps' ? await leastStepMs(workload, files, limits) : undefined;
    const time = timeFor(left / (chosen.length - i));
    const entries = await runWorkload(workload, contenders, files, { rounds, ...time }, console.log);
    report.results.push({ ...resultOf(workload, entries), ...(atLimits && { atLimits }) });
    // What is there so far stays, should this process be ended.
    if (options.json) await write(report);
  }
  await write(report);
  console.log(`\n${goalsTable(report.results)}\n\nwritten to ${options.out}`);
}

/** With a budget a workload has its share and no more; without, short rounds go on for a minute. */
function timeFor(shareMs) {
  if (Number.isFinite(shareMs)) return { patienceMs: 0, shareMs };
  return { patienceMs: options.quick ? 0 : 60_000, shareMs: Infinity };
}

/** What a step would take if every kernel ran at the machine's limits. */
async function leastStepMs(workload, files, limits) {
  const { profileSteps } = await import('./lib/profile.mjs');
  return (await profileSteps(workload, files, { limits })).leastMs;
}

function readReport() {
  const report = JSON.parse(readFileSync(join(options.out, 'bench.json'), 'utf8'));
  return { ...report, results: report.results.map(compared) };
}

async function write(report) {
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, 'bench.json'), `${JSON.stringify(report)}\n`);
  if (options.json) return;
  const { writeTables } = await import('./lib/write-report.mjs');
  await writeTables(report, options.out);
}

/** As a shell needs it. */
function quoted(argument) {
  return /^[\w./=-]+$/.test(argument) ? argument : `'${argument}'`;
}

function fail(line) {
  console.error(line);
  process.exit(2);
}
