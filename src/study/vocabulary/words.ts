/** A whole number with its thousands apart: `60,000`. */
export const count = (n: number): string => String(n).replaceAll(/\B(?=(\d{3})+$)/g, ',');

/** A share in percent, without the sign: `0.1` for 0.001. Free of the noise of the last digits. */
export const percent = (share: number): string => String(Number((100 * share).toPrecision(12)));

/** The sizes of a set of runs, in words: `3,000 training and 2,000 test images`. */
export const imagesOf = ({ trainSize, testSize }: { readonly trainSize: number; readonly testSize: number }): string =>
  `${count(trainSize)} training and ${count(testSize)} test images`;

/** n evenly spaced numbers from low to high, free of the noise of their last digits. */
export const evenly = (low: number, high: number, n: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => Number((low + (i * (high - low)) / (n - 1)).toPrecision(12)));
