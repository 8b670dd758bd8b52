// Compiles src/kernels to WebAssembly and writes modules of what it exports: the binary, so that Node and browsers load
// it the same way; the signatures of its functions, so that a kernel whose parameters change is a type error in its
// callers; and how native kernels are called.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const build = join(root, 'build');
mkdirSync(build, { recursive: true });

// Compiling takes seconds, so what the same sources, compiler and script made before is kept. The compiler is loaded
// only where it has something to do.
const stamp = join(build, 'kernels.stamp.json');
const sources = sourceDigest();
const made = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : { files: [] };
if (made.sources === sources && made.files.every((file) => existsSync(join(root, file)))) {
  console.log(`kernels: unchanged, sha256 ${made.digest.slice(0, 12)}`);
  process.exit(0);
}

/**
 * AssemblyScript's decorator stands in the sources as a comment, so that they are TypeScript to the formatter and the
 * linter.
 */
const inline = /^\/\/ @inline$/gm;

function readFile(name, baseDir) {
  const path = resolve(baseDir, name);
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll(inline, '@inline') : null;
}

/** Modules written, as paths from the root. */
const generated = ['build/kernels.wasm', 'build/kernels.d.ts'];

// Strict SIMD only: no relaxed SIMD, so that every machine computes the same bits.
const { default: asc } = await import('assemblyscript/asc');
const { error, stderr } = await asc.main(
  [
    ['src/kernels/index.ts', '--baseDir', root],
    ['--outFile', 'build/kernels.wasm', '--bindings', 'raw'],
    ['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert', '--runtime', 'stub'],
    ['--enable', 'simd', '--disable', 'relaxed-simd', '--use', 'abort='],
  ].flat(),
  { readFile },
);
const complaints = stderr.toString().trim();
if (error || complaints) {
  console.error(`kernels: expected sources that compile without a warning, got\n${complaints || error.message}`);
  process.exit(1);
}

const wasm = readFileSync(join(build, 'kernels.wasm'));
const digest = createHash('sha256').update(wasm).digest('hex');
writeModule('src/engine/bindings/kernels-binary.generated.ts', [
  `export const kernelsBinaryDigest: string = '${digest}';`,
  'export const kernelsBase64: string =',
  `  '${wasm.toString('base64')}';`,
]);
writeModule('src/engine/bindings/kernel-signatures.generated.ts', [
  '/** What src/kernels exports, as its compiler declares it. */',
  'export interface KernelExports {',
  ...signatures(),
  '}',
  '',
  '/** What `linearMultiply` does with a finished sum: bits that may be set together. */',
  'export const epilogue = {',
  ...epilogues(),
  '} as const;',
]);
writeModule('src/platform/node/native/kernel-callers.generated.ts', [
  "import type { Kernels } from '../../../engine/bindings/kernels.js';",
  '',
  '/** Each kernel as a function that puts its arguments down in `slots` for a native one to find there. */',
  'export const kernelCallers = (slots: Float64Array) => ({',
  ...callers(),
  '});',
]);
writeFileSync(stamp, JSON.stringify({ sources, digest, files: generated }));
console.log(`kernels: ${wasm.length} bytes, sha256 ${digest.slice(0, 12)}`);

/** Of all that the outcome depends on. */
function sourceDigest() {
  const kernels = join(root, 'src', 'kernels');
  const files = [
    ...readdirSync(kernels).map((file) => join(kernels, file)),
    fileURLToPath(import.meta.url),
    join(root, 'node_modules', 'assemblyscript', 'package.json'),
  ];
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function writeModule(file, lines) {
  const text = ['// Written by scripts/build-kernels.mjs; not kept in git.', ...lines, ''].join('\n');
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  generated.push(file);
}

/** Written out for each kernel: a loop over arguments takes longer than the call itself. */
function callers() {
  return signatures().flatMap((member) => {
    const [, name, parameters] = member.match(/^ {2}(\w+)\((.*)\)/) ?? [];
    if (name === undefined) return [];
    const typed = parameters.split(', ').filter((parameter) => parameter !== '');
    const puts = typed.map((parameter, i) => {
      const [argument, type] = parameter.split(': ');
      return `slots[${i}] = ${type === 'boolean' ? `${argument} ? 1 : 0` : argument};`;
    });
    const names = typed.map((parameter) => parameter.split(': ')[0]).join(', ');
    const caller = `(native: () => ReturnType<Kernels['${name}']>): Kernels['${name}'] => (${names}) => {`;
    return [`  ${name}: ${caller}`, `    ${puts.join(' ')}`, '    return native();', '  },'];
  });
}

/** The compiler's own declarations of what the module exports, as members of an interface. */
function signatures() {
  const declared = readFileSync(join(build, 'kernels.d.ts'), 'utf8');
  const members = [...declared.matchAll(/^ {2}export (?:const|function) (.*;)$/gm)].map(([, member]) => member);
  return members.map((member) => `  ${member.includes('(') ? member : `readonly ${member}`}`);
}

/** The codes of `linearMultiply`'s epilogue, which host and kernel share, as members of an object. */
function epilogues() {
  const source = readFileSync(join(root, 'src', 'kernels', 'epilogue.ts'), 'utf8');
  const codes = source.matchAll(/^export const (\w+): i32 = (\d+);$/gm);
  return [...codes].map(([, name, code]) => `  ${name.toLowerCase()}: ${code},`);
}
