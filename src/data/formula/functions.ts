import { cos, exp, log, powInt, sin, tanh } from '../../base/math.js';

/** Angles beyond it would need more bits of pi than there are. */
const largestAngle = 1e6;
const inRange =
  (f: (x: number) => number) =>
  (x: number): number =>
    Math.abs(x) <= largestAngle ? f(x) : Number.NaN;

/** A function by its number of arguments. */
interface Callable {
  readonly arity: number;
  readonly call: (...x: number[]) => number;
}

/** What a formula can call, by name. Every value has the same bits everywhere. */
export const functions: ReadonlyMap<string, Callable> = new Map<string, Callable>([
  ['sin', { arity: 1, call: inRange(sin) }],
  ['cos', { arity: 1, call: inRange(cos) }],
  ['tan', { arity: 1, call: inRange((x) => sin(x) / cos(x)) }],
  ['tanh', { arity: 1, call: tanh }],
  ['exp', { arity: 1, call: exp }],
  ['log', { arity: 1, call: log }],
  ['sqrt', { arity: 1, call: Math.sqrt }],
  ['abs', { arity: 1, call: Math.abs }],
  ['sign', { arity: 1, call: Math.sign }],
  ['floor', { arity: 1, call: Math.floor }],
  ['min', { arity: 2, call: Math.min }],
  ['max', { arity: 2, call: Math.max }],
]);

/** What a formula can name besides x. */
export const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);

const largestExponent = 2 ** 20;

/**
 * a^b: by repeated squaring for a whole b up to 2^20 in size, else exp(b log a), which is NaN for a negative a, and 0
 * for 0 to a positive power.
 */
export function power(a: number, b: number): number {
  if (Number.isInteger(b) && Math.abs(b) <= largestExponent) return powInt(a, b);
  return a === 0 && b > 0 ? 0 : exp(b * log(a));
}
