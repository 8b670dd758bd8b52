import { counted } from '../base/counted.js';
import type { Range } from '../base/statistics/index.js';
import type { ClaimTest } from '../study/claim.js';
import { digits, expectation, scaleOf, shown } from '../study/expectation.js';
import type { Outcome } from './outcome.js';
import type { FromTo, Needed, PartVerdict, Verdict } from './verdict.js';

/** An outcome in one or two words. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  stands: 'stands',
  falls: 'falls',
  fallsShort: 'falls short',
  open: 'open',
  noTest: 'no test',
  notRun: 'not yet run',
  withdrawn: 'withdrawn',
};

/** What an outcome means. */
export const outcomeMeanings: Readonly<Record<Outcome, string>> = {
  stands: 'the whole interval lies beyond our margin',
  falls: 'the whole interval lies on the other side of no effect',
  fallsShort: 'the whole interval lies short of our margin: an effect, if there is one, is smaller than what counts',
  open: 'none of these yet: it takes more seeds',
  noTest: 'cannot be judged under this protocol',
  notRun: 'registered; no confirmatory seed has run',
  withdrawn: 'a version that another has taken the place of',
};

/** `2.4 [2.1, 2.9]`; an estimate that is not a point as `2.4 or more`. */
export function effectText(test: ClaimTest, estimate: Range | undefined, range: Range): string {
  const scale = scaleOf(test);
  const end = (x: number): string => shown(x, scale);
  return `${estimateText(test, estimate)} [${end(range.low)}, ${end(range.high)}]`;
}

/** A median, rate or gamma as it is read. */
export function estimateText(test: ClaimTest, estimate: Range | undefined): string {
  if (estimate === undefined) return 'no value';
  const [low, high] = [shown(estimate.low, scaleOf(test)), shown(estimate.high, scaleOf(test))];
  if (low === high) return low;
  if (estimate.high === Number.POSITIVE_INFINITY)
    return estimate.low === Number.NEGATIVE_INFINITY ? 'unknown' : `${low} or more`;
  return estimate.low === Number.NEGATIVE_INFINITY ? `${high} or less` : `${low} to ${high}`;
}

/** `85 to 166`, `at least 85`. */
const fromTo = ([from, to]: FromTo, word: (x: number) => string): string =>
  to === undefined ? `at least ${word(from)}` : word(from) === word(to) ? word(from) : `${word(from)} to ${word(to)}`;

/** A time for people: `40 s`, `3 min`, `2.5 h`. */
export function timeText(hours: number): string {
  const seconds = hours * 3600;
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${digits(hours)} h`;
}

/** `85 to 166 more seeds, 30 min to 2.5 h`. */
export function neededText({ seeds, hours }: Needed): string {
  const time = hours === undefined ? '' : `, ${fromTo(hours, timeText)}`;
  return `${fromTo(seeds, String)} more seeds${time}`;
}

/** `falls short: at most 1.4, our margin is 1.5; real, but smaller`. */
function reason({ test, outcome, real, range, more }: PartVerdict): string {
  if (outcome === 'fallsShort' && test.kind !== 'band') {
    const scale = scaleOf(test);
    const [bound, side] = test.direction === 'above' ? [range.high, 'at most'] : ([range.low, 'at least'] as const);
    const end = `${side} ${shown(bound, scale)}, our margin is ${shown(test.margin, scale)}`;
    return `${end}${real ? '; real, but smaller' : ''}`;
  }
  return (outcome === 'open' || outcome === 'notRun') && more ? neededText(more) : '';
}

/** One part: what was found, from how many units, what was expected, and what follows. */
export function partText(part: PartVerdict): string {
  const { test, outcome, n, estimate, range } = part;
  const units = test.kind === 'gamma' ? `${counted(n, 'pair')} of seeds` : counted(n, 'seed');
  const found = n === 0 ? '' : ` ${effectText(test, estimate, range)} from ${units},`;
  const why = reason(part);
  if (outcome === 'notRun') return `${test.label}, expected ${expectation(test)}${why && ` (${why})`}`;
  return `${test.label}:${found} expected ${expectation(test)}: ${outcomeWords[outcome]}${why && ` (${why})`}`;
}

/** A verdict and its reasons in plain words. */
export function verdictText({ outcome, parts }: Pick<Verdict, 'outcome' | 'parts'>): string {
  return `${outcomeWords[outcome]}: ${parts.map(partText).join('; ')}`;
}
