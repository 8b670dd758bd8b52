import { requireProbability } from './sample.js';

/**
 * p-values adjusted for a family of m claims, in the order given: compare each with the level itself. Controls the
 * chance of one false claim or more, whatever their dependence.
 *
 *     adjusted_(i) = min(1, max_{j <= i} (m - j + 1) p_(j)),   p_(1) <= ... <= p_(m)
 *
 * Shapes: pValues and result [m]. Reference: Holm 1979, Scandinavian Journal of Statistics 6(2).
 * @throws RangeError if one is not in [0, 1]
 */
export function holm(pValues: readonly number[]): number[] {
  for (const p of pValues) requireProbability(p, 'holm');
  const order = pValues.map((_, i) => i).sort((i, j) => pValues[i]! - pValues[j]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, smaller) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - smaller) * pValues[index]!));
    adjusted[index] = largest;
  });
  return adjusted;
}
