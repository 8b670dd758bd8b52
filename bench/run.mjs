// Descent beside PyTorch, TensorFlow.js and jax-js, interleaved in one go on one machine. Needs npm run build; the peers: npm ci --prefix bench.
//
//     node bench/run.mjs [--only PATTERN] [--rounds N] [--quick] [--out DIR]
//     node bench/run.mjs --profile [--only PATTERN] [--out DIR]
//
// Writes bench.json, bench.md, bench.svg and bench.png (or profile.txt) to DIR, docs/results/bench by default.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { thisMachine } from '../dist/platform/node/machine/machine.js';
import { checkpointCosts } from './lib/checkpoints.mjs';
import { contendersOf, findPython, missingPeers } from './lib/contenders.mjs';
import { writeInputs } from './lib/inputs.mjs';
import { measureLimits } from './lib/machine-limits.mjs';
import { resultOf } from './lib/results.mjs';
import { runWorkload } from './lib/rounds.mjs';
import { goalsTable } from './lib/table.mjs';
import { workerStart } from './lib/workers.mjs';
import { workloads } from './lib/workloads.mjs';
import { writeReport } from './lib/write-report.mjs';

const options = readOptions();
const rounds = Number(options.rounds ?? (options.quick ? 2 : 5));
const patienceMs = options.quick ? 0 : 60_000;
const chosen = workloads(options.quick).filter(({ id }) => new RegExp(options.only ?? '').test(id));
if (!Number.isInteger(rounds) || rounds < 1) fail(`--rounds: expected a whole number from 1, got ${options.rounds}`);
if (chosen.length === 0)
  fail(
    `--only: expected a part of one of ${workloads(options.quick)
      .map(({ id }) => id)
      .join(', ')}; got ${options.only}`,
  );

const directory = mkdtempSync(join(tmpdir(), 'descent-bench-'));
try {
  await (options.profile ? profile() : compare());
} finally {
  rmSync(directory, { recursive: true });
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string' },
        rounds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        profile: { type: 'boolean', default: false },
        out: { type: 'string', default: 'docs/results/bench' },
      },
    }).values;
  } catch (error) {
    return fail(error.message);
  }
}

async function profile() {
  const { profileSteps } = await import('./lib/profile.mjs');
  const limits = await measureLimits();
  let text = '';
  for (const workload of chosen.filter(({ kind }) => kind === 'steps')) {
    const part = await profileSteps(workload, writeInputs(workload, directory), limits);
    console.log(part);
    text += `${part}\n`;
  }
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, 'profile.txt'), text);
}

async function compare() {
  const python = findPython();
  for (const line of missingPeers(python)) console.log(line);
  const limits = await measureLimits();
  const results = [];
  for (const workload of chosen) {
    console.log(workload.label);
    const contenders = contendersOf(workload, { python, quick: options.quick });
    const files = writeInputs(workload, directory);
    const entries = await runWorkload(workload, contenders, files, { rounds, patienceMs }, console.log);
    results.push(resultOf(workload, entries));
  }
  const report = {
    command: ['node', relative('.', process.argv[1]), ...process.argv.slice(2).map(quoted)].join(' '),
    date: new Date().toISOString(),
    machine: thisMachine(1),
    rounds,
    limits,
    workerStart: await workerStart(Math.max(3, rounds)),
    checkpoints: await checkpointCosts(rounds),
    results,
  };
  await writeReport(report, options.out);
  console.log(`\n${goalsTable(results)}\n\n${options.out}: bench.json, bench.md, bench.svg, bench.png`);
}

/** As a shell needs it. */
function quoted(argument) {
  return /^[\w./=-]+$/.test(argument) ? argument : `'${argument}'`;
}

function fail(line) {
  console.error(line);
  process.exit(2);
}
