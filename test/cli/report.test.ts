import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { descent, type Ended, startDescent } from '../support/descent.js';
import { isLong } from '../support/length.js';
import { folderOfFile, temporaryFolder } from '../support/store.js';

// A run of seconds: three networks, their errors, three figures.
const folder = folderOfFile();
const store = join(folder, 'store');
const ids = ['function-fit-sinc', 'gradient-norm'];
let reproduced: Ended;
const reproducedPage = join(folder, 'page', 'index.html');

/** Each test has a cache of its own, so that what is cached is what it says. */
const report = (out: string, cache: string, ...more: readonly string[]): Promise<Ended> =>
  reportOf(store, out, cache, ...more);
const reportOf = (of: string, out: string, cache: string, ...more: readonly string[]): Promise<Ended> =>
  descent(['report', '--store', of, '--out', out, ...more], { env: { DESCENT_CACHE: cache } });

/** A store for what is drawn again and again: in the short form with one of the two sections. */
function storeToDraw(): string {
  if (isLong) return store;
  const copy = join(temporaryFolder(), 'store');
  cpSync(store, copy, { recursive: true });
  for (const name of readdirSync(join(copy, 'runs')))
    if (!name.startsWith('gradient-norm')) rmSync(join(copy, 'runs', name));
  return copy;
}

function digestsOf(out: string): Readonly<Record<string, string>> {
  const paths = readdirSync(out, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  return Object.fromEntries(paths.map((path) => [path.slice(out.length), digest(path)]));
}

beforeAll(async () => {
  const out = join(folder, 'page');
  reproduced = await descent(['reproduce', ...ids, '--preset', 'smoke', '--store', store, '--out', out], {
    env: { DESCENT_CACHE: join(folder, 'cache') },
  });
});

test('reproduce says what it does, what came of each section, where the page is, and that miniatures judge nothing', () => {
  const { code, stdout, stderr } = reproduced;
  expect(code).toBe(0);
  expect(stderr).toMatch(/^(?:\d+ of \d+ figures drawn.*\n)*$/);
  const at = (text: string): number => {
    expect(stdout).toContain(text);
    return stdout.indexOf(text);
  };
  const places = [
    at('Runs 2 experiments of the original in miniature: '),
    at('1.1.1  Simulate a function'),
    at('The original: The networks with seven'),
    at(`page: ${reproducedPage} (open it now: it grows)`),
    at('1.2.2  Observe the gradient norm'),
    at('What was found'),
    at('1.1.1  The networks with seven and with four hidden layers converge much quicker'),
    at('never judge'),
    at(`page: ${reproducedPage} (it needs no network)`),
    at('done in '),
  ];
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('where reproduce is piped no line has a control code, and none that it makes is longer than 80', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
  expect(reproduced.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  const own = reproduced.stdout.split('\n').filter((line) => !line.includes(folder));
  for (const line of own) expect(line.length, line).toBeLessThanOrEqual(80);
});

test('the page of reproduce is whole, the same to the byte as that of report, which has nothing left to do', async () => {
  expect(readFileSync(reproducedPage, 'utf8')).not.toContain('still being made');
  const again = await report(join(folder, 'page'), join(folder, 'cache'), '--preset', 'smoke');
  expect(again.stdout).toBe(`report: ${reproducedPage} (nothing has changed since it was written)\n`);
  const out = join(temporaryFolder(), 'page');
  expect((await report(out, join(out, '..', 'cache'))).stdout).toBe(`report: ${join(out, 'index.html')}\n`);
  expect(digestsOf(out)).toEqual(digestsOf(join(folder, 'page')));
});

test.runIf(isLong)(
  'a report that was changed, or whose results have, is written anew; figures from the cache are the same to the byte',
  async () => {
    const of = storeToDraw();
    const cache = temporaryFolder();
    cpSync(join(folder, 'cache'), cache, { recursive: true });
    const out = join(temporaryFolder(), 'page');
    await reportOf(of, out, cache);
    const before = digestsOf(out);
    const figure = Object.keys(before).find((path) => path.endsWith('.png'))!;
    writeFileSync(join(out, figure), 'another');
    expect((await reportOf(of, out, cache)).stdout).toBe(`report: ${join(out, 'index.html')}\n`);
    expect(digestsOf(out)).toEqual(before);
    rmSync(join(out, 'index.html'));
    await reportOf(of, out, cache);
    expect(digestsOf(out)).toEqual(before);
    const cached = readdirSync(join(cache, 'figures'));
    expect(cached.length).toBeGreaterThan(5);
    for (const name of cached) writeFileSync(join(cache, 'figures', name), 'not a figure');
    rmSync(join(cache, 'reports'), { recursive: true });
    await reportOf(of, out, cache);
    expect(digestsOf(out)).toEqual(before);
  },
);

test('Ctrl-C while figures are drawn leaves a page that says it is unfinished, and the next call makes it whole', async () => {
  const of = storeToDraw();
  const cache = temporaryFolder();
  const out = join(temporaryFolder(), 'page');
  const page = join(out, 'index.html');
  const started = startDescent(['report', '--store', of, '--out', out], { env: { DESCENT_CACHE: cache } });
  while (!existsSync(page) && started.process.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
  started.process.kill('SIGINT');
  await started.ended;
  expect(started.process.signalCode).toBe('SIGINT');
  const early = readFileSync(page, 'utf8');
  expect(early).toContain('This page is still being made.');
  expect(early).toMatch(/<\/html>\n$/);
  expect((await reportOf(of, out, cache)).code).toBe(0);
  const whole = join(temporaryFolder(), 'page');
  await reportOf(of, whole, join(folder, 'cache'));
  expect(digestsOf(out)).toEqual(digestsOf(whole));
});
