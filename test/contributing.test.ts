import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import type * as Descent from '../src/index.js';

// The worked examples of CONTRIBUTING.md, applied to a copy of the source as they stand there: it compiles, and each
// new kind is computed.

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = join(root, 'build', 'contributing');
const guide = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly file: string;
  readonly text: string;
}

/** Code blocks of the guide that name a file in their first line. */
const blocks: readonly Block[] = [...guide.matchAll(/^```(ts|diff)\n(?:\/\/|---) (\S+)\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', file = '', text = '']) => ({ language, file, text }),
);

const linesBut = (text: string, sign: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith(sign))
    .map((line) => line.slice(1))
    .join('\n');

/** What finds a text in which … stands for anything, a comma behind it left aside. */
const finding = (text: string): RegExp =>
  new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('…', '([^\\]]*?),?\\s*'), 'g');

/** Applies a block to the copy. @throws Error if what it changes is not there, once */
function apply({ language, file, text }: Block): void {
  const path = join(copy, file);
  if (language === 'ts') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
    return;
  }
  const before = readFileSync(path, 'utf8');
  const places = [...before.matchAll(finding(linesBut(text, '+')))];
  if (places.length !== 1) throw new Error(`${file}: expected once, got ${places.length} times:\n${text}`);
  const [found, kept = ''] = places[0]!;
  writeFileSync(path, before.split(found).join(linesBut(text, '-').replace('…', () => kept)));
}

/** The compiler's complaints. */
const complaintsOf = (folder: string): Promise<string> =>
  new Promise((done) => {
    const compiler = join(root, 'node_modules', '.bin', 'tsc');
    execFile(compiler, ['-p', folder, '--pretty', 'false'], { cwd: root }, (_, printed) => done(printed));
  });

/** The copy's package as one module. */
async function loadCopy(): Promise<typeof Descent> {
  const outfile = join(copy, 'descent.mjs');
  await build({
    entryPoints: [join(copy, 'src', 'index.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
  return import(/* @vite-ignore */ pathToFileURL(outfile).href);
}

let complaints: string;
let descent: typeof Descent;

beforeAll(async () => {
  rmSync(copy, { recursive: true, force: true });
  const isCopied = (file: string): boolean => !file.endsWith('.test.ts') && !file.includes('__snapshots__');
  cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true, filter: isCopied });
  blocks.forEach(apply);
  const config = { extends: '../../tsconfig.json', include: ['src'], exclude: ['src/kernels'] };
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify({ ...config, compilerOptions: { rootDir: '.' } }));
  [complaints, descent] = await Promise.all([complaintsOf(copy), loadCopy()]);
});

const host: Descent.TrialHost = { loadMnist: () => Promise.reject(new Error('no example reads MNIST')) };

const mlp = (activation: string) => ({ kind: 'mlp', widths: [1, 8, 1], activation });
const fit = {
  data: { kind: 'function', name: 'sinc', points: 50 },
  model: mlp('tanh'),
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.01 },
  batchSize: 'full',
  stop: { epochs: 200 },
  seed: 1,
};

/** Runs a trial that only the copy knows. */
async function run(changes: object) {
  const spec = descent.parseTrialSpec({ ...fit, ...changes });
  const rows: { readonly accuracy?: number }[] = [];
  const outcome = await descent.runTrial(spec, { ...host, onRow: (row) => rows.push(row) });
  return { spec, rows, ...outcome };
}

describe('the examples of CONTRIBUTING.md', () => {
  it('are there, and compile', () => {
    const kinds = ['activations', 'unflatten', 'optimizers', 'sources', 'observations', 'measurements'];
    expect(kinds.filter((kind) => !blocks.some(({ file }) => file.includes(`/${kind}/`)))).toEqual([]);
    expect(blocks.length).toBe([...guide.matchAll(/^```(ts|diff)$/gm)].length);
    expect(complaints).toBe('');
  });

  it('stand in files that are there', () => {
    const named = [...guide.matchAll(/\]\((?!http)([^)#]+)\)|`((?:src|test|docs|examples)\/[\w./-]+\.\w+)`/g)];
    const files = named.map(([, link, code]) => link ?? code!);
    expect(files.length).toBeGreaterThan(30);
    const isThere = (file: string): boolean => [root, copy].some((folder) => existsSync(join(folder, file)));
    expect(files.filter((file) => !isThere(file))).toEqual([]);
  });

  it('an activation: the trial of the text trains, and ends elsewhere than with tanh', async () => {
    const [, text = ''] = guide.match(/echo '(\{[\s\S]*?\})' > build\/abs\.json$/m) ?? [];
    const { summary } = await run(JSON.parse(text));
    expect(summary.finalLoss).toBeLessThan(0.05);
    expect(summary.hash).not.toBe((await run({})).summary.hash);
  });

  it('a layer: what it does not fit is refused, and a convolution behind it trains', async () => {
    const layers = (channels: number) => [
      { kind: 'linear', features: 18 },
      { kind: 'unflatten', channels, height: 3, width: 3 },
      { kind: 'conv2d', channels: 3, kernel: 2 },
      { kind: 'tanh' },
      { kind: 'flatten' },
      { kind: 'linear', features: 1 },
    ];
    const model = (channels: number) => ({ kind: 'layers', input: [1], layers: layers(channels) });
    const { summary } = await run({ model: model(2) });
    expect(summary.finalLoss).toBeLessThan(0.05);
    expect(() => descent.parseTrialSpec({ ...fit, model: model(3) })).toThrow('expected an input of [27], got [18]');
  });

  it('an optimizer: its first step is that of sgd, its fourth half as long', async () => {
    const end = async (kind: string, epochs: number) =>
      (await run({ optimizer: { kind, learningRate: 0.01 }, stop: { epochs } })).parameters;
    const lastStep = async (kind: string, epochs: number) => {
      const [before, after] = [await end(kind, epochs - 1), await end(kind, epochs)];
      return Math.hypot(...after.map((value, i) => value - before[i]!));
    };
    expect(await end('fallingSgd', 1)).toEqual(await end('sgd', 1));
    expect((await lastStep('fallingSgd', 4)) / (await lastStep('sgd', 4))).toBeCloseTo(0.5, 1);
  });

  it('a data source: its classes are learnt', async () => {
    const { summary, rows } = await run({
      data: { kind: 'stripes', points: 40, stripes: 2 },
      model: { kind: 'mlp', widths: [1, 8, 2], activation: 'tanh' },
      loss: 'crossEntropy',
      observe: { accuracy: 'epoch' },
    });
    expect(summary.status).toBe('finished');
    expect(rows.at(-1)!.accuracy).toBeGreaterThan(0.9);
  });

  it('an observation and a measurement: both find the norm of the parameters', async () => {
    const { spec, rows, parameters } = await run({ observe: { parameterNorm: 'epoch' } });
    const norm = Math.hypot(...parameters);
    expect(rows).toHaveLength(200);
    expect(Object(rows.at(-1)).parameterNorm).toBeCloseTo(norm, 6);
    const id = descent.idOf(spec);
    const measure = { name: 'weightNorm', below: 0.2 };
    const measurement = descent.parseMeasurementSpec({ kind: 'measurement', measure, of: [id], seed: 1 });
    const loadTrial = async () => ({ id, spec, parameters });
    const { values, columns } = (await descent.runMeasurement(measurement, { ...host, loadTrial } as never)).result;
    expect(values['norm']).toBeCloseTo(norm, 6);
    expect(values['nearZero']).toBe(parameters.filter((value) => Math.abs(value) < 0.2).length / parameters.length);
    expect(columns['absolute']).toHaveLength(parameters.length);
  });
});
