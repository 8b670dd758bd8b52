import { didYouMean } from '../../base/nearest.js';
import { FormulaError } from './formula-error.js';
import { constants, functions, power } from './functions.js';
import { type Token, tokenAt } from './tokens.js';

/** Characters of a formula, at most. */
export const longestFormula = 500;
/** Parentheses, signs and powers within each other, at most. */
const deepest = 50;

/** A formula of one variable: its value at x, NaN or infinite where it has none. */
export type Formula = (x: number) => number;

/** How tightly a sign between two parts binds; a power binds to the right, and before a sign in front of it. */
const bindings: ReadonlyMap<string, number> = new Map([
  ['+', 1],
  ['-', 1],
  ['*', 2],
  ['/', 2],
  ['^', 4],
]);
const inFront = 3;

const operations: ReadonlyMap<string, (a: Formula, b: Formula) => Formula> = new Map<
  string,
  (a: Formula, b: Formula) => Formula
>([
  ['+', (a, b) => (x) => a(x) + b(x)],
  ['-', (a, b) => (x) => a(x) - b(x)],
  ['*', (a, b) => (x) => a(x) * b(x)],
  ['/', (a, b) => (x) => a(x) / b(x)],
  ['^', (a, b) => (x) => power(a(x), b(x))],
]);

/** Where parsing stands. */
interface Parser {
  readonly text: string;
  token: Token;
  depth: number;
}

/**
 * Reads a formula of x: numbers, `x`, `pi`, `e`, + - * / ^, parentheses, and functions by name. Nothing else has a
 * meaning, and nothing of it is ever run as code. Values are float64, with the same bits everywhere.
 *
 * Reference: Pratt 1973, "Top down operator precedence" (POPL).
 * @throws FormulaError that names the position of what is wrong
 */
export function parseFormula(text: string): Formula {
  if (text.length > longestFormula) {
    throw new FormulaError(longestFormula, `at most ${longestFormula} characters`, String(text.length));
  }
  const parser: Parser = { text, token: tokenAt(text, 0), depth: 0 };
  const formula = parseExpression(parser, 0);
  if (parser.token.kind !== 'end') throw unexpected(parser.token, 'an operator or the end', hintAfter(parser.token));
  return formula;
}

function advance(parser: Parser): Token {
  const { token } = parser;
  parser.token = tokenAt(parser.text, token.at + token.text.length);
  return token;
}

/** Reads parts as long as what binds them does so tighter than `least`. */
function parseExpression(parser: Parser, least: number): Formula {
  if (++parser.depth > deepest) {
    throw new FormulaError(parser.token.at, `at most ${deepest} parts within each other`, 'more');
  }
  let left = parsePart(parser);
  for (;;) {
    const { kind, text } = parser.token;
    const binding = kind === 'sign' ? bindings.get(text) : undefined;
    if (binding === undefined || binding <= least) break;
    advance(parser);
    const right = parseExpression(parser, text === '^' ? binding - 1 : binding);
    left = operations.get(text)!(left, right);
  }
  parser.depth--;
  return left;
}

/** A number, a name, a call, something in parentheses, or one of these with a sign in front. */
function parsePart(parser: Parser): Formula {
  const token = advance(parser);
  if (token.kind === 'number') return () => token.value;
  if (token.kind === 'name') return parseName(parser, token);
  if (token.text === '-') {
    const of = parseExpression(parser, inFront);
    return (x) => -of(x);
  }
  if (token.text === '+') return parseExpression(parser, inFront);
  if (token.text !== '(') throw unexpected(token, 'a number, x, a function, - or (');
  const inside = parseExpression(parser, 0);
  expectSign(parser, ')');
  return inside;
}

function parseName(parser: Parser, { text, at }: Token): Formula {
  if (text === 'x') return (x) => x;
  const constant = constants.get(text);
  if (constant !== undefined) return () => constant;
  const known = functions.get(text);
  if (known === undefined) {
    const names = ['x', ...constants.keys(), ...functions.keys()];
    throw new FormulaError(at, names.join(', '), `${text}${didYouMean(text, names)}`);
  }
  expectSign(parser, '(', ` after ${text}`);
  const args = [parseExpression(parser, 0)];
  while (args.length < known.arity) {
    expectSign(parser, ',', `, as ${text} takes ${known.arity} numbers`);
    args.push(parseExpression(parser, 0));
  }
  expectSign(parser, ')');
  const [a, b] = args as [Formula, Formula | undefined];
  return b ? (x) => known.call(a(x), b(x)) : (x) => known.call(a(x));
}

function expectSign(parser: Parser, sign: string, why = ''): void {
  if (parser.token.kind !== 'sign' || parser.token.text !== sign) throw unexpected(parser.token, `${sign}${why}`);
  advance(parser);
}

const unexpected = ({ kind, at, text }: Token, expected: string, hint = ''): FormulaError =>
  new FormulaError(at, expected, `${kind === 'end' ? 'the end' : text}${hint}`);

/** Products are written out. */
const hintAfter = ({ kind, text }: Token): string =>
  kind === 'name' || kind === 'number' || text === '(' ? '; a product has a *' : '';
