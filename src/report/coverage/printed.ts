/** A number as it is printed somewhere: its value, and half a unit of its last digit. */
export interface Printed {
  readonly value: number;
  readonly decimals: number;
  readonly half: number;
}

/** Reads a printed number; undefined if a text is none. `1e-4` is exact. */
export function printedNumber(text: string): Printed | undefined {
  if (!/^-?\d+(?:\.\d+)?(?:e-?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  if (text.includes('e')) return { value, decimals: -Math.floor(Math.log10(Math.abs(value))), half: 0 };
  const decimals = text.split('.')[1]?.length ?? 0;
  return { value, decimals, half: 0.5 / 10 ** decimals };
}

/** Free of the noise of decimal fractions in binary. */
const slack = 1e-9;

/** Whether a number lies between two others, both ends included, up to half a unit of its last printed digit. */
export const liesIn = ({ value, half }: Printed, low: number, high: number): boolean =>
  value >= low - half * (1 + slack) && value <= high + half * (1 + slack);
