import { log } from '../base/math.js';
import type { Range } from '../base/statistics/index.js';
import type { Term } from '../study/claim.js';
import { point, readingRange, unknown } from '../study/reading-range.js';
import type { ResultView } from '../study/take-reading.js';

/** The results of one seed, by the id of the arm; undefined for what is not done. */
export type SeedResults = (arm: string) => ResultView | undefined;

/**
 * The interval that holds a term, from the results of one seed. Ends that are not defined (infinity less infinity,
 * what divides by an interval around 0) make it unknown, and so does an arm without a result.
 */
export function termRange(term: Term, results: SeedResults): Range {
  const range = rawRange(term, (part) => termRange(part, results), results);
  return range.low <= range.high ? range : unknown;
}

type Evaluate = (term: Term) => Range;

function rawRange(term: Term, of: Evaluate, results: SeedResults): Range {
  if ('number' in term) return point(term.number);
  if ('arm' in term) {
    const result = results(term.arm);
    return result === undefined ? unknown : readingRange(term.reading, result);
  }
  if ('greatest' in term) return greatest(term.greatest.map(of));
  if ('least' in term) return least(term.least.map(of));
  if ('mean' in term) return meanOf(term.mean.map(of));
  if ('all' in term) return least(term.all.map(of));
  if ('log' in term) return logOf(of(term.log));
  if ('images' in term) return imagesOf(of(term.images), term.of);
  if ('holds' in term) return holdsOf(of(term.holds), term);
  if ('argmax' in term) return argmaxOf(term.argmax.map(of), term.at);
  if ('kendall' in term) return kendallOf(term.kendall[0].map(of), term.kendall[1].map(of));
  const [a, b] = 'ratio' in term ? term.ratio : term.difference;
  return 'ratio' in term ? ratioOf(of(a), of(b)) : differenceOf(of(a), of(b));
}

const greatest = (ranges: readonly Range[]): Range => ({
  low: Math.max(...ranges.map(({ low }) => low)),
  high: Math.max(...ranges.map(({ high }) => high)),
});
const least = (ranges: readonly Range[]): Range => ({
  low: Math.min(...ranges.map(({ low }) => low)),
  high: Math.min(...ranges.map(({ high }) => high)),
});
const meanOf = (ranges: readonly Range[]): Range => ({
  low: ranges.reduce((sum, { low }) => sum + low, 0) / ranges.length,
  high: ranges.reduce((sum, { high }) => sum + high, 0) / ranges.length,
});

/** From the least to the largest of the numbers beside what may be the greatest. */
function argmaxOf(ranges: readonly Range[], at: readonly number[]): Range {
  const { low: surely } = greatest(ranges);
  const possible = at.filter((_, i) => ranges[i]!.high >= surely);
  return { low: Math.min(...possible), high: Math.max(...possible) };
}

const differenceOf = (a: Range, b: Range): Range => ({ low: a.low - b.high, high: a.high - b.low });
const negative = ({ low, high }: Range): Range => ({ low: -high, high: -low });

function ratioOf(a: Range, b: Range): Range {
  if (b.high < 0) return ratioOf(negative(a), negative(b));
  if (b.low <= 0) return unknown;
  return {
    low: a.low / (a.low >= 0 ? b.high : b.low),
    high: a.high / (a.high >= 0 ? b.low : b.high),
  };
}

const logOf = ({ low, high }: Range): Range => (low < 0 ? unknown : { low: logEnd(low), high: logEnd(high) });
const logEnd = (x: number): number =>
  x === 0 ? Number.NEGATIVE_INFINITY : x === Number.POSITIVE_INFINITY ? x : log(x);

const imagesOf = ({ low, high }: Range, of: number): Range => ({
  low: Math.round(low * of),
  high: Math.round(high * of),
});

/** Whether a number lies between two bounds, both ends out. */
function holdsOf(
  { low, high }: Range,
  {
    above = Number.NEGATIVE_INFINITY,
    below = Number.POSITIVE_INFINITY,
  }: { readonly above?: number; readonly below?: number },
): Range {
  const [isAbove, isBelow] = [above === Number.NEGATIVE_INFINITY, below === Number.POSITIVE_INFINITY];
  const surely = (isAbove || low > above) && (isBelow || high < below);
  const perhaps = (isAbove || high > above) && (isBelow || low < below);
  return { low: surely ? 1 : 0, high: perhaps ? 1 : 0 };
}

/** The sign of a - b: a point where it is known. */
function signOf(a: Range, b: Range): Range {
  if (a.low > b.high) return point(1);
  if (a.high < b.low) return point(-1);
  return a.low === b.high && a.high === b.low ? point(0) : { low: -1, high: 1 };
}

/** Whether two units are ordered alike (1), against each other (-1), or tie (0) in two quantities. */
export function concordance([x1, x2]: readonly [Range, Range], [y1, y2]: readonly [Range, Range]): Range {
  const [x, y] = [signOf(x1, x2), signOf(y1, y2)];
  const products = [x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high];
  return { low: Math.min(...products), high: Math.max(...products) };
}

function kendallOf(x: readonly Range[], y: readonly Range[]): Range {
  const pairs = x.flatMap((first, i) =>
    x.slice(i + 1).map((second, j) => concordance([first, second], [y[i]!, y[i + 1 + j]!])),
  );
  return meanOf(pairs);
}
