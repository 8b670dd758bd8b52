import type { ProtocolId } from './names.js';
import type { Reading } from './reading.js';

/**
 * A number of one unit (almost always a seed), known to lie in an interval [low, high]: a point mostly. Of a run that
 * was stopped at its limit it is [what was seen, Infinity]; what is undefined, or diverged, may be anything.
 */
export type Term =
  | { readonly arm: string; readonly reading: Reading }
  | { readonly number: number }
  | { readonly greatest: readonly Term[] }
  | { readonly least: readonly Term[] }
  | { readonly mean: readonly Term[] }
  | { readonly difference: readonly [Term, Term] }
  | { readonly ratio: readonly [Term, Term] }
  /** Natural logarithm; of a negative number nothing is known. */
  | { readonly log: Term }
  /** A share of so many images as a whole number of them, so that a tie is a tie. */
  | { readonly images: Term; readonly of: number }
  /** Kendall's tau of two lists of equal length: concordant less discordant pairs / all pairs; a tie counts 0. */
  | { readonly kendall: readonly [x: readonly Term[], y: readonly Term[]] }
  /** The number that stands beside the greatest of some terms: where a curve is highest. Shapes: both [terms] */
  | { readonly argmax: readonly Term[]; readonly at: readonly number[] }
  /** 1 if a number is above (and below) what is said, else 0. */
  | { readonly holds: Term; readonly above?: number; readonly below?: number }
  /** 1 if every one of some terms that are 0 or 1 is. */
  | { readonly all: readonly Term[] };

/** Where an effect must be to bear a claim out. */
export interface Bound {
  readonly direction: 'above' | 'below';
  readonly margin: number;
  /**
   * The value of no effect: beyond it, on the other side, the claim falls. For a threshold without one it is the
   * margin itself.
   */
  readonly noEffect: number;
}

/**
 * What a number is, for who shows it. `factor`: it is a logarithm, and read as its exponential; `points`: a share, read
 * in points of a percent; `images`: a count of images. Default `number`.
 */
export type Scale = 'factor' | 'points' | 'images' | 'number';

interface TestBase {
  /** What is compared, in words: `epochs, M3 / M1`. */
  readonly label: string;
}

/** One thing that has to hold: one interval, one place of the register. See docs/definitions.md#verdicts */
export type ClaimTest =
  /** The median over units of a number. */
  | (TestBase & Bound & { readonly kind: 'median'; readonly x: Term; readonly scale?: Scale })
  /** The share of units whose number, 0 or 1, is 1. */
  | (TestBase & Bound & { readonly kind: 'rate'; readonly x: Term })
  /**
   * Goodman and Kruskal's gamma of two numbers over disjoint pairs of units: the first and the second, the third and
   * the fourth, ... Units whose `only` is not 1 are left out.
   */
  | (TestBase & Bound & { readonly kind: 'gamma'; readonly x: Term; readonly y: Term; readonly only?: Term })
  /** The median lies inside a band. */
  | (TestBase & {
      readonly kind: 'band';
      readonly x: Term;
      readonly low: number;
      readonly high: number;
      readonly scale?: Scale;
    });

/** How a claim is judged under one protocol: all tests have to hold; or why it cannot be judged there. */
export type Judged =
  | {
      readonly tests: readonly ClaimTest[];
      /** Raised by one with each change of a registered definition. Default 1. */
      readonly version?: number;
      /** Values that were chosen on selection seeds, and how, in words. */
      readonly chosen?: string;
      /** What else must be known to read the verdict. */
      readonly note?: string;
    }
  | { readonly noTest: string };

/**
 * Something that the original says, registered with its tests before its first confirmatory seed runs, and judged by
 * the tests of its own statement alone.
 */
export interface Claim {
  readonly id: string;
  /** What the original says; a companion: what it asks. */
  readonly statement: string;
  /** What is measured, in words. */
  readonly metric: string;
  /** The claim that this one stands under: a control, a second metric, a modern reading. Never part of its verdict. */
  readonly companionOf?: string;
  /** Of a conditional claim: which units it is about (`seeds that have spikes`). Those without a value are left out. */
  readonly given?: string;
  /** A protocol that is not named does not judge the claim. */
  readonly judged: Readonly<Partial<Record<ProtocolId, Judged>>>;
}
