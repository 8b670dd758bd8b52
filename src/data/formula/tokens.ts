import { FormulaError } from './formula-error.js';

/** A word of a formula, with its place in the text; the last one is the end. */
export type Token =
  | { readonly kind: 'number'; readonly at: number; readonly text: string; readonly value: number }
  | { readonly kind: 'name' | 'sign'; readonly at: number; readonly text: string }
  | { readonly kind: 'end'; readonly at: number; readonly text: '' };

const space = /\s*/y;
const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const name = /[A-Za-z]\w*/y;
const signs = '+-*/^(),';

/** What a pattern matches at a place. */
function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/**
 * The word that begins at or after a place.
 * @throws FormulaError where there is none
 */
export function tokenAt(text: string, from: number): Token {
  const at = from + matchAt(space, text, from).length;
  if (at >= text.length) return { kind: 'end', at: text.length, text: '' };
  const digits = matchAt(number, text, at);
  if (digits !== '') return { kind: 'number', at, text: digits, value: finite(Number(digits), digits, at) };
  const letters = matchAt(name, text, at);
  if (letters !== '') return { kind: 'name', at, text: letters };
  const sign = text.charAt(at);
  if (signs.includes(sign)) return { kind: 'sign', at, text: sign };
  throw new FormulaError(at, `a number, x, a function or one of + - * / ^ ( ) ,`, JSON.stringify(sign));
}

function finite(value: number, digits: string, at: number): number {
  if (Number.isFinite(value)) return value;
  throw new FormulaError(at, 'a number that float64 can hold', digits);
}
