import type { End, PartModel, SeedNumber } from '../model/page-model.js';
import { type Html, html, trusted } from './html.js';
import { type Ticks, ticksOf } from './ticks.js';

const size = { width: 400, height: 190, left: 58, right: 8, top: 10, bottom: 36 } as const;
const across = size.width - size.left - size.right;
const up = size.height - size.top - size.bottom;
/** Of more values each of an even choice is drawn. */
const mostDots = 400;

/** The values in the order of their seeds, and the interval as it shrank, against the margin. */
export function evidenceFigure(part: PartModel): Html {
  const { label, effect, expected, units, shrink, margins, noEffect, values } = part;
  const last = shrink.at(-1)?.[0] ?? 1;
  const span = spanOf(part);
  const x = (n: number): number => size.left + (across * n) / last;
  const y = (value: number): number => size.top + (up * (span.high - value)) / (span.high - span.low);
  const clipped = (end: End, infinite: number): number => Math.min(span.high, Math.max(span.low, end ?? infinite));
  const name = `${label}: ${effect} from ${units}, expected ${expected}. The interval after each number of units.`;
  return html`<svg class="shrink" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${name}">\
${trusted(grid(ticksOf(span, part.scale, part.unit), y))}\
${trusted(bandPath(shrink, x, (end, infinite) => y(clipped(end, infinite))))}\
${trusted(dots(values, last, x, (value) => y(clipped(value, value))))}\
${trusted(margins.map((margin) => ruler('margin', y(margin))).join(''))}\
${trusted(noEffect ? ruler('none', y(noEffect.value)) : '')}\
<text x="${size.left}" y="${size.height - 6}">${units.replace(/^\d+ /, '')}: 1 to ${last}</text>\
<text class="end" x="${size.width - size.right}" y="${size.height - 6}">\
line: margin${noEffect && ', dashes: no effect'}</text></svg>`;
}

interface Span {
  readonly low: number;
  readonly high: number;
}

/** What is in sight: the margins, the interval at the end, the middle nine tenths of the values. */
function spanOf({ margins, noEffect, low, high, values }: PartModel): Span {
  const points = pointsOf(values).sort((a, b) => a - b);
  const at = (share: number): number | undefined => points[Math.round(share * (points.length - 1))];
  const all = [...margins, noEffect?.value, low, high, at(0.05), at(0.95)].filter((one) => typeof one === 'number');
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = 0.12 * (most - least) || 0.1 * Math.abs(most) || 1;
  return { low: least - room, high: most + room };
}

/** Values that lie on the axis of the interval; those of a correlation are two a seed, and do not. */
const pointsOf = (values: readonly SeedNumber[]): number[] =>
  values.flatMap(({ x, y }) => (y !== undefined || x === null ? [] : [x[0], x[1]].filter((end) => end !== null)));

const n2 = (value: number): string => String(Math.round(100 * value) / 100);

const grid = ({ ticks, textOf }: Ticks, y: (value: number) => number): string =>
  ticks
    .map(
      (tick) =>
        `<path class="grid" d="M${size.left} ${n2(y(tick))}H${size.width - size.right}"/>` +
        `<text class="end" x="${size.left - 6}" y="${n2(y(tick) + 4)}">${textOf(tick)}</text>`,
    )
    .join('');

const ruler = (name: string, at: number): string =>
  `<path class="${name}" d="M${size.left} ${n2(at)}H${size.width - size.right}"/>`;

/** The interval as a band of steps: what it was after n units holds until the next look. */
function bandPath(
  shrink: PartModel['shrink'],
  x: (n: number) => number,
  y: (end: End, infinite: number) => number,
): string {
  const step =
    (at: (entry: PartModel['shrink'][number]) => number) => (entry: PartModel['shrink'][number], i: number) =>
      `${n2(x(i === 0 ? 0 : shrink[i - 1]![0]))} ${n2(at(entry))} ${n2(x(entry[0]))} ${n2(at(entry))}`;
  const upper = shrink.map(step(([, , high]) => y(high, Number.POSITIVE_INFINITY)));
  const lower = shrink.map(step(([, low]) => y(low, Number.NEGATIVE_INFINITY)));
  const back = lower.map((pair) => pair.split(' ')).map(([a, b, c, d]) => `${c} ${d} ${a} ${b}`);
  return `<path class="band" d="M${[...upper, ...back.reverse()].join(' ')}Z"/>`;
}

/** A dot for each value that is a point; a short rule upwards or downwards for one that was only seen in part. */
function dots(
  values: readonly SeedNumber[],
  last: number,
  x: (n: number) => number,
  y: (value: number) => number,
): string {
  const own = values.filter(({ x: range, y: second }) => second === undefined && range !== null);
  const every = Math.ceil(own.length / mostDots);
  return own
    .map(({ x: range }, i) => (i % every === 0 ? dot(x(((i + 1) * last) / own.length), range!, y) : ''))
    .join('');
}

function dot(at: number, [low, high]: readonly [End, End], y: (value: number) => number): string {
  if (low !== null && high !== null) return `<circle class="dot" cx="${n2(at)}" cy="${n2(y(low))}" r="2"/>`;
  const [from, to] = [y(low ?? Number.NEGATIVE_INFINITY), y(high ?? Number.POSITIVE_INFINITY)];
  return `<path class="part" d="M${n2(at)} ${n2(from)}V${n2(to)}"/>`;
}
