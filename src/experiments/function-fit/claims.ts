import type { ClaimTest } from '../../study/claim.js';
import { similar, term, value } from '../../study/vocabulary/index.js';
import { type NetworkId, networkIds } from './arms.js';

/** Two networks by their names, `M3 / M1`. */
export const names = (a: NetworkId, b: NetworkId, sign = '/'): string =>
  `${a.toUpperCase()} ${sign} ${b.toUpperCase()}`;

const pairs = networkIds.flatMap((a, i) => networkIds.slice(i + 1).map((b) => [a, b] as const));

/** The errors of each two networks on the grid alike, for arms of any suffix. */
export const similarErrors = (label: string, suffix = ''): readonly ClaimTest[] =>
  pairs.map(([a, b]) =>
    similar(
      term(`${a}${suffix}-grid`, value('mse')),
      term(`${b}${suffix}-grid`, value('mse')),
      `${label}, ${names(a, b)}`,
    ).within(1.5),
  );

/** How `similarErrors` puts its margin. */
export const alike = (bound: string): string => `${bound} (two one-sided tests)`;
