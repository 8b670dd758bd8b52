import type { Mt19937 } from '../../base/mt19937.js';
import type { Range } from '../../base/statistics/index.js';

/** A study whose truth is known: what its units are drawn from, and the median or rate of that. */
export interface Scenario {
  readonly name: string;
  readonly truth: number;
  /** Units of one study, as many as are asked for, in the order in which they count. Shapes: result [units] */
  draw(rng: Mt19937, units: number): readonly Range[];
}

/** A claim of more: `margin` is what counts, `noEffect` the value of no effect. */
export interface Claimed {
  readonly margin: number;
  readonly noEffect: number;
}

/** A claim about the units of one scenario, judged as a median or as a rate. */
export interface Part {
  readonly scenario: Scenario;
  readonly claimed: Claimed;
  readonly kind: 'median' | 'rate';
}

/** A unit that was seen whole. */
export const point = (x: number): Range => ({ low: x, high: x });
