import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/store.js';
import { checksumProblems, readChecksums, requireIntact, writeChecksums } from './checksums.js';

const [sumOfAbc, sumOfNothing] = [
  'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
];

function sealedFolder(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'b'), 'abc');
  writeFileSync(join(folder, 'a'), '');
  writeChecksums(folder);
  return folder;
}

const problems = (folder: string, required: readonly string[] = []): readonly string[] =>
  checksumProblems(folder, readChecksums(folder)!, required);

test('checksums are written as sha256sum writes them, sorted by name', () => {
  const folder = sealedFolder();
  expect(readFileSync(join(folder, 'checksums.txt'), 'utf8')).toBe(`${sumOfNothing}  a\n${sumOfAbc}  b\n`);
  expect(problems(folder)).toEqual([]);
});

test('a file larger than what is read at once has the checksum of all its bytes', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'large'), new Uint8Array(3_000_000).fill(97));
  writeChecksums(folder);
  // As sha256sum gives it.
  expect(readChecksums(folder)?.get('large')).toBe('2a152c894398719c0570f83fac34ac03a0f6e8e474b995c2403aa5434f7b9dd4');
});

test('what is changed, missing, of no checksum or required is named', () => {
  const folder = sealedFolder();
  writeFileSync(join(folder, 'b'), 'abd');
  rmSync(join(folder, 'a'));
  writeFileSync(join(folder, 'c'), '');
  expect(problems(folder, ['d'])).toEqual([
    'a: expected a readable file, got ENOENT',
    'b: expected the bytes that were written, got others',
    'c: expected a line in checksums.txt, got none',
    'd: expected a readable file, got ENOENT',
  ]);
  expect(() => requireIntact(folder, ['b'])).toThrow(
    /b: expected the bytes that were written, got others; descent doc/,
  );
  expect(() => requireIntact(folder, ['a'])).toThrow('a: expected a readable file, got ENOENT');
});

test('a folder of an older version has no checksums, and nothing to complain of', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a'), '');
  expect(readChecksums(folder)).toBeUndefined();
  expect(() => requireIntact(folder, ['a', 'b'])).not.toThrow();
});

test('a line that is none of sha256sum is an error that names it', () => {
  const folder = sealedFolder();
  const path = join(folder, 'checksums.txt');
  for (const [text, problem] of [
    [`${sumOfAbc}  a\n${sumOfAbc} b\n`, 'line 2'],
    [`${sumOfAbc.slice(1)}  a\n`, 'line 1'],
    [`${sumOfAbc}  ../a\n`, 'line 1'],
    [`${sumOfAbc}  a`, 'without an end'],
  ] as const) {
    writeFileSync(path, text);
    expect(() => readChecksums(folder)).toThrow(problem);
  }
});
