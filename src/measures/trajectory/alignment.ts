/** A point of a plane. */
export type Point = readonly [x: number, y: number];

/** Points that were turned and mirrored to be nearest to others. Shapes: points [n] */
export interface Alignment {
  readonly points: readonly Point[];
  /** What is left: root of the summed squared distances over that of the others' squared lengths. */
  readonly misfit: number;
}

/**
 * Points turned about the origin, and mirrored if that is nearer, onto others (orthogonal Procrustes in the plane):
 * axes of principal components have no signs of their own, and where two explain nearly as much no direction either.
 *
 *     R = argmin over orthogonal R of sum_i |R a_i - b_i|^2
 *
 * Nothing is moved or scaled. Shapes: from, to [n], pairwise.
 * Reference: Schoenemann 1966, A generalized solution of the orthogonal Procrustes problem.
 * @throws RangeError if the lists differ in length or are empty
 */
export function aligned(from: readonly Point[], to: readonly Point[]): Alignment {
  if (from.length !== to.length || from.length === 0) {
    throw new RangeError(`aligned: expected as many points as in the picture, got ${from.length} and ${to.length}`);
  }
  const sumOf = (f: (a: Point, b: Point) => number): number => from.reduce((sum, a, i) => sum + f(a, to[i]!), 0);
  const turn = { c: sumOf((a, b) => a[0] * b[0] + a[1] * b[1]), s: sumOf((a, b) => a[0] * b[1] - a[1] * b[0]) };
  const mirror = { c: sumOf((a, b) => a[0] * b[0] - a[1] * b[1]), s: sumOf((a, b) => a[0] * b[1] + a[1] * b[0]) };
  const isMirrored = length(mirror) > length(turn);
  const { c, s } = unit(isMirrored ? mirror : turn);
  const sign = isMirrored ? -1 : 1;
  const points = from.map(([x, y]): Point => [c * x - sign * s * y, s * x + sign * c * y]);
  const left = points.reduce((sum, [x, y], i) => sum + (x - to[i]![0]) ** 2 + (y - to[i]![1]) ** 2, 0);
  return { points, misfit: Math.sqrt(left / sumOf((_, b) => b[0] ** 2 + b[1] ** 2)) };
}

interface Direction {
  readonly c: number;
  readonly s: number;
}

const length = ({ c, s }: Direction): number => Math.sqrt(c * c + s * s);

/** Points that all lie at the origin are not turned. */
const unit = (direction: Direction): Direction => {
  const size = length(direction);
  return size === 0 ? { c: 1, s: 0 } : { c: direction.c / size, s: direction.s / size };
};
