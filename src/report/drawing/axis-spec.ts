import type { Axis } from '../../study/figure.js';
import type { Point } from './thin.js';

/** The lowest and the highest value of a coordinate. */
export type Extent = readonly [low: number, high: number];

/** Extent of one coordinate of some points. Shapes: points [n], n >= 1. */
export function extentOf(points: readonly Point[], coordinate: keyof Point): Extent {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    low = Math.min(low, point[coordinate]);
    high = Math.max(high, point[coordinate]);
  }
  return [low, high];
}

/**
 * Vega-Lite's axis and scale for what lies between two values; a long title is broken into lines of at most `room`
 * letters.
 */
export function axisSpec({ label, scale = 'linear' }: Axis, [low, high]: Extent, room: number): object {
  const title = linesOf(label, room);
  if (scale === 'linear') {
    const room = low === high && { domain: [low - Math.abs(0.1 * low || 1), high + Math.abs(0.1 * high || 1)] };
    return { axis: { title, labelExpr: numberText }, scale: { type: 'linear', zero: false, ...room } };
  }
  const domain: Extent = [low * 0.8, high * 1.25];
  return {
    axis: { title, values: logTicks(...domain), labelExpr: numberText },
    scale: { type: 'log', domain, nice: false },
  };
}

/** 200k where labels would meet, 1e-4 where zeros would have to be counted, else as Vega writes it. */
const numberText =
  "abs(datum.value) >= 1e5 ? format(datum.value, '~s') : " +
  "datum.value != 0 && abs(datum.value) < 1e-4 ? format(datum.value, '~e') : datum.label";

/** Numbers of each decade that get a tick, from few to many. */
const roundNumbers = [[1], [1, 3], [1, 2, 5]] as const;

/**
 * Powers of ten, and their doubles and fives where those alone are too few; only every second or third where they are
 * too many.
 */
function logTicks(low: number, high: number): readonly number[] {
  const decades = Math.log10(high / low);
  const stride = Math.max(1, Math.round(decades / 6));
  const ticksAt = (steps: readonly number[]): readonly number[] => {
    const ticks: number[] = [];
    for (let decade = -30; decade <= 30; decade += stride) {
      for (const step of steps) ticks.push(Number(`${step}e${decade}`));
    }
    return ticks.filter((tick) => tick >= low && tick <= high);
  };
  const fewest = decades > 2.3 ? 0 : decades > 1.6 ? 1 : 2;
  const choices = roundNumbers.slice(fewest).map(ticksAt);
  return choices.find((ticks) => ticks.length >= 3) ?? linearTicks(low, high);
}

/** Round values at even steps, for a span that holds too few round steps of a logarithmic axis. */
function linearTicks(low: number, high: number): readonly number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough >= 5 * power ? 5 : rough >= 2 * power ? 2 : 1);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

function linesOf(label: string, room: number): string | readonly string[] {
  const lines: string[] = [];
  for (const word of label.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.length === 1 ? label : lines;
}
