import { expect, test } from 'vitest';
import { cos, exp, log, powInt, sin, tanh } from './math.js';
import { Mt19937 } from './mt19937.js';
import { sha256Hex } from './sha256.js';

/** Distance in units in the last place: how many doubles lie between two. */
function ulps(a: number, b: number): number {
  if (Number.isNaN(a) && Number.isNaN(b)) return 0;
  const [x = 0n, y = 0n] = [...new BigInt64Array(Float64Array.of(a, b).buffer)].map((bits) =>
    bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits,
  );
  return Math.abs(Number(x - y));
}

/** 20,000 values: uniform in [low, high], and half of them pulled towards 0 by random powers of two. */
function samples(low: number, high: number): readonly number[] {
  const rng = new Mt19937(7);
  return Array.from({ length: 20_000 }, (_, i) => {
    const x = low + (high - low) * (rng.next() / 2 ** 32 + rng.next() / 2 ** 64);
    return i % 2 === 0 ? x : x * 2 ** -(rng.next() % 60);
  });
}

function worst(ours: (x: number) => number, theirs: (x: number) => number, inputs: readonly number[]): number {
  return Math.max(...inputs.map((x) => ulps(ours(x), theirs(x))));
}

const nearRightAngles = Array.from({ length: 20_000 }, (_, i) => (i - 10_000) * (Math.PI / 2));
const edges = [0, -0, 1, -1, 0.5, 2 ** -1074, -(2 ** -1074), 2 ** -1022, 2 ** -30, 2 ** -27, Number.NaN];

test('sin is within 2 ulp of Math.sin over |x| <= 1e6, multiples of pi/2 included', () => {
  expect(worst(sin, Math.sin, [...samples(-1e6, 1e6), ...samples(-10, 10), ...nearRightAngles, ...edges])).toBeLessThan(
    3,
  );
});

test('cos is within 2 ulp of Math.cos over |x| <= 1e6, multiples of pi/2 included', () => {
  expect(worst(cos, Math.cos, [...samples(-1e6, 1e6), ...samples(-10, 10), ...nearRightAngles, ...edges])).toBeLessThan(
    3,
  );
});

test('exp is within 2 ulp of Math.exp over its whole range', () => {
  const borders = [709.78, 709.783, 710, -708.4, -740, -745.1, -746, Infinity, -Infinity];
  expect(worst(exp, Math.exp, [...samples(-745, 709.7), ...samples(-1, 1), ...borders, ...edges])).toBeLessThan(3);
});

test('log is within 2 ulp of Math.log, near 1 and for subnormal numbers too', () => {
  const near = samples(-0.5, 0.5).map((x) => 1 + x);
  const borders = [Infinity, Number.MAX_VALUE, Math.SQRT1_2, Math.SQRT2];
  expect(
    worst(log, Math.log, [...samples(0, 1e9), ...samples(0, 2 ** -1021), ...near, ...borders, ...edges]),
  ).toBeLessThan(3);
});

test('tanh is within 2 ulp of Math.tanh', () => {
  expect(worst(tanh, Math.tanh, [...samples(-25, 25), ...samples(-2, 2), Infinity, -Infinity, ...edges])).toBeLessThan(
    3,
  );
});

test('sin and cos refuse |x| > 1e6 and give NaN for infinities', () => {
  expect(() => sin(1.1e6)).toThrow(RangeError);
  expect(() => cos(-1.1e6)).toThrow(RangeError);
  expect([sin(Infinity), cos(-Infinity), log(-1)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test('powInt is within |n| * 2^-53 of the true power, and exact for powers of two', () => {
  expect([powInt(2, 100), powInt(2, -3), powInt(-2, 3), powInt(0.3, 0), powInt(5, 1)]).toEqual([
    2 ** 100,
    0.125,
    -8,
    1,
    5,
  ]);
  for (const n of [7, 100, 2500]) expect(Math.abs(powInt(0.999, n) / 0.999 ** n - 1)).toBeLessThan((n + 2) * 2 ** -53);
  expect(() => powInt(2, 0.5)).toThrow(RangeError);
});

test('not one bit of 20,000 values of each function has changed', () => {
  const hash = (f: (x: number) => number, low: number, high: number) =>
    sha256Hex(new Uint8Array(Float64Array.from(samples(low, high), f).buffer)).slice(0, 16);
  expect({
    sin: hash(sin, -1e6, 1e6),
    cos: hash(cos, -1e6, 1e6),
    exp: hash(exp, -745, 709),
    log: hash(log, 0, 1e9),
    tanh: hash(tanh, -25, 25),
  }).toMatchInlineSnapshot(`
    {
      "cos": "7e32790bc3f3c39e",
      "exp": "f446b3de5b2f7143",
      "log": "c5241b6655821dbc",
      "sin": "eeeb3fc1f20a8e8f",
      "tanh": "37edc7cadf640d93",
    }
  `);
});
