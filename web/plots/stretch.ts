/** Two places of an axis, or two values. */
export type Pair = readonly [number, number];

/** A stretch of steps that fingers hold: where each is along the axis (0 to 1), and the step that it took hold of. */
export interface Held {
  readonly at: number;
  readonly step: number;
}

interface Axis {
  /** All steps that there are. */
  readonly all: Pair;
  readonly log: boolean;
}

const onAxis = (step: number, log: boolean): number => (log ? Math.log(step) : step);
const offAxis = (place: number, log: boolean): number => (log ? Math.exp(place) : place);

/** The step at a place of an axis. */
export function stepAt(at: number, [from, to]: Pair, log: boolean): number {
  const [low, high] = [onAxis(from, log), onAxis(to, log)];
  return offAxis(low + (high - low) * at, log);
}

/**
 * The stretch in which every step that is held lies under its finger: one finger moves what is shown, two stretch it as
 * well. It ends where the steps do; undefined where that is all of them.
 */
export function heldStretch(shown: Pair, held: readonly Held[], { all, log }: Axis): Pair | undefined {
  const width = widthOf(shown, held, log);
  const [first, last] = [onAxis(all[0], log), onAxis(all[1], log)];
  if (width >= last - first) return undefined;
  const wanted = onAxis(held[0]!.step, log) - held[0]!.at * width;
  const inside = Math.min(last - width, Math.max(first, wanted));
  // Whole here already where steps are even: ends that are rounded apart may come to lie one step further apart.
  const low = log ? inside : Math.round(inside);
  const from = Math.round(offAxis(low, log));
  return [from, Math.max(from + 1, Math.round(offAxis(low + width, log)))];
}

/** Fingers closer together than this share of the axis stretch no further. */
const nearest = 0.02;

function widthOf([from, to]: Pair, [one, other]: readonly Held[], log: boolean): number {
  if (!one || !other) return onAxis(to, log) - onAxis(from, log);
  const apart = Math.max(nearest, Math.abs(other.at - one.at));
  const width = Math.abs(onAxis(other.step, log) - onAxis(one.step, log)) / apart;
  return log ? Math.max(1e-6, width) : Math.max(1, Math.round(width));
}
