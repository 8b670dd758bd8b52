// Builds all that runs, and says what it does, as each part takes seconds: kernels to WebAssembly, TypeScript to dist,
// and one file of what would load many. With --turbo also native kernels, where the machine has a C compiler.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const { turbo } = parseArgs({ options: { turbo: { type: 'boolean', default: false } } }).values;
const start = performance.now();

async function run(what, script, ...args) {
  console.log(`build: ${what}`);
  const status = await new Promise((resolve) =>
    spawn(process.execPath, [script, ...args], { stdio: 'inherit' }).on('exit', resolve),
  );
  if (status !== 0) process.exit(status ?? 1);
}

await run('1 of 3, kernels from AssemblyScript to WebAssembly (the longest: about 10 s)', 'scripts/build-kernels.mjs');
rmSync('dist', { recursive: true, force: true });
const native = turbo
  ? run('beside the rest, the same kernels for this machine, wider', 'scripts/build-native.mjs', '--if-possible')
  : undefined;
await run('2 of 3, TypeScript to dist', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
await run('3 of 3, workers and commands as one file each', 'scripts/bundle.mjs');
await native;
console.log(`built in ${Math.round((performance.now() - start) / 1000)} s`);
