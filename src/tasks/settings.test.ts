import { expect, test } from 'vitest';
import { SpecError, UserError } from '../base/errors.js';
import { applySettings, parseSetting } from './settings.js';

const spec = { a: { b: 1, list: [{ c: 1 }, { c: 2 }] }, name: 'x' };
const set = (...texts: string[]): unknown => applySettings(spec, texts.map(parseSetting));

test('values are JSON, or else words', () => {
  expect(set('a.b=2.5', 'name=sinc')).toEqual({ a: { b: 2.5, list: spec.a.list }, name: 'sinc' });
  expect(set('a={"b":[1]}')).toEqual({ a: { b: [1] }, name: 'x' });
  expect(set('name=a=b')).toMatchObject({ name: 'a=b' });
});

test('list positions are written [1] or .1', () => {
  expect(set('a.list[1].c=9')).toEqual(set('a.list.1.c=9'));
  expect(set('a.list[1].c=9')).toMatchObject({ a: { list: [{ c: 1 }, { c: 9 }] } });
});

test('a branch that is not there is made, and the original is left as it was', () => {
  expect(set('stop.converged.below=0.1')).toMatchObject({ stop: { converged: { below: 0.1 } } });
  expect(spec).not.toHaveProperty('stop');
});

test('a text that is no path=value is an error that shows the form', () => {
  for (const text of ['a.b', '=3', 'a..b=1', '', 'a[x]=1', '__proto__[=1']) {
    expect(() => parseSetting(text), text).toThrow(UserError);
  }
});

test('a path through a number, or past the end of a list, says so', () => {
  expect(() => set('a.b.c=1')).toThrow('--set a.b.c=1: expected a field that has parts, got a.b = 1');
  expect(() => set('a.list[2].c=1')).toThrow('expected a position from 0 to 1 in a list, got 2');
  expect(() => set('b.list[0]=1')).toThrow(SpecError);
});
