import { lowerBound } from '../../src/base/lower-bound.js';
/** Points of one line over steps, as they come: all of them are kept, and any stretch is summed up at once. */
export interface Series {
  readonly count: number;
  /** Ascending. Shapes: x and y [at least count] */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** @throws RangeError if x is not above the last one */
  push(x: number, y: number): void;
  /** What lies in the points [from, to). */
  summary(from: number, to: number): Summary;
}

/** What lies in a stretch of points; infinities where there is no such point. */
export interface Summary {
  /** Of the finite values. */
  readonly min: number;
  readonly max: number;
  /** Least of the finite values above 0. */
  readonly minPositive: number;
  /** Whether a value is NaN or infinite. */
  readonly notFinite: boolean;
}

const blockSize = 256;
const firstRoom = 1024;

const nothing: Summary = {
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  minPositive: Number.POSITIVE_INFINITY,
  notFinite: false,
};

const joined = (a: Summary, b: Summary): Summary => ({
  min: Math.min(a.min, b.min),
  max: Math.max(a.max, b.max),
  minPositive: Math.min(a.minPositive, b.minPositive),
  notFinite: a.notFinite || b.notFinite,
});

function summed(y: Float64Array, from: number, to: number): Summary {
  let { min, max, minPositive, notFinite } = nothing;
  for (let i = from; i < to; i++) {
    const value = y[i]!;
    if (!Number.isFinite(value)) {
      notFinite = true;
      continue;
    }
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (value > 0) minPositive = Math.min(minPositive, value);
  }
  return { min, max, minPositive, notFinite };
}

const widened = (values: Float64Array): Float64Array => {
  const wider = new Float64Array(2 * values.length);
  wider.set(values);
  return wider;
};

/** An empty line. */
export function createSeries(): Series {
  let [x, y] = [new Float64Array(firstRoom), new Float64Array(firstRoom)] as [Float64Array, Float64Array];
  const blocks: Summary[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    get x() {
      return x;
    },
    get y() {
      return y;
    },
    push(at, value) {
      if (count > 0 && !(at > x[count - 1]!))
        throw new RangeError(`series: expected x above ${x[count - 1]}, got ${at}`);
      if (count === x.length) [x, y] = [widened(x), widened(y)];
      [x[count], y[count]] = [at, value];
      count++;
      if (count % blockSize === 0) blocks.push(summed(y, count - blockSize, count));
    },
    summary(from, to) {
      const end = Math.min(to, count);
      const firstBlock = Math.ceil(from / blockSize);
      const lastBlock = Math.floor(end / blockSize);
      if (firstBlock >= lastBlock) return summed(y, from, end);
      let all = joined(summed(y, from, firstBlock * blockSize), summed(y, lastBlock * blockSize, end));
      for (let block = firstBlock; block < lastBlock; block++) all = joined(all, blocks[block]!);
      return all;
    },
  };
}

/** The first point whose x is at least a value; the count where there is none. */
export const firstFrom = ({ x, count }: Series, value: number): number => lowerBound(x, value, count);

/** The point whose x is nearest to a value; -1 where there is none. */
export function nearestTo(series: Series, value: number): number {
  const after = firstFrom(series, value);
  if (series.count === 0) return -1;
  if (after === series.count) return series.count - 1;
  const before = Math.max(0, after - 1);
  return value - series.x[before]! <= series.x[after]! - value ? before : after;
}
