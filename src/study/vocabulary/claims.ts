// Not from the index: `descent list` loads this file, and hashes come with the rest.
import { log } from '../../base/math.js';
import type { Bound, Claim, ClaimTest, Judged, Scale, Term } from '../claim.js';
import type { Reading } from '../reading.js';

/** A claim; it is here so that a list of them reads like the other lists. */
export const claim = (parts: Claim): Claim => parts;

/** Why a claim cannot be judged under a protocol. */
export const noTest = (why: string): Judged => ({ noTest: why });

/** A reading of an arm, as a term of a claim. */
export const term = (arm: string, reading: Reading): Term => ({ arm, reading });

/** `log(a / b)` of two numbers that are positive: the scale of factors. */
export const logRatio = (a: Term, b: Term): Term => ({ difference: [{ log: a }, { log: b }] });

/** `a + b`. */
export const sum = (a: Term, b: Term): Term => ({ difference: [a, { difference: [{ number: 0 }, b] }] });

/** The logarithm of a factor, as a margin of `logRatio`. */
export const factor = (f: number): number => log(f);

/** A share of so many images as a whole number of them. */
export const images = (share: Term, of: number): Term => ({ images: share, of });

/** 1 if a number is above, below, or between what is said, else 0. */
export const holds = (x: Term, where: { readonly above?: number; readonly below?: number }): Term => ({
  holds: x,
  ...where,
});

/** 1 if every one of some terms that are 0 or 1 is. */
export const all = (...terms: readonly Term[]): Term => ({ all: terms });

/** Kendall's tau of two lists of terms within a seed. */
export const kendall = (x: readonly Term[], y: readonly Term[]): Term => ({ kendall: [x, y] });

/** Kendall's tau, within a seed, of numbers that arms differ in and a term of each arm. Shapes: both [arms] */
export const trend = (numbers: readonly number[], terms: readonly Term[]): Term =>
  kendall(
    numbers.map((number) => ({ number })),
    terms,
  );

/** The number beside the greatest of some terms. Shapes: both [arms] */
export const argmax = (at: readonly number[], terms: readonly Term[]): Term => ({ argmax: terms, at });

/** An effect whose bound is still to be said: `median(x, 'epochs, a / b').above(2)`. */
export interface Effect {
  /** It has to be above the margin; below `noEffect` (default: the margin) the claim falls. */
  readonly above: (margin: number, noEffect?: number) => ClaimTest;
  /** It has to be below the margin; above `noEffect` (default: the margin) the claim falls. */
  readonly below: (margin: number, noEffect?: number) => ClaimTest;
}

type Bounded = Extract<ClaimTest, Bound>;
type Unbounded = Bounded extends infer T ? (T extends Bounded ? Omit<T, keyof Bound> : never) : never;

function effect(test: Unbounded): Effect {
  const beyond =
    (direction: Bound['direction']) =>
    (margin: number, noEffect = margin): ClaimTest => ({ ...test, direction, margin, noEffect });
  return { above: beyond('above'), below: beyond('below') };
}

/** The median over seeds of a number. */
export const median = (x: Term, label: string, scale?: Scale): Effect =>
  effect({ kind: 'median', label, x, ...(scale && { scale }) });

/** The share of seeds whose number, 0 or 1, is 1. */
export const rate = (x: Term, label: string): Effect => effect({ kind: 'rate', label, x });

/** Goodman and Kruskal's gamma of two numbers over disjoint pairs of seeds, of those alone whose `only` is 1. */
export const gamma = (x: Term, y: Term, label: string, only?: Term): Effect =>
  effect({ kind: 'gamma', label, x, y, ...(only && { only }) });

/** The median inside a band. */
export const band = (x: Term, label: string, scale?: Scale) => ({
  within: (low: number, high: number): ClaimTest => ({ kind: 'band', label, x, low, high, ...(scale && { scale }) }),
});

/** The largest of some positive numbers within a factor of the smallest. */
export const similar = (terms: readonly Term[], label: string, within: number): ClaimTest =>
  median(logRatio({ greatest: terms }, { least: terms }), label, 'factor').below(factor(within));
