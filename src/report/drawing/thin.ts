/** A point of a curve. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Thins a curve for drawing: of each of `buckets` equal stretches of it the lowest and the highest point stay, and the
 * first and last point of all, in their order.
 * A spike of a single point is never lost.
 *
 * Shapes: points [n], by rising x; result [at most 2 buckets + 2], or the points themselves where they are no more than
 * that.
 */
export function thin<P extends Point>(points: readonly P[], buckets: number): readonly P[] {
  if (points.length <= 2 * buckets + 2) return points;
  const kept = new Set([0, points.length - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * points.length) / buckets);
    const end = Math.floor(((bucket + 1) * points.length) / buckets);
    let low = start;
    let high = start;
    for (let i = start + 1; i < end; i++) {
      const y = points[i]!.y;
      if (y < points[low]!.y) low = i;
      if (y > points[high]!.y) high = i;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b).map((i) => points[i]!);
}
