import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/store.js';
import { openFigureCache } from './figure-cache.js';

const specs = { alone: '{"a":1}', narrow: '{"c":1}' };
const figure = { title: 'Loss', specs };
const drawn = { inline: '<svg>π\n</svg>', png: Uint8Array.of(1, 10, 255) };

test('gives back what was kept, to the byte, under the same code, title and data alone', () => {
  const folder = temporaryFolder();
  const cache = openFigureCache(folder, 'code 1');
  expect(cache.read(figure)).toBeUndefined();
  cache.keep(figure, drawn);
  expect(cache.read(figure)).toEqual(drawn);
  expect(openFigureCache(folder, 'code 1').read(figure)).toEqual(drawn);
  expect(openFigureCache(folder, 'code 2').read(figure)).toBeUndefined();
  expect(cache.read({ ...figure, title: 'Los' })).toBeUndefined();
  for (const name of ['alone', 'narrow'] as const) {
    expect(cache.read({ ...figure, specs: { ...specs, [name]: '{"a":2}' } })).toBeUndefined();
  }
});

test('a damaged entry is none: whichever byte changed, and wherever it was cut', () => {
  const folder = temporaryFolder();
  const cache = openFigureCache(folder, 'code');
  cache.keep(figure, drawn);
  const path = join(folder, readdirSync(folder)[0]!);
  const bytes = readFileSync(path);
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Uint8Array.from(bytes);
    damaged[at] = damaged[at]! ^ 1;
    writeFileSync(path, damaged);
    expect(cache.read(figure)).toBeUndefined();
    writeFileSync(path, bytes.subarray(0, at));
    expect(cache.read(figure)).toBeUndefined();
  }
  writeFileSync(path, bytes);
  expect(cache.read(figure)).toEqual(drawn);
});

test('a folder that cannot be is no obstacle', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const cache = openFigureCache(join(file, 'figures'), 'code');
  cache.keep(figure, drawn);
  expect(cache.read(figure)).toBeUndefined();
  cache.trim();
});

test('above its bound the entries that were not used for the longest time go', () => {
  const folder = temporaryFolder();
  const cache = openFigureCache(folder, 'code', { most: 900, kept: 500 });
  const figures = [0, 1, 2, 3].map((i) => ({ ...figure, title: `${i}` }));
  const paths = figures.map((one, i) => {
    const before = readdirSync(folder);
    cache.keep(one, { ...drawn, png: new Uint8Array(150) });
    const path = join(folder, readdirSync(folder).find((name) => !before.includes(name))!);
    utimesSync(path, i + 1, i + 1);
    return path;
  });
  expect(paths).toHaveLength(4);
  cache.read(figures[0]!);
  cache.trim();
  expect(figures.map((one) => cache.read(one) !== undefined)).toEqual([true, false, false, true]);
});
