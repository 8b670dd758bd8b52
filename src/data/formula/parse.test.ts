import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { FormulaError } from './formula-error.js';
import { constants, functions } from './functions.js';
import { longestFormula, parseFormula } from './parse.js';

const at = (text: string, x: number): number => parseFormula(text)(x);

describe('a formula', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['8 - 3 - 2', 3],
    ['16 / 4 / 2', 2],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['(-2) ^ 3', -8],
    ['2 ^ -1', 0.5],
    ['- -x', 3],
    ['+x - -1', 4],
    ['2 * -x', -6],
    ['x^0.5 - sqrt(x)', 0],
    ['0 ^ 0.5', 0],
    ['.5e1 + 1.', 6],
    ['min(x, 2) + max(x, 2) * 10', 32],
    ['floor(-0.5) + abs(-2) + sign(-9)', 0],
    ['pi - e', Math.PI - Math.E],
    ['tanh(0) + cos(0) + sin(0) + exp(0) + log(1) + tan(0)', 2],
    ['x', 3],
    ['((((x))))', 3],
  ])('%s is %d at 3', (text, value) => {
    expect(Math.abs(at(text, 3) - value)).toBeLessThan(1e-15);
  });

  it('has no value where there is none, and does not throw', () => {
    for (const text of [
      '1 / x',
      '0 / x',
      'log(x - 1)',
      'sqrt(x - 1)',
      '(x - 1) ^ 0.5',
      'sin(1e7 + x)',
      'exp(1000 + x)',
    ]) {
      expect(Number.isFinite(at(text, 0)), text).toBe(false);
    }
  });
});

describe('what is no formula', () => {
  it.each([
    ['', 'expected a number, x, a function, - or ( at position 1, got the end'],
    ['  ', 'expected a number, x, a function, - or ( at position 3, got the end'],
    ['2x', 'expected an operator or the end at position 2, got x; a product has a *'],
    ['x (1)', 'expected an operator or the end at position 3, got (; a product has a *'],
    ['x + * 2', 'expected a number, x, a function, - or ( at position 5, got *'],
    ['(x + 1', 'expected ) at position 7, got the end'],
    ['x)', 'expected an operator or the end at position 2, got )'],
    ['sin x', 'expected ( after sin at position 5, got x'],
    ['min(x)', 'expected ,, as min takes 2 numbers at position 6, got )'],
    ['sin(x, 1)', 'expected ) at position 6, got ,'],
    ['sine(x)', 'got sine (did you mean sin?)'],
    ['y', 'expected x, pi, e, sin, cos, tan, tanh, exp, log, sqrt, abs, sign, floor, min, max at position 1, got y'],
    ['constructor', 'got constructor'],
    ['x.constructor', 'expected a number, x, a function or one of + - * / ^ ( ) , at position 2, got "."'],
    ['x["a"]', 'expected a number, x, a function or one of + - * / ^ ( ) , at position 2, got "["'],
    ['__proto__', 'expected a number, x, a function or one of'],
    ['toString()', 'got toString'],
    ['1e999', 'expected a number that float64 can hold at position 1, got 1e999'],
    ['x + '.repeat(200), `expected at most ${longestFormula} characters at position ${longestFormula + 1}, got 800`],
    ['('.repeat(60), 'expected at most 50 parts within each other at position 51, got more'],
    ['-'.repeat(60), 'expected at most 50 parts within each other at position 51, got more'],
    ['x^'.repeat(60), 'expected at most 50 parts within each other at position'],
  ])('%s: %s', (text, problem) => {
    expect(() => parseFormula(text)).toThrow(FormulaError);
    expect(() => parseFormula(text)).toThrow(problem);
  });
});

test('a hundred terms in a row are not within each other', () => {
  expect(at(`${'x + '.repeat(100)}1`, 1)).toBe(101);
});

/** Parts of formulas, and of what somebody would write who wants out of them. */
const parts = fc.oneof(
  fc.constantFrom('x', ' ', '(', ')', ',', '+', '-', '*', '/', '^', '1', '0', '2.5', '1e308', '1e-9', '.'),
  fc.constantFrom(...functions.keys(), ...constants.keys()),
  fc.constantFrom(
    'globalThis',
    'constructor',
    '__proto__',
    'this',
    'eval',
    'Math',
    'import',
    '=>',
    '`',
    '"',
    '[',
    '\\u0078',
    ';',
  ),
  fc.string({ maxLength: 3, unit: 'binary' }),
);
const random = fc.array(parts, { maxLength: 40 }).map((all) => all.join(''));

/** Formulas that are right by the way they are made, with their depth bounded. */
const { right } = fc.letrec<{ right: string }>((tie) => ({
  right: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom('x', 'pi', 'e', '1', '0', '0.5', '1e3', '1e300'),
    fc
      .tuple(tie('right'), fc.constantFrom('+', '-', '*', '/', '^'), tie('right'))
      .map(([a, sign, b]) => `(${a}${sign}${b})`),
    fc
      .tuple(fc.constantFrom(...functions.keys()), tie('right'), tie('right'))
      .map(([name, a, b]) => (functions.get(name)!.arity === 1 ? `${name}(${a})` : `${name}(${a}, ${b})`)),
    tie('right').map((a) => `-${a}`),
  ),
}));

const count = 10_000;

test(`${count} random formulas are refused at a position or have a number at each x; none reaches more`, () => {
  // Whatever were looked up in a scope or on an object would be seen here.
  const reached: string[] = [];
  const trap = (name: string) => ({
    configurable: true,
    get: () => {
      reached.push(name);
      return undefined;
    },
  });
  Object.defineProperty(globalThis, 'x', trap('x'));
  Object.defineProperty(globalThis, 'y', trap('y'));
  let accepted = 0;
  try {
    fc.assert(
      fc.property(fc.oneof(random, right), fc.double(), (text, x) => {
        let formula: (x: number) => number;
        try {
          formula = parseFormula(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FormulaError);
          const { at: place } = error as FormulaError;
          expect(place >= 0 && place <= text.length).toBe(true);
          return;
        }
        accepted++;
        expect(typeof formula(x)).toBe('number');
        expect(formula(x)).toEqual(formula(x));
      }),
      { numRuns: count, seed: 7 },
    );
  } finally {
    Reflect.deleteProperty(globalThis, 'x');
    Reflect.deleteProperty(globalThis, 'y');
  }
  expect(reached).toEqual([]);
  expect(accepted).toBeGreaterThan(count / 4);
});
