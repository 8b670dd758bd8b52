// Builds all that runs, and says what it does, as each part takes seconds: kernels to WebAssembly, TypeScript to dist,
// and one file of what would load many.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const start = performance.now();

function run(what, script, ...args) {
  console.log(`build: ${what}`);
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

run('1 of 3, kernels from AssemblyScript to WebAssembly (the longest: about 10 s)', 'scripts/build-kernels.mjs');
rmSync('dist', { recursive: true, force: true });
run('2 of 3, TypeScript to dist', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
run('3 of 3, workers and commands as one file each', 'scripts/bundle.mjs');
console.log(`built in ${Math.round((performance.now() - start) / 1000)} s`);
