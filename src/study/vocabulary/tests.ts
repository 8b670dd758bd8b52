import type { Bound, ClaimTest, Term } from '../claim.js';
import type { Reading } from '../reading.js';

/** A reading of an arm, as a term of a claim. */
export const term = (arm: string, reading: Reading): Term => ({ arm, reading });

/** An effect whose bound is still to be said: `ratio(a, b, 'epochs, a / b').above(2)`. */
export interface Effect {
  /** The claim holds where the effect is above the margin; at or below `noEffect` it is refuted. */
  readonly above: (margin: number, noEffect?: number) => ClaimTest;
  /** The claim holds where the effect is below the margin; at or above `noEffect` it is refuted. */
  readonly below: (margin: number, noEffect?: number) => ClaimTest;
}

type Bounded = Extract<ClaimTest, Bound>;
type Unbounded = Bounded extends infer T ? (T extends Bounded ? Omit<T, keyof Bound> : never) : never;

/** Without a value of no effect the margin is a threshold: on its other side the claim is refuted. */
function effect(test: Unbounded, usual?: number): Effect {
  const beyond =
    (direction: Bound['direction']) =>
    (margin: number, noEffect = usual ?? margin): ClaimTest => ({ ...test, direction, margin, noEffect });
  return { above: beyond('above'), below: beyond('below') };
}

/** Median over seeds of one term, or over all of several. */
export const median = (of: Term | readonly Term[], label: string): Effect =>
  effect({ kind: 'value', label, of: [of].flat() });

/** Median of the paired ratios `of / to`; no effect is 1. */
export const ratio = (of: Term, to: Term, label: string): Effect => effect({ kind: 'ratio', label, of, to }, 1);

/** Median of the paired differences `of - to`; no effect is 0. */
export const difference = (of: Term, to: Term, label: string): Effect =>
  effect({ kind: 'difference', label, of, to }, 0);

/** Share of seeds whose term is above 0; no effect is one half. */
export const rate = (of: Term, label: string): Effect => effect({ kind: 'rate', label, of }, 0.5);

/** Difference of two such shares; no effect is 0. */
export const rateDifference = (of: Term, to: Term, label: string): Effect =>
  effect({ kind: 'rateDifference', label, of, to }, 0);

/** Rank correlation over points of all seeds; no effect is 0. */
export const correlation = (points: Extract<ClaimTest, { kind: 'correlation' }>['points'], label: string): Effect =>
  effect({ kind: 'correlation', label, points }, 0);

/** Median over seeds of Spearman's correlation of two lists of terms; no effect is 0. */
export const spearman = (x: readonly Term[], y: readonly Term[], label: string): Effect =>
  effect({ kind: 'value', label, of: [{ spearman: [x, y] }] }, 0);

/** Median over seeds of Spearman's correlation of a reading with a number that the arms differ in; no effect is 0. */
export const rankOver = (
  arms: readonly { readonly id: string; readonly number: number }[],
  reading: Reading,
  label: string,
): Effect =>
  spearman(
    arms.map(({ number }) => ({ number })),
    arms.map(({ id }) => term(id, reading)),
    label,
  );

/** Two terms alike: the mean ratio within a factor either way. */
export const similar = (of: Term, to: Term, label: string) => ({
  within: (factor: number): ClaimTest => ({ kind: 'similar', label, of, to, factor }),
});

/** A share of so many trials that guessing at a rate would bring about as well. */
export const guessed = (of: Term, trials: Term, label: string) => ({
  at: (share: number): ClaimTest => ({ kind: 'chance', label, of, trials, share }),
});
