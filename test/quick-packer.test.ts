import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { quickened } from '../scripts/quick-packer.mjs';
import { Mt19937 } from '../src/base/mt19937.js';
import { expectBelow, leastRatio } from './support/patience.js';
import { temporaryFolder } from './support/store.js';

interface Packer {
  readonly zlibSync: (data: Uint8Array, options: { readonly level: number }) => Uint8Array;
}

const source = fileURLToPath(new URL('../node_modules/fflate/esm/index.mjs', import.meta.url));
const text = readFileSync(source, 'utf8');

async function packers(): Promise<{ readonly plain: Packer; readonly quick: Packer }> {
  const folder = temporaryFolder();
  const made = async (name: string, content: string): Promise<Packer> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return import(pathToFileURL(path).href) as Promise<Packer>;
  };
  return { plain: await made('plain.mjs', text), quick: await made('quick.mjs', quickened(text)) };
}

/** Rows of pixels as figures have them: white, with lines, letters and areas in a few colours, or with noise. */
function picture(seed: number, length: number): Uint8Array {
  const rng = new Mt19937(seed);
  const below = (bound: number): number => rng.next() % bound;
  const bytes = new Uint8Array(length).fill(255);
  const colours = Array.from({ length: 6 }, () => below(256));
  for (let at = below(50); at < length; at += 1 + below(2 ** below(12))) {
    const run = Math.min(1 + below(2 ** below(10)), length - at);
    const from = below(at + 1);
    if (below(3) === 0) bytes.copyWithin(at, from, from + run);
    else bytes.fill(below(4) === 0 ? below(256) : colours[below(6)]!, at, at + run);
  }
  return bytes;
}

test('packs to the same bytes at every level, whatever the runs', async () => {
  const { plain, quick } = await packers();
  const pictures = Array.from({ length: 30 }, (_, seed) => picture(seed, 1 + ((seed * 4999) % 150_000)));
  const edges = [0, 1, 2, 3, 258, 259, 300, 32_768, 65_535, 65_536, 70_000, 140_000].map((n) => new Uint8Array(n));
  for (const data of [...pictures, ...edges]) {
    for (const level of [6, 9]) {
      const packed = quick.zlibSync(data, { level });
      expect(Buffer.compare(packed, plain.zlibSync(data, { level }))).toBe(0);
    }
  }
});

test('takes less than half as long for a drawing', async () => {
  const { plain, quick } = await packers();
  const data = new Uint8Array(600_000).fill(255);
  for (let at = 40; at < data.length; at += 2250) data.set(picture(at, 300), at);
  const timed = (packer: Packer) => (): number => {
    const start = performance.now();
    packer.zlibSync(data, { level: 9 });
    return performance.now() - start;
  };
  await expectBelow(0.5, leastRatio(timed(quick), timed(plain)));
});

test('another version of the packer is refused by what it lacks', () => {
  expect(() => quickened(text.replace('// check the previous match', ''))).toThrow('expected once');
});
