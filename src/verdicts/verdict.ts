import type { Interval } from '../base/statistics/index.js';
import type { Claim } from '../study/claim.js';
import type { ProtocolId } from '../study/names.js';

/** What the results say of a claim. */
export type Verdict = 'supported' | 'refuted' | 'inconclusive';

/** What one test of a claim came to. */
export interface TestOutcome {
  readonly label: string;
  /** Where the effect was to be, in words: `above 1.1`. */
  readonly expected: string;
  /** Estimate and interval; undefined where there were too few values for any. */
  readonly effect: Interval | undefined;
  /** Of the interval. */
  readonly confidence: number;
  readonly outcome: 'supports' | 'refutes' | 'open';
  /** That the effect is not beyond the margin, or not beyond no effect: of the outcome that came. 1 if open. */
  readonly pValue: number;
  /** Values that went in: seeds, points or pairs. */
  readonly count: number;
  /** What else must be known, or empty: values that were left out, why there is no effect. */
  readonly note: string;
}

/** The verdict on a claim under one protocol. */
export interface Judgement {
  readonly claim: Claim;
  readonly protocol: ProtocolId;
  readonly verdict: Verdict;
  readonly tests: readonly TestOutcome[];
  /** The fewest values that a test of it had, in units of `claim.least`. */
  readonly count: number;
  /** How many are missing to the least. */
  readonly missing: number;
  /** p of the verdict over all its tests; 1 if it is inconclusive. After `adjustForStudy`, Holm's. */
  readonly pValue: number;
  /** True for a miniature: the verdict is shown, and counts for nothing. */
  readonly miniature: boolean;
  /** The verdict with its reasons, in plain words. */
  readonly text: string;
}
