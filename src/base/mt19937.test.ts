import { expect, test } from 'vitest';
import { UserError } from './errors.js';
import { Mt19937 } from './mt19937.js';

function draw(rng: Mt19937, count: number): readonly number[] {
  return Array.from({ length: count }, () => rng.next());
}

test("draws 1 and 10,000 of seed 5489 are those of the generator's authors and of the C++ standard", () => {
  const rng = new Mt19937(5489);
  expect(rng.next()).toBe(3499211612);
  rng.skip(9998);
  expect(rng.next()).toBe(4123659995);
});

test("a key of four words gives the authors' first ten draws", () => {
  const rng = Mt19937.fromKey(Uint32Array.of(0x123, 0x234, 0x345, 0x456));
  expect(draw(rng, 10)).toEqual([
    1067595299, 955945823, 477289528, 4107218783, 4228976476, 3344332714, 3355579695, 227628506, 810200273, 2591290167,
  ]);
});

test('only the low 32 bits of a seed count', () => {
  expect(draw(new Mt19937(2 ** 40 + 5), 5)).toEqual(draw(new Mt19937(5), 5));
});

test('skipping equals drawing, for 0 to three blocks', () => {
  for (const count of [0, 1, 623, 624, 625, 1247, 1248, 1249, 1900]) {
    const drawn = new Mt19937(3);
    const skipped = new Mt19937(3);
    draw(drawn, count);
    skipped.skip(count);
    expect(draw(skipped, 3)).toEqual(draw(drawn, 3));
  }
});

test('a state kept as JSON resumes with the same draws', () => {
  for (const count of [0, 10, 624, 1000]) {
    const rng = new Mt19937(9);
    rng.skip(count);
    const copy = Mt19937.fromState(JSON.parse(JSON.stringify(rng.state())));
    expect(draw(copy, 700)).toEqual(draw(rng, 700));
  }
});

test('a seed or a state that is none is an error', () => {
  for (const seed of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => new Mt19937(seed)).toThrow(UserError);
  const { words } = new Mt19937(1).state();
  expect(() => Mt19937.fromState({ words: words.slice(1), index: 0 })).toThrow(UserError);
  expect(() => Mt19937.fromState({ words, index: 625 })).toThrow(UserError);
  expect(() => Mt19937.fromState({ words: words.map(() => -1), index: 0 })).toThrow(UserError);
});
