type Point = readonly [number, number];

/** Points of a stroke nearer than this share of the picture are one. */
const leastGap = 0.012;
const mostPoints = 400;

/**
 * Points with a stroke drawn over them: what lies within its reach is replaced, so that a curve can be drawn anew piece
 * by piece; a click adds one point. Ascending in x, numbers of six digits.
 */
export function withStroke(points: readonly Point[], stroke: readonly Point[], width: number): readonly Point[] {
  const drawn = thinned(
    stroke.toSorted(([a], [b]) => a - b),
    leastGap * width,
  );
  const [low, high] = [drawn[0]![0], drawn.at(-1)![0]];
  const left = drawn.length === 1 ? points.filter(([x]) => x !== low) : points.filter(([x]) => x < low || x > high);
  return [...left, ...drawn].toSorted(([a], [b]) => a - b).slice(0, mostPoints);
}

function thinned(stroke: readonly Point[], gap: number): readonly Point[] {
  const kept: Point[] = [];
  for (const [x, y] of stroke) {
    const last = kept.at(-1);
    if (!last || x - last[0] >= gap) kept.push([round(x), round(y)]);
  }
  return kept;
}

const round = (value: number): number => Number(value.toPrecision(6));
