import type { ClaimTest } from '../../src/study/claim.js';
import { type Experiment, protocolIds } from '../../src/study/language.js';
import {
  evidenceOf,
  judgeValues,
  noTestVerdict,
  type SeedValue,
  type Verdict,
  verdictOf,
} from '../../src/verdicts/index.js';

/** What the made-up numbers of a claim come to; `notRun`: it has none. */
const outcomes = ['stands', 'falls', 'fallsShort', 'open', 'notRun'] as const;
type Wanted = (typeof outcomes)[number];

/** A number in (-1, 1) that looks random and never changes. */
const noise = (i: number, salt: number): number =>
  ((Math.imul(i + 1, 2654435761) ^ Math.imul(salt + 7, 40503)) >>> 8) / 2 ** 23 - 1;

/** Verdicts from made-up numbers on every claim: for tests of what is shown, never of what is true. */
export function syntheticVerdicts(experiments: readonly Experiment[]): readonly Verdict[] {
  let place = 0;
  let turn = 0;
  return experiments.flatMap(({ claims }) =>
    claims.flatMap((claim) =>
      protocolIds.flatMap((protocol): readonly Verdict[] => {
        const judged = claim.judged[protocol];
        if (judged === undefined) return [];
        if ('noTest' in judged) return [noTestVerdict(claim, protocol, judged.noTest)];
        const wanted = outcomes[turn++ % outcomes.length]!;
        const parts = judged.tests.map((test, i) => {
          place++;
          const options = { evidence: evidenceOf(160), place, hash: hashOf(place), secondsASeed: 30 };
          return judgeValues(test, valuesOf(test, i === 0 ? wanted : 'stands', place), options);
        });
        return [verdictOf(claim, protocol, parts, { registered: '2026-11-26' })];
      }),
    ),
  );
}

const hashOf = (place: number): string => place.toString(16).padStart(4, '0').repeat(16);

/** So many seeds, from 1001, whose numbers come to an outcome. */
function valuesOf(test: ClaimTest, wanted: Wanted, salt: number): readonly SeedValue[] {
  const count = { stands: 24, falls: 40, fallsShort: 300, open: 9, notRun: 0 }[wanted];
  return Array.from({ length: count }, (_, i): SeedValue => {
    const seed = 1001 + i;
    if (test.kind === 'gamma') {
      const y = noise(i, salt);
      const sign = (test.direction === 'above') === (wanted === 'stands') ? 1 : -1;
      return { seed, x: point(sign * y + 0.1 * noise(i, salt + 1)), y: point(y) };
    }
    const x = numberOf(test, wanted, noise(i, salt));
    return { seed, x: wanted !== 'stands' && i % 17 === 5 ? { low: x, high: Number.POSITIVE_INFINITY } : point(x) };
  });
}

const point = (x: number) => ({ low: x, high: x });

/** A number on the wanted side of the bounds of a test, `shift` of a spread away. */
function numberOf(test: Exclude<ClaimTest, { kind: 'gamma' }>, wanted: Wanted, shift: number): number {
  if (test.kind === 'rate') return Number((test.direction === 'above') === (wanted === 'stands') || shift > 0.97);
  if (test.kind === 'band') {
    const half = (test.high - test.low) / 2;
    return test.low + half + (wanted === 'stands' ? 0.5 : 4) * half * (0.7 + 0.3 * shift);
  }
  const side = test.direction === 'above' ? 1 : -1;
  const spread = Math.max(Math.abs(test.margin - test.noEffect), 0.3 * Math.abs(test.margin), 0.1);
  const middle = { stands: 1.4, falls: -2.5, fallsShort: -0.5, open: 0, notRun: 0 }[wanted];
  return test.margin + side * spread * (middle + (wanted === 'fallsShort' ? 0.3 : 1.2) * shift);
}
