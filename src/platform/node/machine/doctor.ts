import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import { sha256Hex } from '../../../base/sha256.js';
import { engineRevision, kernelsBinaryDigest, kernelsDigest } from '../../../engine/index.js';
import type { MetricRow } from '../../../engine/training/observations/index.js';
import { unrecorded } from '../../../lab/task-recorder.js';
import { runTrial } from '../../../tasks/run-trial.js';
import { loadMnist } from '../data/mnist-source.js';
import { nativeKernels } from '../native/choose-kernels.js';
import { runLocally } from '../workers/local-lab.js';
import { golden, goldenTrial } from './golden-trial.js';

/** What a check found: good, a fault, or something that only some need. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'fault' | 'note';
  readonly text: string;
}

/** A check by name; a fault is an error with its text. */
interface Check {
  readonly what: string;
  readonly run: () => string | Promise<string>;
  /** Without it all but something special works. */
  readonly optional?: boolean;
}

const oldestNode = [20, 19] as const;

/** Checks this machine, the kernels and the data, one after the other. */
export async function* diagnoseMachine(dataDir?: string): AsyncGenerator<Finding> {
  const checks: readonly Check[] = [
    { what: 'node', run: checkNode },
    { what: 'machine', run: describeMachine },
    { what: 'kernels', run: describeKernels },
    { what: 'tier', run: describeTier },
    { what: 'training', run: checkTraining },
    { what: 'MNIST', run: () => checkMnist(dataDir) },
    { what: 'browser', run: findBrowser, optional: true },
  ];
  for (const { what, run, optional } of checks) {
    try {
      yield { what, state: 'ok', text: await run() };
    } catch (error) {
      yield { what, state: optional ? 'note' : 'fault', text: error instanceof Error ? error.message : String(error) };
    }
  }
}

function checkNode(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = oldestNode;
  if (major < needMajor || (major === needMajor && minor < needMinor)) {
    throw new Error(`expected Node.js ${needMajor}.${needMinor} or later, got ${process.version}`);
  }
  return process.version;
}

function describeKernels(): string {
  const [binary, bits] = [kernelsBinaryDigest, kernelsDigest].map((digest) => digest.slice(0, 12));
  return `sha256 ${binary}, the bits of ${bits}, engine revision ${engineRevision}`;
}

/** The native kernels in use, and what they were proven by. */
function describeTier(): string {
  const native = nativeKernels();
  if (native === undefined) return 'WebAssembly, vectors of 128 bits (npm run turbo builds wider kernels)';
  const { tier, proof } = native;
  const [binary, outcomes] = [proof.binary, sha256Hex(proof.outcomes)].map((digest) => digest.slice(0, 12));
  const made = `${tier.compiler}, sha256 ${binary}`;
  return `native, vectors of ${tier.width} bits (${made}), proven: the same outcomes ${outcomes}`;
}

function describeMachine(): string {
  const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  return `${availableParallelism()} cores (${model}), ${gigabytes(freemem())} of ${gigabytes(totalmem())} memory free`;
}

/** Trains the same trial here and on a worker: equal bits, and PyTorch's start. */
async function checkTraining(): Promise<string> {
  const rows: MetricRow[] = [];
  const here = await runTrial(goldenTrial, {
    loadMnist: () => loadMnist(),
    onRow: (row) => rows.push(row),
  });
  const loss = rows[0]?.loss ?? Number.NaN;
  if (!(Math.abs(loss / golden.loss - 1) < golden.relative)) {
    throw new Error(
      `expected PyTorch's first loss ${golden.loss} within ${golden.relative}, got ${loss}; ` +
        'the kernels compute wrongly here',
    );
  }
  const [report] = await runLocally([{ id: 'self-check', spec: goldenTrial }], {
    workers: 1,
    stop: { stopFlag: new SharedArrayBuffer(4), isStopping: () => false, terminate: new AbortController().signal },
    known: () => undefined,
    begin: () => unrecorded,
  });
  if (report?.state === 'failed') throw new Error(`expected a worker that trains, got: ${report.reason}`);
  const there = report?.state === 'done' ? report.summary.hash : 'nothing';
  if (there !== here.summary.hash) {
    throw new Error(`expected hash ${here.summary.hash} from a worker as from here, got ${there}`);
  }
  return `starts as PyTorch does; a worker computes the same bits (hash ${there.slice(0, 12)})`;
}

async function checkMnist(dataDir: string | undefined): Promise<string> {
  const { train, test, source } = await loadMnist(dataDir === undefined ? {} : { dataDir });
  return `${train.size} + ${test.size} images, all MD5 right, from ${source}`;
}

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function findBrowser(): string {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter((path) => existsSync(path))) {
    const names = readdirSync(folder);
    const found = browserNames.find((name) => names.includes(name));
    if (found !== undefined) return join(folder, found);
  }
  throw new Error('no Chromium found; only the tests that run in a browser need it (Debian: apt-get install chromium)');
}
