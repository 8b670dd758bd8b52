import type { Printed } from './printed.js';
import { liesIn } from './printed.js';

/** A stated number, and the rounding twins of ours that it is held against. Shapes: twins [n], any order. */
export interface Held {
  readonly stated: Printed;
  readonly twins: readonly number[];
}

/**
 * Of numbers that were printed together: how many lie beyond their twins, and how many of the twins would, each printed
 * like its number and held against the others. Undefined where there are no twins to hold them against.
 */
export function amongTwins(all: readonly Held[]): string | undefined {
  const held = all.filter(({ twins }) => twins.length > 1);
  if (held.length === 0) return undefined;
  const beyond = held.filter(({ stated, twins }) => !isAmong(stated, twins)).length;
  const others = held.flatMap(({ stated, twins }) =>
    twins.map((value, i) => isAmong({ ...stated, value }, twins.toSpliced(i, 1))),
  );
  const share = (100 * others.filter((isIn) => !isIn).length) / others.length;
  return (
    `${beyond} of ${held.length} such numbers are beyond their twins, ` +
    `and ${share.toFixed(0)} % of the twins beyond the others`
  );
}

const isAmong = (stated: Printed, twins: readonly number[]): boolean =>
  liesIn(stated, Math.min(...twins), Math.max(...twins));
