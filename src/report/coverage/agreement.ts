import type { QuantityCell, Spread } from '../tables/quantity-rows.js';
import { liesIn, type Printed } from './printed.js';

/** How ours stands to what is stated, and in words. */
export interface Agreement {
  readonly standing: Exclude<Standing, 'none'>;
  readonly words: string;
}

/** What can be said of a stated value, each with what it means. */
export const standings = {
  same: 'ours is the same, to every digit that is printed; of what is read off a figure, to one unit of its last digit',
  within: 'it lies within the range of our seeds, of our rounding twins, or of other draws of what is lost',
  beyond: 'it lies beyond that range',
  apart: 'ours is another, and has no range yet: one run of one seed',
  other: 'it is set otherwise under every protocol',
  shown: 'there is nothing to compare digit by digit: a figure, a verdict, a definition',
  none: 'there is nothing of ours, and a reason is given',
} as const satisfies Readonly<Record<string, string>>;

/** How a stated value stands to ours. */
export type Standing = keyof typeof standings;

/** Holds a stated number against a measured one: digit by digit, then against its twins, its seeds and other draws. */
export function numberAgreement(
  stated: Printed,
  { seeds, twins }: QuantityCell,
  draws?: Spread,
): Agreement | undefined {
  if (seeds === undefined) return undefined;
  if (liesIn(stated, seeds.median, seeds.median)) return { standing: 'same', words: `the same as ${stated.how}` };
  const bands = [
    ['twins', twins],
    ['seeds', seeds],
    ['draws', draws],
  ] as const;
  const known = bands.flatMap(([name, band]) => (band && band.count > 1 ? [{ name, band }] : []));
  const holding = known.find(({ band }) => liesIn(stated, band.lowest, band.highest));
  if (holding) return { standing: 'within', words: `within ${rangeWords(holding.name, holding.band, stated)}` };
  if (known.length === 0) return { standing: 'apart', words: 'another, and one run has no range' };
  const ranges = known.map(({ name, band }) => rangeWords(name, band, stated));
  const apart = Math.min(...known.map(({ band }) => distance(stated.value, band)));
  return { standing: 'beyond', words: `beyond ${ranges.join(' and ')}, by ${Number(apart.toPrecision(2))}` };
}

function rangeWords(name: string, { lowest, highest, count }: Spread, stated: Printed): string {
  const decimals = stated.decimals + (isLost(lowest, stated) || isLost(highest, stated) ? 1 : 0);
  return `${count} ${name}, ${lowest.toFixed(decimals)} to ${highest.toFixed(decimals)}`;
}

/** How far a number is from the nearest of a band that does not hold it. */
const distance = (value: number, { lowest, highest }: Spread): number => Math.max(lowest - value, value - highest);

/** Whether the digits of what is stated are too few to tell another number from it. */
const isLost = (value: number, stated: Printed): boolean =>
  !Number.isInteger(value) && Math.abs(value - stated.value) < 2 * 10 ** -stated.decimals;
