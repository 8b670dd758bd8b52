import type { Source } from '../../original/index.js';

/** A number as it is stated somewhere: its value, and how far from it another number still is the same. */
export interface Printed {
  readonly value: number;
  readonly decimals: number;
  readonly how: 'printed' | 'read off a figure';
  /** Half a unit of the last digit of what was printed; a whole one of what was read off a figure. */
  readonly tolerance: number;
}

/** Units of the last digit by which a number may be off: what is read by eye, and what was rounded in print. */
const unitsOff: Readonly<Record<Printed['how'], number>> = { printed: 0.5, 'read off a figure': 1 };

/** Reads a stated number; undefined if a text is none. `1e-4` is exact. */
export function printedNumber(text: string, source: Source = 'text'): Printed | undefined {
  if (!/^-?\d+(?:\.\d+)?(?:e-?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  const how = source === 'figure' ? 'read off a figure' : 'printed';
  if (text.includes('e')) return { value, how, decimals: -Math.floor(Math.log10(Math.abs(value))), tolerance: 0 };
  const decimals = text.split('.')[1]?.length ?? 0;
  return { value, how, decimals, tolerance: unitsOff[how] / 10 ** decimals };
}

/** Free of the noise of decimal fractions in binary. */
const slack = 1e-9;

/** Whether a number lies between two others, both ends included, up to its tolerance. */
export const liesIn = ({ value, tolerance }: Printed, low: number, high: number): boolean =>
  value >= low - tolerance * (1 + slack) && value <= high + tolerance * (1 + slack);
