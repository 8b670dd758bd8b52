import type { ClaimTest } from '../../study/claim.js';
import type { Judgement, TestOutcome } from '../../verdicts/index.js';
import { protocolName } from './tables.js';

/**
 * Which way the numbers of a claim point, whatever their intervals: a first look, from which no verdict follows.
 * `alike`: as the original says, in all tests of the claim; `unlike`: in none of them; `partly`: in some; `unclear`:
 * nothing of it.
 */
export type Sign = 'alike' | 'partly' | 'unlike' | 'unclear';

/** The sign of a claim under one protocol. */
export function signOf({ claim, protocol, tests }: Judgement): Sign {
  const specs = claim.tests[protocol] ?? [];
  const signs = tests.map((outcome, i) => specs[i] && signOfTest(specs[i], outcome));
  const holds = (sign: Sign): boolean => signs.includes(sign);
  if (holds('alike')) return signs.every((sign) => sign === 'alike') ? 'alike' : 'partly';
  return holds('unlike') ? 'unlike' : 'unclear';
}

function signOfTest(test: ClaimTest, { effect }: TestOutcome): Sign {
  if (effect === undefined) return 'unclear';
  const { estimate, low, high } = effect;
  if (test.kind === 'similar') return isWithin(estimate, 1 / test.factor, test.factor) ? 'alike' : 'unlike';
  if (test.kind === 'chance') return isWithin(test.share, low, high) ? 'alike' : 'unlike';
  const side = test.direction === 'above' ? 1 : -1;
  if (side * (estimate - test.margin) > 0) return 'alike';
  return side * (estimate - test.noEffect) <= 0 ? 'unlike' : 'unclear';
}

const isWithin = (value: number, low: number, high: number): boolean => value >= low && value <= high;

/** The sign of a claim under several protocols together: `partly` where they differ. */
export function jointSign(judgements: readonly Judgement[]): Sign {
  const signs = new Set(judgements.map(signOf));
  return signs.size === 1 ? [...signs][0]! : 'partly';
}

/** A sign in words. */
export const signWords: Readonly<Record<Sign, string>> = {
  alike: 'here too',
  partly: 'in part',
  unlike: 'not here',
  unclear: 'not clear here',
};

/** What came of a claim, by protocol where they differ: `here too as coded, not here as intended`. */
export function signText(judgements: readonly Judgement[]): string {
  const signs = [...new Set(judgements.map(signOf))];
  if (signs.length === 1) return signWords[signs[0]!];
  const under = (sign: Sign): string =>
    judgements
      .filter((one) => signOf(one) === sign)
      .map(({ protocol }) => protocolName(protocol))
      .join(' and ');
  return signs.map((sign) => `${signWords[sign]} ${under(sign)}`).join(', ');
}
