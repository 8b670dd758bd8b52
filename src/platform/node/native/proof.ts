import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson } from '../../../base/canonical-json.js';
import { sha256Hex } from '../../../base/sha256.js';
import { knownOutcomes } from '../../../engine/bindings/kernel-cases.js';
import { kernelsBinaryDigest } from '../../../engine/bindings/kernels.js';
import { cacheDir } from '../data/cache-dir.js';
import { replaceFile } from '../files.js';

/** What came of the kernels' bit test with a compiled tier on this machine. */
export interface Proof {
  /** Whether it computes the bits of the WebAssembly kernels. */
  readonly holds: boolean;
  /** The outcomes as JSON, or what went wrong. */
  readonly outcomes: string;
  /** SHA-256 of the tier's binary. */
  readonly binary: string;
}

/**
 * Whether compiled kernels compute the bits of the WebAssembly kernels on this machine: their bit test, run with them
 * (some seconds), or what it found before, kept in the cache by binary and processor. The test has a process of its
 * own: a binary for another processor may end it.
 */
export function proofOf(path: string): Proof {
  const binary = sha256Hex(readFileSync(path));
  const cache = join(cacheDir('kernels'), `${proofKey(binary)}.txt`);
  const outcomes = existsSync(cache) ? readFileSync(cache, 'utf8') : testKernels(path);
  keep(cache, outcomes);
  return { holds: outcomes === known, outcomes, binary };
}

/** What the WebAssembly kernels compute in the test. */
const known = canonicalJson(knownOutcomes);

/** Raised when an add-on has to say more of itself: what was proven of older ones is asked again. */
const addonRevision = '2';

/** What a proof depends on. */
const proofKey = (binary: string): string =>
  sha256Hex([addonRevision, binary, kernelsBinaryDigest, known, processor(), process.version].join('\n')).slice(0, 32);

/** The processor's model and, where the system has them in a file, its features. */
export function processor(): string {
  const features = existsSync('/proc/cpuinfo')
    ? readFileSync('/proc/cpuinfo', 'utf8').match(/^(flags|Features)\s*:.*$/m)?.[0]
    : undefined;
  return [arch(), cpus()[0]?.model.trim() ?? 'unknown', features ?? ''].join('\n');
}

const program = fileURLToPath(new URL('../../../../dist/platform/node/native/prove-kernels.js', import.meta.url));

function testKernels(path: string): string {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [program, path], { encoding: 'utf8' });
  if (status === 0) return stdout.trim();
  return signal ? `the test ended by ${signal}` : stderr.trim().split('\n').at(-1)!;
}

/** A cache that cannot be written costs the test again. */
function keep(path: string, outcomes: string): void {
  if (existsSync(path)) return;
  try {
    replaceFile(path, outcomes);
  } catch {}
}
