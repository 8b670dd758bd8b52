import type { ClaimTest } from '../../study/claim.js';
import { similar, term, value } from '../../study/vocabulary/index.js';
import { type NetworkId, networkIds } from './arms.js';

/** Two networks by their names, `M3 / M1`. */
export const names = (a: NetworkId, b: NetworkId, sign = '/'): string =>
  `${a.toUpperCase()} ${sign} ${b.toUpperCase()}`;

/** The largest and the smallest error of the three networks on the grid alike, for arms of any suffix. */
export const similarErrors = (label: string, suffix = ''): ClaimTest =>
  similar(
    networkIds.map((id) => term(`${id}${suffix}-grid`, value('mse'))),
    `${label}, largest / smallest of the three`,
    1.5,
  );
