// Compiles src/kernels to WebAssembly and writes the binary as a module, so that Node and browsers load it the same way.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'build', 'kernels.wasm');
mkdirSync(dirname(out), { recursive: true });

// Strict SIMD only: no relaxed SIMD, so that every machine computes the same bits.
const { error, stderr } = await asc.main([
  'src/kernels/index.ts',
  '--baseDir',
  root,
  '--outFile',
  'build/kernels.wasm',
  '--textFile',
  'build/kernels.wat',
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--disable',
  'relaxed-simd',
  '--use',
  'abort=',
]);
if (error) {
  console.error(`kernels: AssemblyScript reported an error\n${stderr.toString()}`);
  process.exit(1);
}

const wasm = readFileSync(out);
const digest = createHash('sha256').update(wasm).digest('hex');
writeFileSync(
  join(root, 'src', 'engine', 'bindings', 'kernels-binary.generated.ts'),
  `// Written by scripts/build-kernels.mjs; not kept in git.\n` +
    `export const kernelsBinaryDigest = '${digest}';\nexport const kernelsBase64 =\n  '${wasm.toString('base64')}';\n`,
);
console.log(`kernels: ${wasm.length} bytes, sha256 ${digest.slice(0, 12)}`);
