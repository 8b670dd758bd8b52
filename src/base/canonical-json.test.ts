import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.js';
import { UserError } from './errors.js';
import { sha256Hex } from './sha256.js';

test('keys are sorted at every depth, and undefined fields are dropped', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x\n' }], a: undefined, A: true })).toBe(
    '{"A":true,"b":[1,{"c":"x\\n","d":null}]}',
  );
});

test('any JSON value keeps its meaning, whatever the order of its keys', () => {
  const shuffle = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffle);
    if (typeof value !== 'object' || value === null) return value;
    const reversed = Object.entries(value).reverse();
    return Object.fromEntries(reversed.map(([key, field]) => [key, shuffle(field)]));
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(shuffle(value))).toBe(text);
    }),
  );
});

test('what JSON cannot hold is an error with its path', () => {
  const message = (value: unknown) => {
    try {
      return canonicalJson(value);
    } catch (error) {
      return error instanceof UserError ? error.message : error;
    }
  };
  expect(message({ a: { b: [1, Number.NaN] } })).toBe('a.b[1]: expected a finite number, got NaN');
  expect(message(-Infinity)).toBe('value: expected a finite number, got -Infinity');
  expect(message([undefined])).toBe('[0]: expected a value that JSON can hold, got undefined');
  expect(message({ a: 1n })).toBe('a: expected a value that JSON can hold, got bigint');
  expect(message({ a: new Float32Array(2) })).toBe('a: expected a plain object or list, got Float32Array');
});

test("SHA-256 gives FIPS 180-4's value for abc, as text and as bytes", () => {
  const known = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(sha256Hex('abc')).toBe(known);
  expect(sha256Hex(Uint8Array.of(97, 98, 99))).toBe(known);
});
