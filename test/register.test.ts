import { expect, test } from 'vitest';
import { experiments } from '../src/experiments/index.js';
import { openResults, resultsFolderOf } from '../src/platform/node/results/results-folder.js';
import { compareRegister, entryOf, judgedParts, registerPlaces, valuesOf } from '../src/verdicts/index.js';

const { register, rows } = openResults(resultsFolderOf(undefined)).read();

test('no claim of the code is another than the one that is registered', () => {
  expect(compareRegister(register, experiments).problems).toEqual([]);
});

test('all claims that can be judged fit into the register', () => {
  expect(judgedParts(experiments).length + register.length).toBeLessThanOrEqual(2 * registerPlaces);
  expect(compareRegister(register, experiments).missing.length + register.length).toBeLessThanOrEqual(registerPlaces);
});

test('every row of the ledger is of a registered place, and counts', () => {
  for (const place of new Set(rows.map((row) => row.place))) {
    const entry = register.find((one) => one.place === place)!;
    expect(valuesOf(entry, rows)).toHaveLength(rows.filter((row) => row.place === place).length);
  }
  for (const part of judgedParts(experiments)) expect(entryOf(register, part)?.part ?? part.part).toBe(part.part);
});
