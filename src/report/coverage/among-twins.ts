import type { Printed } from './printed.js';
import { liesIn } from './printed.js';

/** A stated number, and the rounding twins of ours that it is held against. Shapes: twins [n], any order. */
export interface Held {
  readonly stated: Printed;
  readonly twins: readonly number[];
}

/**
 * Of a number that lies beyond its twins: how far beyond; how many of `all` numbers that were printed together do; and
 * how many of the twins would, each printed like the number and held against the others. Undefined where there are no
 * twins to hold it against.
 */
export function amongTwins(own: Held, all: readonly Held[]): string | undefined {
  const held = all.filter(({ twins }) => twins.length > 1);
  if (own.twins.length < 2) return undefined;
  const beyond = held.filter(({ stated, twins }) => !isAmong(stated, twins)).length;
  const others = held.flatMap(({ stated, twins }) =>
    twins.map((value, i) => isAmong({ ...stated, value }, twins.toSpliced(i, 1))),
  );
  const share = (100 * others.filter((isIn) => !isIn).length) / others.length;
  return (
    `${distanceText(own)}; ${beyond} of ${held.length} such numbers are beyond their twins, ` +
    `and ${share.toFixed(0)} % of the twins beyond the others`
  );
}

const isAmong = (stated: Printed, twins: readonly number[]): boolean =>
  liesIn(stated, Math.min(...twins), Math.max(...twins));

/** How far a number is from the nearest twin, beside how far apart these are. */
function distanceText({ stated, twins }: Held): string {
  const [low, high] = [Math.min(...twins), Math.max(...twins)];
  const apart = Math.max(low - stated.value, stated.value - high);
  return `${digits(apart)} from the nearest of ${twins.length} twins, which are ${digits(high - low)} apart`;
}

const digits = (value: number): string => String(Number(value.toPrecision(2)));
