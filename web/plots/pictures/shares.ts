/** Outputs of one sample as shares that add up to 1. */
export function shares(outputs: Float32Array, width: number, i: number): readonly number[] {
  const row = Array.from(outputs.subarray(i * width, (i + 1) * width));
  const most = Math.max(...row);
  const weights = row.map((value) => Math.exp(value - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The place of the greatest value. */
export const indexOfMost = (values: readonly number[]): number => values.indexOf(Math.max(...values));
