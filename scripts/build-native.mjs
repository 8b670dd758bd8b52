// `npm run turbo`: compiles src/native for the machine at hand to build/native/kernels.node. Needs a C compiler (`cc`,
// or the one that $CC names); nothing else of Descent does. What the same sources and compiler made before is kept.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { include_dir as includeDir } from 'node-api-headers';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({
  options: {
    width: { type: 'string' },
    // Warnings are errors: for tests, as other compilers may warn of other things.
    strict: { type: 'boolean' },
    // A machine that cannot is no error: one line says why.
    'if-possible': { type: 'boolean' },
    out: { type: 'string', default: join(root, 'build', 'native') },
    source: { type: 'string', default: join(root, 'src', 'native') },
  },
});
const compiler = process.env.CC || 'cc';
const oldest = { gcc: 9, clang: 11 };
/** Bits of a vector, widest first, and the macro of a machine that has such vectors. */
const widths = [['512', '__AVX512BW__'], ['256', '__AVX2__'], ['128']];

async function build() {
  if (process.platform === 'win32') throw new Error('expected Linux or macOS, got Windows; WebAssembly serves there');
  const tuning = process.arch === 'arm64' ? '-mcpu=native' : '-march=native';
  const macros = macrosOf(tuning);
  checkAge(macros);
  const possible = widths.filter(([, macro]) => macro === undefined || macros.has(macro)).map(([width]) => width);
  const width = options.width ?? possible[0];
  if (!possible.includes(width)) throw new Error(`--width: expected ${possible.join(' or ')} here, got ${width}`);
  // Their signatures come from the AssemblyScript sources.
  execFileSync(process.execPath, [join(root, 'scripts', 'build-kernels.mjs')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const flags = flagsOf(tuning, width);
  const binary = join(options.out, 'kernels.node');
  const stamp = join(options.out, 'kernels.stamp');
  const made = stampOf([compiler, ...flags, JSON.stringify([...macros])]);
  const unchanged = existsSync(binary) && existsSync(stamp) && readFileSync(stamp, 'utf8') === made;
  if (!unchanged) {
    await compile(flags, binary);
    writeFileSync(stamp, made);
  }
  console.log(`turbo: ${binary}, vectors of ${width} bits${unchanged ? ', unchanged' : ''}`);
}

const flagsOf = (tuning, width) => [
  ...['-std=gnu11', '-O3', '-fPIC', '-fvisibility=hidden'],
  ...(options.strict ? ['-Wall', '-Wextra', '-Werror', '-Wno-psabi'] : ['-w']),
  // Each operation rounds once, as in WebAssembly: nothing is fused, re-ordered or flushed.
  ...['-ffp-contract=off', '-fno-fast-math', '-fno-math-errno', '-fno-trapping-math'],
  ...[tuning, `-DWIDTH=${width}`, `-DKERNELS="${kernelsDigest()}"`],
  ...(process.arch === 'x64' ? [`-mprefer-vector-width=${width}`] : []),
  ...['-I', includeDir, '-I', options.source],
];

/** Compiles all sources side by side, and links them to a file that takes the place of `binary` when it is whole. */
async function compile(flags, binary) {
  mkdirSync(options.out, { recursive: true });
  const partial = mkdtempSync(join(options.out, '.partial-'));
  try {
    generate(partial);
    const sources = [...sourceFiles().map((name) => join(options.source, name)), join(partial, 'wrappers.c')];
    const objects = await Promise.all(
      sources.map(async (source) => {
        const object = join(partial, `${parse(source).name}.o`);
        await runBeside([...flags, '-I', partial, '-c', source, '-o', object]);
        return object;
      }),
    );
    const undefinedNames = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [];
    const linked = join(partial, 'kernels.node');
    run(['-shared', ...undefinedNames, '-o', linked, ...objects]);
    renameSync(linked, binary);
  } finally {
    rmSync(partial, { recursive: true });
  }
}

const sourceFiles = () => readdirSync(options.source).filter((name) => name.endsWith('.c'));

/** Names all that the binary depends on. */
function stampOf(parts) {
  const texts = readdirSync(options.source).map((name) => readFileSync(join(options.source, name)));
  const hash = createHash('sha256');
  for (const part of [...parts, readFileSync(fileURLToPath(import.meta.url)), ...texts]) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** SHA-256 of the WebAssembly kernels: their twins fit no others. */
const kernelsDigest = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'build', 'kernels.wasm')))
    .digest('hex');

function run(args, input) {
  const { error, status, stdout, stderr } = spawnSync(compiler, args, { input, encoding: 'utf8' });
  if (error)
    throw new Error(
      `expected a C compiler, got ${error.code} for ${compiler}; set CC, or go on without: WebAssembly serves`,
    );
  if (status !== 0) throw complaint(stderr);
  return stdout;
}

/** As `run`, while others run. */
const runBeside = (args) =>
  promisify(execFile)(compiler, args).catch(({ stderr, message }) => {
    throw complaint(stderr || message);
  });

const complaint = (text) => new Error(`expected ${compiler} to compile, got\n${text.trim()}`);

/** The names that the compiler defines for this machine, with their values. */
function macrosOf(tuning) {
  const lines = run([tuning, '-dM', '-E', '-'], '').split('\n');
  return new Map(lines.map((line) => line.split(' ')).map(([, name, value]) => [name, value]));
}

function checkAge(macros) {
  const name = macros.has('__clang__') ? 'clang' : 'gcc';
  const major = Number(macros.get(name === 'clang' ? '__clang_major__' : '__GNUC__'));
  if (!(major >= oldest[name])) throw new Error(`expected ${name} ${oldest[name]} or later, got ${name} ${major}`);
}

const cTypes = { usize: 'uint32_t', u32: 'uint32_t', i32: 'int32_t', f32: 'float', f64: 'double', bool: 'bool' };

/** Prototypes and wrappers of the kernels that src/native has, by the signatures of their AssemblyScript twins. */
function generate(folder) {
  const kernels = nativeNames().map((name) => ({ name, ...signatureOf(name) }));
  const write = (file, lines) => writeFileSync(join(folder, file), [...lines, ''].join('\n'));
  write('kernels.generated.h', ['#include <stdbool.h>', '#include <stdint.h>', ...kernels.map(prototype)]);
  write('wrappers.c', ['#include "addon.h"', '#include "kernels.generated.h"', ...kernels.map(wrapper)]);
  write(
    'wrappers.generated.h',
    kernels.map(({ name }) => `napi_value call_${name}(napi_env, napi_callback_info);`),
  );
  write(
    'kernel-table.generated.h',
    kernels.map(({ name }) => `{"${name}", call_${name}},`),
  );
}

function nativeNames() {
  const files = sourceFiles().filter((name) => name !== 'addon.c');
  const texts = files.map((name) => readFileSync(join(options.source, name), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(/^\w+ kernel_(\w+)\(/gm)].map(([, name]) => name));
}

/** As the AssemblyScript compiler declares it: the types of parameters and result. */
function signatureOf(name) {
  const declared = readFileSync(join(root, 'build', 'kernels.d.ts'), 'utf8').split('/**');
  const comment = declared.find((text) => text.includes(`export function ${name}(`));
  if (comment === undefined) throw new Error(`expected the name of a kernel in src/kernels, got ${name}`);
  const types = [...comment.matchAll(/@param \w+ `(\w+)`/g)].map(([, type]) => type);
  return { types, result: comment.match(/@returns `(\w+)`/)?.[1] };
}

const cType = (type) => (type === undefined ? 'void' : cTypes[type]);

function prototype({ name, types, result }) {
  return `${cType(result)} kernel_${name}(${['uint8_t *memory', ...types.map(cType)].join(', ')});`;
}

function wrapper({ name, types, result }) {
  const values = types.map((type, i) => `(${cType(type)})at.values[${i}]`);
  const call = `kernel_${name}(${['at.memory', ...values].join(', ')})`;
  return [
    `napi_value call_${name}(napi_env env, napi_callback_info info) {`,
    '  const kernel_call at = kernel_call_of(env, info);',
    result === undefined ? `  ${call};\n  return NULL;` : `  return result_${result}(env, ${call});`,
    '}',
  ].join('\n');
}

try {
  await build();
} catch (error) {
  if (options['if-possible']) {
    console.log(`turbo: left out; ${error.message.split('\n')[0]}`);
  } else {
    console.error(`turbo: ${error.message}`);
    process.exitCode = 1;
  }
}
