/**
 * The order in which to start tasks: as listed, but first, the longest first, those that take more than half of a
 * worker's share of all work. Started last, such a task would leave the other workers idle.
 *
 * Shapes: indices [n] into `work`; result [n]
 */
export function startOrder(
  indices: readonly number[],
  work: readonly number[] | undefined,
  workers: number,
): readonly number[] {
  if (work === undefined || workers === 1) return indices;
  const total = indices.reduce((sum, i) => sum + work[i]!, 0);
  const isLong = (i: number): boolean => work[i]! > total / workers / 2;
  const long = indices.filter(isLong).toSorted((i, j) => work[j]! - work[i]!);
  return [...long, ...indices.filter((i) => !isLong(i))];
}
