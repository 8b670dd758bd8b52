import type { Range } from '../base/statistics/index.js';
import type { Claim, ClaimTest } from '../study/claim.js';
import type { ProtocolId } from '../study/names.js';
import type { Outcome } from './outcome.js';
import type { SeedValue } from './units.js';

/** The interval of a part when it had so many units. */
export interface IntervalAt extends Range {
  readonly n: number;
}

/** A least and a most; undefined: there may be none. */
export type FromTo = readonly [from: number, to: number | undefined];

/** What an open part would still take: half of all studies of its kind end within. */
export interface Needed {
  readonly seeds: FromTo;
  /** Of one worker; undefined where no price of a seed is known. */
  readonly hours?: FromTo;
}

/** One place of the register: one test, its interval and what follows from it. */
export interface PartVerdict {
  /** Of the register; undefined where it is not registered. */
  readonly place: number | undefined;
  /** SHA-256 of the register's entry. */
  readonly hash: string | undefined;
  readonly test: ClaimTest;
  readonly outcome: Outcome;
  /** Of what falls short: whether it is an effect all the same. */
  readonly real: boolean;
  /** Units that count: seeds, or pairs of seeds. */
  readonly n: number;
  /** Seeds that are left out by the registered condition. */
  readonly leftOut: number;
  /** The interval that decides; it holds together with those of all other places, at any time. */
  readonly range: Range;
  /** Median, rate or gamma of the units themselves; undefined without units. */
  readonly estimate: Range | undefined;
  /** In the order of seeds. */
  readonly values: readonly SeedValue[];
  /** The interval as it shrank, thinned; the last is `range`. */
  readonly shrink: readonly IntervalAt[];
  /** Of an open part, and of one that was not run. */
  readonly more?: Needed;
}

/** The verdict on a claim under one protocol. */
export interface Verdict {
  readonly claim: Claim;
  readonly protocol: ProtocolId;
  readonly outcome: Outcome;
  readonly parts: readonly PartVerdict[];
  /** The verdict with its reasons, in plain words. */
  readonly text: string;
  /** Date of the register's entry. */
  readonly registered?: string;
  /** Why it cannot be judged. */
  readonly noTest?: string;
  readonly version: number;
  /** Older versions, the latest first. */
  readonly history: readonly Verdict[];
}
