import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isLong } from './length.js';

const script = fileURLToPath(new URL('../../scripts/build-native.mjs', import.meta.url));

/** The sources of the native kernels. */
export const nativeSources: string = fileURLToPath(new URL('../../src/native', import.meta.url));

/** Whether tests of native kernels are left out: there is no compiler, and none is asked for. */
export const noCompiler: boolean =
  spawnSync(process.env['CC'] || 'cc', ['--version']).status !== 0 && !process.env['DESCENT_REQUIRE_COMPILER'];

if (noCompiler && isLong)
  console.warn('left out: tests of native kernels; to run them, install a C compiler (Debian: apt-get install gcc)');

/** Compiles native kernels into a folder, as `npm run turbo` does. */
export const turbo = (
  out: string,
  { args = [], env = {} }: { args?: readonly string[]; env?: Record<string, string> } = {},
): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [script, '--out', out, ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
