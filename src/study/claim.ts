import type { ProtocolId } from './names.js';
import type { Reading } from './reading.js';

/**
 * A number of one seed: a reading of an arm, or made from others. A term without one of its parts has no number;
 * neither has a ratio by 0.
 */
export type Term =
  | { readonly arm: string; readonly reading: Reading }
  | { readonly number: number }
  | { readonly greatest: readonly Term[] }
  | { readonly least: readonly Term[] }
  | { readonly ratio: readonly [Term, Term] }
  | { readonly difference: readonly [Term, Term] }
  /** Spearman's rank correlation of two lists of equal length. */
  | { readonly spearman: readonly [x: readonly Term[], y: readonly Term[]] };

interface TestBase {
  /** What is compared, in words: `epochs, M3 / M1`. */
  readonly label: string;
}

/** Where an effect must be to bear a claim out. */
export interface Bound {
  readonly direction: 'above' | 'below';
  readonly margin: number;
  /**
   * The value of no effect: beyond it, on the other side, the claim is refuted.
   * For a threshold without one it is the margin itself.
   */
  readonly noEffect: number;
}

/** One thing that has to hold, and how it is tested. Intervals are of 95 %. */
export type ClaimTest =
  /** Median over seeds (of several terms: over all of them) by bootstrap. */
  | (TestBase & Bound & { readonly kind: 'value'; readonly of: readonly Term[] })
  /** Median over seeds of paired ratios or differences, by bootstrap. */
  | (TestBase & Bound & { readonly kind: 'ratio' | 'difference'; readonly of: Term; readonly to: Term })
  /** Geometric mean of the paired ratios within a factor either way: two one-sided t-tests. */
  | (TestBase & { readonly kind: 'similar'; readonly of: Term; readonly to: Term; readonly factor: number })
  /** Share of seeds whose term is above 0; Wilson's interval. */
  | (TestBase & Bound & { readonly kind: 'rate'; readonly of: Term })
  /** Difference of two such shares; Newcombe's interval. */
  | (TestBase & Bound & { readonly kind: 'rateDifference'; readonly of: Term; readonly to: Term })
  /**
   * Rank correlation over points, one of each seed (or several: a pair of terms each), by bootstrap; points whose
   * `only` is 0 are left out and counted.
   */
  | (TestBase & Bound & { readonly kind: 'correlation'; readonly points: readonly Point[] })
  /**
   * A share of so many `trials` that chance alone would bring about: the exact binomial interval of the median
   * seed's holds `share`.
   */
  | (TestBase & { readonly kind: 'chance'; readonly of: Term; readonly trials: Term; readonly share: number });

/** A pair of terms that are held against each other, where `only` is above 0. Default of `only`: always. */
export interface Point {
  readonly x: Term;
  readonly y: Term;
  readonly only?: Term;
}

/**
 * Something that the original says, registered with its test before anything is run.
 * It holds under a protocol if every one of its tests does.
 */
export interface Claim {
  readonly id: string;
  /** What the original says. */
  readonly statement: string;
  /** What is measured, in words. */
  readonly metric: string;
  /** What would count as an effect, in words. */
  readonly margin: string;
  /** With fewer, the verdict is `inconclusive`. */
  readonly least: { readonly count: number; readonly unit: 'seeds' | 'points' | 'pairs of runs' };
  /** By protocol, each with the controls that it adds. A protocol that is not named does not judge the claim. */
  readonly tests: Readonly<Partial<Record<ProtocolId, readonly ClaimTest[]>>>;
}
