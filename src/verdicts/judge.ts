import type { Claim, ClaimTest, Judged } from '../study/claim.js';
import type { ProtocolId } from '../study/names.js';
import { estimateOf, intervalOf } from './intervals.js';
import { seedsToCome } from './needed.js';
import { conjunction, type Decision, isReal, type Outcome, outcomeInBand, outcomeOf } from './outcome.js';
import { type SeedValue, type Unit, unitsOf } from './units.js';
import type { FromTo, IntervalAt, PartVerdict, Verdict } from './verdict.js';
import { verdictText } from './words.js';

/** 2/a of one place of a register with so many: each is taken at a = 0.05 / places, so that all hold at once. */
export const evidenceOf = (places: number): number => 40 * places;

/** What is known of a place beside its values. */
export interface PlaceOptions {
  /** 2/a. */
  readonly evidence: number;
  readonly place?: number;
  readonly hash?: string;
  /** Of one seed on one worker. */
  readonly secondsASeed?: number;
}

/** The outcome of a test whose interval is known. */
export const decisionOf = (test: ClaimTest, range: { readonly low: number; readonly high: number }): Decision =>
  test.kind === 'band' ? outcomeInBand(range, test) : outcomeOf(range, test);

/**
 * Judges one place from its values, in the order of their seeds: the interval of all units there are, and the outcome
 * that is read off it. See docs/definitions.md#verdicts
 */
export function judgeValues(test: ClaimTest, values: readonly SeedValue[], options: PlaceOptions): PartVerdict {
  const { evidence, place, hash, secondsASeed } = options;
  const units = unitsOf(test, values);
  const range = intervalOf(test, units, evidence);
  const decision = decisionOf(test, range);
  const outcome = values.length === 0 ? 'notRun' : decision;
  return {
    place,
    hash,
    test,
    outcome,
    real: decision === 'fallsShort' && test.kind !== 'band' && isReal(range, test),
    n: units.length,
    leftOut: values.filter(({ x }) => x === undefined).length,
    range,
    estimate: estimateOf(test, units),
    values,
    shrink: shrinking(test, units, evidence),
    ...(decision === 'open' && {
      more: neededFor(seedsToCome(test, units, { evidence, seeds: values.length }), secondsASeed),
    }),
  };
}

const neededFor = (seeds: FromTo, seconds: number | undefined): NonNullable<PartVerdict['more']> => {
  if (seconds === undefined) return { seeds };
  const hours = (n: number): number => (n * seconds) / 3600;
  return { seeds, hours: [hours(seeds[0]), seeds[1] === undefined ? undefined : hours(seeds[1])] };
};

/** The interval after 1, 2, 3, ... and then ever fewer of the numbers of units, some 40 at most, and after all. */
function shrinking(test: ClaimTest, units: readonly Unit[], evidence: number): readonly IntervalAt[] {
  return looks(units.length).map((n) => ({ n, ...intervalOf(test, units.slice(0, n), evidence) }));
}

function looks(n: number): readonly number[] {
  const found: number[] = [];
  for (let k = 1; k < n; k = Math.max(k + 1, Math.floor(k * 1.15))) found.push(k);
  return n === 0 ? [] : [...found, n];
}

/** What is known of a claim beside its parts. */
export interface VerdictOptions {
  readonly registered?: string;
  readonly version?: number;
  readonly history?: readonly Verdict[];
}

/** The verdict on a claim from those on its parts; all of them have to hold. */
export function verdictOf(
  claim: Claim,
  protocol: ProtocolId,
  parts: readonly PartVerdict[],
  { registered, version = 1, history = [] }: VerdictOptions = {},
): Verdict {
  const verdict = { claim, protocol, outcome: jointOutcome(parts), parts, version, history };
  return { ...verdict, ...(registered !== undefined && { registered }), text: verdictText(verdict) };
}

function jointOutcome(parts: readonly PartVerdict[]): Outcome {
  if (parts.every(({ outcome }) => outcome === 'notRun')) return 'notRun';
  return conjunction(parts.map(({ outcome }) => (outcome === 'notRun' ? 'open' : (outcome as Decision))));
}

/** The verdict where there can be none. */
export const noTestVerdict = (claim: Claim, protocol: ProtocolId, noTest: string): Verdict => ({
  claim,
  protocol,
  outcome: 'noTest',
  parts: [],
  text: `no test: ${noTest}`,
  noTest,
  version: 1,
  history: [],
});

/** The tests of a claim under a protocol; none where it is not judged there. */
export const testsOf = ({ judged }: Claim, protocol: ProtocolId): readonly ClaimTest[] => {
  const found: Judged | undefined = judged[protocol];
  return found !== undefined && 'tests' in found ? found.tests : [];
};
