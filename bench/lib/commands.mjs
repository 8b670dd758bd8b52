// What people wait for: the start of the command, the page with its figures, and, where asked for, install and `npm run
// reproduce` in a fresh clone.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runFresh } from './fresh.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const descent = join(root, 'dist/cli/main.js');
const node = process.execPath;

/**
 * Least times in ms of the commands that people call first, of so many rounds in turn; then of drawing a small page.
 */
export async function commandTimes(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'descent-bench-'));
  const [store, out] = [join(folder, 'store'), join(folder, 'page')];
  const env = { ...process.env, DESCENT_CACHE: join(folder, 'cache') };
  const timed = async (args) => {
    const { ms, error } = await runFresh({ command: node, args, env }, 600_000);
    if (error) throw new Error(`${args.join(' ')}: ${error}`);
    return ms;
  };
  const starts = {
    'node itself': ['--eval', '0'],
    'descent --help': [descent, '--help'],
    'descent list': [descent, 'list'],
  };
  const least = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, args] of Object.entries(starts))
      least[name] = Math.min(least[name] ?? Infinity, await timed(args));
  }
  const report = [descent, 'report', '--preset', 'smoke', '--store', store, '--out', out];
  await timed([descent, 'run', 'function-fit-sinc', 'gradient-norm', '--preset', 'smoke', '--store', store]);
  least['descent report, 12 figures'] = await timed(report);
  least['the same again'] = await timed(report);
  rmSync(out, { recursive: true });
  least['the same with its figures in the cache'] = await timed(report);
  rmSync(folder, { recursive: true });
  return least;
}

/** What `npm run reproduce` prints when something is reached. */
const milestones = [
  ['built', /^Runs \d+ experiments/],
  ['first outcome', /^ +-> /],
  ['last task', /^\d+ tasks: /],
  ['page', /^done in /],
];

/**
 * A fresh clone of what is committed: seconds from its first command to each milestone; then what its page takes again,
 * drawn anew and with nothing changed.
 */
export async function freshClone() {
  const folder = mkdtempSync(join(tmpdir(), 'descent-clone-'));
  try {
    execFileSync('git', ['clone', '--quiet', root, folder]);
    const env = { ...process.env, DESCENT_CACHE: join(folder, '.cache') };
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1e3;
    const reached = {};
    await follow('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, env }, () => {});
    reached['npm ci'] = seconds();
    await follow('npm', ['run', 'reproduce'], { cwd: folder, env }, (line) => {
      for (const [name, pattern] of milestones) if (pattern.test(line)) reached[name] ??= seconds();
    });
    return { reached, report: await reportTwice(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds of `descent report` on the clone's store, without and with what the first call left behind. */
async function reportTwice(cwd) {
  const env = { ...process.env, DESCENT_CACHE: join(cwd, '.cache-of-report') };
  const calls = [];
  for (const _ of ['first', 'second']) {
    const start = performance.now();
    await follow(node, ['dist/cli/main.js', 'report', '--preset', 'quick', '--out', 'page'], { cwd, env }, () => {});
    calls.push((performance.now() - start) / 1e3);
  }
  return { first: calls[0], again: calls[1] };
}

function follow(command, args, options, onLine) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: child.stdout }).on('line', onLine);
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')}: ended with code ${code}`)),
    );
  });
}
