import { type Alternative, binomialTest } from './binomial.js';
import { requireSample } from './sample.js';

/** How often differences point each way, and how likely that is by chance. */
export interface SignTest {
  readonly nPositive: number;
  readonly nNegative: number;
  readonly nZero: number;
  readonly pValue: number;
}

/**
 * Exact test that differences are as often positive as negative; zeros are left out. Shift the differences to test
 * against a margin.
 *
 *     nPositive ~ Binomial(nPositive + nNegative, 1/2)
 *
 * Shapes: differences [n]. Range of pValue: (0, 1]; 1 where all are zero.
 * @throws RangeError if there is no difference or one is not finite
 */
export function signTest(differences: ArrayLike<number>, alternative: Alternative = 'twoSided'): SignTest {
  requireSample(differences, 'signTest');
  const signs = Array.from(differences, Math.sign);
  const nPositive = signs.filter((sign) => sign > 0).length;
  const nNegative = signs.filter((sign) => sign < 0).length;
  const decided = nPositive + nNegative;
  return {
    nPositive,
    nNegative,
    nZero: signs.length - decided,
    pValue: decided === 0 ? 1 : binomialTest(nPositive, decided, 0.5, alternative),
  };
}
