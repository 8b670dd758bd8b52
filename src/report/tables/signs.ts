import type { Glimpse, GlimpsePart } from '../../verdicts/index.js';
import { protocolName } from './tables.js';

/**
 * Which way the numbers of a claim point, whatever their intervals: a first look, from which no verdict follows.
 * `alike`: as the original says, in all tests of the claim; `unlike`: in none of them; `partly`: in some; `unclear`:
 * nothing of it.
 */
export type Sign = 'alike' | 'partly' | 'unlike' | 'unclear';

/** The sign of a claim under one protocol. */
export function signOf({ parts }: Glimpse): Sign {
  const signs = parts.map(signOfPart);
  const holds = (sign: Sign): boolean => signs.includes(sign);
  if (holds('alike')) return signs.every((sign) => sign === 'alike') ? 'alike' : 'partly';
  return holds('unlike') ? 'unlike' : 'unclear';
}

/** At no effect itself there is none. */
function signOfPart({ test, estimate, side }: GlimpsePart): Sign {
  if (side === 'stands') return 'alike';
  if (side === 'falls') return 'unlike';
  const { low, high } = estimate ?? { low: Number.NaN, high: Number.NaN };
  return test.kind !== 'band' && low === test.noEffect && high === test.noEffect ? 'unlike' : 'unclear';
}

/** The sign of a claim under several protocols together: `partly` where they differ. */
export function jointSign(glimpses: readonly Glimpse[]): Sign {
  const signs = new Set(glimpses.map(signOf));
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
export function signText(glimpses: readonly Glimpse[]): string {
  const signs = [...new Set(glimpses.map(signOf))];
  if (signs.length === 1) return signWords[signs[0]!];
  const under = (sign: Sign): string =>
    glimpses
      .filter((one) => signOf(one) === sign)
      .map(({ protocol }) => protocolName(protocol))
      .join(' and ');
  return signs.map((sign) => `${signWords[sign]} ${under(sign)}`).join(', ');
}
