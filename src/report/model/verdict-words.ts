import type { Range } from '../../base/statistics/index.js';
import type { ClaimTest, Scale } from '../../study/claim.js';
import { digits, scaleOf, shownValue } from '../../study/expectation.js';
import {
  decisionOf,
  fewestToCome,
  intervalOf,
  type PartVerdict,
  placeEvidence,
  unitsOf,
} from '../../verdicts/index.js';

const unitsAfter: Readonly<Record<Scale, string>> = { factor: '×', points: ' points', images: ' images', number: '' };

/** What stands after a number of a test: shares are in percent, differences of shares in points of it. */
export function unitOf(test: ClaimTest): string {
  const scale = scaleOf(test);
  const isShare = test.kind === 'rate' || (scale === 'points' && !('difference' in test.x));
  return isShare ? ' %' : unitsAfter[scale];
}

/** Three digits, thousands apart, with a minus sign and an infinity as they are read. */
function plainNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return digits(value)
    .replaceAll('-', '−')
    .replace(/^−?\d{4,}$/, (whole) => whole.replaceAll(/\B(?=(\d{3})+$)/g, ','));
}

/** `2.66×`, `−1.2 points`, `60 %`. */
export function shownNumber(test: ClaimTest, x: number): string {
  const value = test.kind === 'rate' ? 100 * x : shownValue(x, scaleOf(test));
  return `${plainNumber(value)}${unitOf(test)}`;
}

/** Where the effect must be: `above 1.5×`. */
export function expectedText(test: ClaimTest): string {
  if (test.kind === 'band') {
    const [low, high] = [test.low, test.high].map((x) => shownNumber(test, x)) as [string, string];
    return `between ${low.slice(0, low.length - unitOf(test).length)} and ${high}`;
  }
  return `${test.direction} ${shownNumber(test, test.margin)}`;
}

const isBounded = ({ low, high }: Range): boolean => Number.isFinite(low) || Number.isFinite(high);

/** What the units have: a point, or as much of it as is known. */
export function estimateText(test: ClaimTest, { low, high }: Range): string {
  const [from, to] = [shownNumber(test, low), shownNumber(test, high)];
  if (from === to) return from;
  if (high === Number.POSITIVE_INFINITY) return low === Number.NEGATIVE_INFINITY ? 'unknown' : `${from} or more`;
  return low === Number.NEGATIVE_INFINITY ? `${to} or less` : `${from} to ${to}`;
}

/** The effect with the interval that decides, if it has an end: `2.66× [1.9×, 3.4×]`; empty without a unit. */
export function effectText({
  test,
  estimate,
  range,
  n,
}: Pick<PartVerdict, 'test' | 'estimate' | 'range' | 'n'>): string {
  if (n === 0 || estimate === undefined) return '';
  const found = estimateText(test, estimate);
  if (!isBounded(range)) return found;
  return `${found} [${shownNumber(test, range.low)}, ${shownNumber(test, range.high)}]`;
}

/** `16 seeds`, `1 pair of seeds`. */
export const unitsText = (part: Pick<PartVerdict, 'test' | 'n'>): string => `${part.n} ${unitName(part)}`;

/** What so many units are: `seeds`, `pair of seeds`. */
function unitName({ test, n }: Pick<PartVerdict, 'test' | 'n'>): string {
  if (test.kind === 'gamma') return n === 1 ? 'pair of seeds' : 'pairs of seeds';
  return n === 1 ? 'seed' : 'seeds';
}

/** What follows from the interval beside the outcome's word: how far it falls short, or what it would take. */
export function reasonText(part: PartVerdict): string {
  const { test, outcome, real, range, more } = part;
  if (outcome === 'fallsShort' && test.kind !== 'band') {
    const isAbove = test.direction === 'above';
    const end = `${isAbove ? 'at most' : 'at least'} ${shownNumber(test, isAbove ? range.high : range.low)}`;
    return `${end}, our margin is ${shownNumber(test, test.margin)}${real ? '; real, but smaller' : ''}`;
  }
  if (outcome === 'notRun') return leastText(test, more);
  return outcome === 'open' ? [tooFewText(part), more ? moreText(more) : ''].filter((text) => text).join(': ') : '';
}

/** The fewest units that can decide a test: so many that all agree. */
const leastUnits = (test: ClaimTest): number => fewestToCome(test, [], placeEvidence);

/** Whether a part has fewer units than could decide it, whatever they said. */
export const isTooFew = ({ test, n }: Pick<PartVerdict, 'test' | 'n'>): boolean => n < leastUnits(test);

/** `fewer than 16 seeds cannot decide`; empty where there are as many. */
function tooFewText({ test, n }: PartVerdict): string {
  const least = leastUnits(test);
  return n < least ? `fewer than ${least} ${unitName({ test, n: least })} cannot decide` : '';
}

/** The parts of a conjunction that keep it open. */
export const undecided = (parts: readonly PartVerdict[]): readonly PartVerdict[] =>
  parts.filter(({ outcome }) => outcome === 'open' || outcome === 'notRun');

/**
 * What an open conjunction takes. One part that does not stand decides it alone: of those that point that way the
 * quickest; where none does, all have to stand, and it takes as much as the slowest. Empty where it is not open.
 */
export function jointNeeds(parts: readonly PartVerdict[]): string {
  const open = undecided(parts);
  const against = open.filter(pointsAgainst);
  const needs = (against.length > 0 ? against : open).flatMap(({ more }) => more ?? []).toSorted(byLength);
  const deciding = against.length > 0 ? needs[0] : needs.at(-1);
  if (deciding === undefined) return '';
  const few = [...new Set(open.filter(({ n }) => n > 0).map(tooFewText))].filter((text) => text);
  return [few.join(', '), moreText(deciding)].filter((text) => text).join(': ');
}

/** Whether a part would not stand if its interval were its estimate. */
function pointsAgainst({ test, estimate }: PartVerdict): boolean {
  const outcome = estimate && decisionOf(test, estimate);
  return outcome === 'falls' || outcome === 'fallsShort';
}

/** The shorter first: by the most that it may take, then by the least. */
function byLength(a: Needed, b: Needed): number {
  const [[aLeast, aMost = Infinity], [bLeast, bMost = Infinity]] = [a.hours ?? a.seeds, b.hours ?? b.seeds];
  return aMost === bMost ? aLeast - bLeast : aMost - bMost;
}

/** What it takes at the least to decide a test that was not run: `at least 16 seeds (40 min of one core)`. */
function leastText(test: ClaimTest, more: Needed | undefined): string {
  const seeds = leastUnits(test) * (test.kind === 'gamma' ? 2 : 1);
  const hours = more?.hours && (more.hours[0] * seeds) / more.seeds[0];
  return `at least ${seeds} seeds${hours === undefined ? '' : ` (${durationText(hours)} of one core)`}`;
}

type Needed = NonNullable<PartVerdict['more']>;

/** `16 to 40 more seeds (30 min to 1.2 h of one core)`. */
function moreText({ seeds: [from, to], hours }: Needed): string {
  const [least, most] = [from, to ?? from].map((n) => n.toLocaleString('en'));
  const seeds = to === undefined ? `at least ${least}` : least === most ? least : `${least} to ${most}`;
  return `${seeds} more seeds${hours === undefined ? '' : ` (${hoursText(hours)} of one core)`}`;
}

function hoursText([from, to]: NonNullable<Needed['hours']>): string {
  const [low, high] = [durationText(from), to === undefined ? undefined : durationText(to)];
  return high === undefined ? `at least ${low}` : low === high ? low : `${low} to ${high}`;
}

/** Of one core: `12 min`, `1.5 h`. */
export function durationText(hours: number): string {
  const minutes = Math.max(1, Math.round(60 * hours));
  return minutes < 100 ? `${minutes} min` : `${digits(Number(hours.toPrecision(2)))} h`;
}

/** What would change the outcome of a part. */
export function changeText(part: PartVerdict): string {
  const { outcome, more } = part;
  if (outcome === 'withdrawn' || outcome === 'noTest') return '';
  if (outcome === 'notRun') return `It takes ${leastText(part.test, more)} to decide.`;
  if (outcome === 'open') {
    const few = tooFewText(part);
    const first = few === '' ? '' : `${few[0]!.toUpperCase()}${few.slice(1)}. `;
    return more === undefined
      ? `${first}More seeds.`
      : `${first}It takes ${moreText(more)} to decide, if seeds to come are like those seen.`;
  }
  const seeds = seedsToReopen(part);
  if (seeds === undefined) return 'More seeds of the opposite kind would open it again.';
  const next = { test: part.test, n: seeds };
  const opposite = seeds === 1 ? 'said the opposite' : 'all said the opposite';
  return `It would be open again if the next ${seeds === 1 ? '' : `${seeds} `}${unitName(next)} ${opposite}.`;
}

/** The least number of further units, all against the outcome, after which it no longer holds; at most 4,096. */
function seedsToReopen({ test, outcome, values }: PartVerdict): number | undefined {
  const units: readonly Range[] = unitsOf(test, values);
  const against = contrary(test, outcome);
  const holds = (k: number): boolean =>
    decisionOf(test, intervalOf(test, [...units, ...Array<Range>(k).fill(against)], placeEvidence)) === outcome;
  let reopens = 1;
  while (holds(reopens)) {
    if (reopens >= 4096) return undefined;
    reopens *= 2;
  }
  let kept = reopens / 2;
  while (reopens - kept > 1) {
    const middle = Math.floor((kept + reopens) / 2);
    if (holds(middle)) kept = middle;
    else reopens = middle;
  }
  return Math.max(1, reopens);
}

/** A unit that speaks against an outcome: far on the other side. */
function contrary(test: ClaimTest, outcome: PartVerdict['outcome']): Range {
  const isHigh = test.kind === 'band' || (test.direction === 'above') !== (outcome === 'stands');
  if (test.kind === 'rate' || test.kind === 'gamma') return isHigh ? { low: 1, high: 1 } : { low: 0, high: 0 };
  const end = isHigh ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return { low: end, high: end };
}
