import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
};
const entryPoints = Object.keys(manifest.exports)
  .filter((path) => path !== './package.json')
  .map((path) => path.replace(/^\./, 'descent-lab'));

/** A folder with the packed package and what it depends on, and nothing else, as `npm install` of the tarball would make it. */
const folder = mkdtempSync(join(tmpdir(), 'descent-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let packed: readonly string[] = [];

beforeAll(async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: readonly { path: string }[] }];
  packed = files.map(({ path }) => path);
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'descent-lab'), { recursive: true });
  await run('tar', ['-xzf', join(folder, filename), '-C', join(modules, 'descent-lab'), '--strip-components=1']);
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});

test('the tarball holds what is built, its words and its licence, no test, no source and no map without one', () => {
  for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json', ...Object.values(manifest.exports)]) {
    expect(packed).toContain(file.replace(/^\.\//, ''));
  }
  expect(packed.filter((path) => /\.test\.|\.map$/.test(path) || /^(src|test|scripts)\//.test(path))).toEqual([]);
});

test('every entry point can be imported, a trial runs on a worker into a store, and is read again; one that is stopped is not', async () => {
  writeFileSync(
    join(folder, 'main.mjs'),
    `
    for (const name of ${JSON.stringify(entryPoints)}) {
      const { length } = Object.keys(await import(name));
      if (length === 0) throw new Error(name + ': expected exports, got none');
    }
    import manifest from 'descent-lab/package.json' with { type: 'json' };
    import { idOf } from 'descent-lab';
    import { pageHost, runTrial } from 'descent-lab/browser';
    import { openStore, runInStore } from 'descent-lab/node';
    const spec = {
      data: { kind: 'function', name: 'sinc', points: 20 }, model: { kind: 'mlp', widths: [1, 8, 1], activation: 'tanh' },
      loss: 'mse', optimizer: { kind: 'adam', learningRate: 0.01 }, batchSize: 'full', stop: { epochs: 20 }, seed: 1,
    };
    const measurement = { kind: 'measurement', measure: { name: 'hessian' }, of: [idOf(spec)], seed: 1 };
    const states = [];
    for (let round = 0; round < 2; round++) {
      const reports = await runInStore('store', [measurement, spec], { workers: 1 });
      states.push(reports.map(({ state }) => state));
    }
    const [{ state: stopped }] = await runInStore('store', [{ ...spec, seed: 2 }], { signal: AbortSignal.abort() });
    const { hash } = await openStore('store').read(idOf(spec));
    const here = await runTrial(spec, pageHost('https://example.org/'));
    console.log(JSON.stringify({ version: manifest.version, states, stopped, isSame: here.summary.hash === hash }));
    `,
  );
  const { stdout } = await run(process.execPath, ['main.mjs'], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({
    version: manifest.version,
    states: [
      ['done', 'done'],
      ['stored', 'stored'],
    ],
    stopped: 'interrupted',
    isSame: true,
  });
});

test('what a fleet takes beside it is named where it is missing', async () => {
  const main = join(folder, 'node_modules/descent-lab/dist/cli/main.js');
  const without = { ioredis: ['work', 'redis://127.0.0.1'], bullmq: ['fleet', 'status', 'redis://127.0.0.1'] };
  for (const [name, args] of Object.entries(without)) {
    const { code, stderr } = await run(process.execPath, [main, ...args], { cwd: folder }).catch((error) => error);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `descent: fleet: expected the package ${name}, got none; install it: npm install bullmq@6 ioredis@6\n`,
    });
  }
});

test('its declarations are enough for a strict compiler, and hold no bytes of the kernels', async () => {
  const imports = entryPoints.map((name, i) => `import * as entry${i} from '${name}';`);
  const uses = [
    "import { runInStore } from 'descent-lab/node';",
    "import type { TrialSpec } from 'descent-lab';",
    'declare const spec: TrialSpec;',
    "const [report] = await runInStore('store', [spec]);",
    "export const hash: string | undefined = report?.state === 'done' ? report.summary.hash : undefined;",
    // An error that is expected does not come where a type is `any`.
    '// @ts-expect-error no such state\nexport const never = report?.state === "gone";',
    `export const all = [${entryPoints.map((_, i) => `entry${i}`).join(', ')}];`,
  ];
  writeFileSync(join(folder, 'main.ts'), [...imports, ...uses].join('\n'));
  const compilerOptions = {
    module: 'NodeNext',
    target: 'ES2023',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', folder]).catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
  const declared = join(folder, 'node_modules/descent-lab/dist/engine/bindings/kernels-binary.generated.d.ts');
  expect(readFileSync(declared, 'utf8').length).toBeLessThan(300);
});
