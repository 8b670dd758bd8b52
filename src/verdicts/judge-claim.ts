import type { Claim } from '../study/claim.js';
import type { ProtocolId } from '../study/names.js';
import type { SeedResults } from './term-value.js';
import { testClaim } from './test-claim.js';
import { verdictText } from './text.js';
import type { Judgement, TestOutcome, Verdict } from './verdict.js';

/** How a claim is judged. */
export interface JudgeOptions {
  /** Sizes below the original's: the verdict is shown and counts for nothing. Default false. */
  readonly miniature?: boolean;
}

/**
 * Judges a claim from the results of some seeds: `supported` if every test has its whole interval beyond the margin,
 * `refuted` if one has it on the other side of no effect, else, and with fewer values than the least, `inconclusive`.
 * Undefined if the protocol does not judge the claim.
 * See docs/definitions.md#verdicts
 */
export function judgeClaim(
  claim: Claim,
  protocol: ProtocolId,
  seeds: readonly SeedResults[],
  { miniature = false }: JudgeOptions = {},
): Judgement | undefined {
  const tests = claim.tests[protocol]?.map((test) => testClaim(test, seeds));
  if (tests === undefined || tests.length === 0) return undefined;
  const count = tests.reduce((fewest, test) => Math.min(fewest, test.count), Infinity);
  const missing = Math.max(0, claim.least.count - count);
  const verdict = missing > 0 ? 'inconclusive' : verdictOf(tests);
  return worded({ claim, protocol, verdict, tests, count, missing, pValue: pValueOf(tests, verdict), miniature });
}

/** A judgement with the words that belong to it. */
export function worded(judgement: Omit<Judgement, 'text'>, reason = ''): Judgement {
  return { ...judgement, text: verdictText(judgement, reason) };
}

function verdictOf(tests: readonly TestOutcome[]): Verdict {
  if (tests.some(({ outcome }) => outcome === 'refutes')) return 'refuted';
  return tests.every(({ outcome }) => outcome === 'supports') ? 'supported' : 'inconclusive';
}

/**
 * All have to hold, so the largest decides in favour; any one refutes, so the smallest, times their number, decides
 * against.
 */
function pValueOf(tests: readonly TestOutcome[], verdict: Verdict): number {
  if (verdict === 'inconclusive') return 1;
  if (verdict === 'supported') return Math.max(...tests.map(({ pValue }) => pValue));
  const against = tests.filter(({ outcome }) => outcome === 'refutes').map(({ pValue }) => pValue);
  return Math.min(1, tests.length * Math.min(...against));
}
