import type { Axis } from '../../study/figure.js';
import type { BandPoint } from './bands.js';
import type { Point } from './thin.js';

/**
 * How a series is drawn: `line` along rising x, `path` through its points in their order, `dots` one by one, `marked`
 * as a line with its points,
 * `under` as a wide line that others are drawn over.
 */
export type SeriesForm = 'line' | 'path' | 'dots' | 'marked' | 'under';

/** A point with a share that is printed beside it, in percent. */
export interface PrintedPoint extends Point {
  readonly value: number;
}

/** What is drawn under one name in the legend. */
export interface Series {
  /** Empty for what needs no entry in the legend. */
  readonly name: string;
  readonly colour: string;
  readonly form: SeriesForm;
  /** Default false. */
  readonly dashed?: boolean;
  /** Measured along the axis at the right. Default false. */
  readonly right?: boolean;
  /** One for each seed, or one that is their median. */
  readonly lines: readonly (readonly Point[])[];
  /** The middle half of the seeds. */
  readonly seeds?: readonly BandPoint[];
  /** All rounding twins of one seed. */
  readonly twins?: readonly BandPoint[];
  /** Numbers beside some of its points. */
  readonly printed?: readonly PrintedPoint[];
}

/** A figure with all that it shows, free of where that came from. */
export interface Drawing {
  readonly x: Axis;
  readonly y: Axis;
  /** The axis at the right, if a series is measured along it. */
  readonly y2?: Axis;
  /** A horizontal line with a name. */
  readonly threshold?: { readonly value: number; readonly label: string };
  readonly series: readonly Series[];
}

/** All points of a series, those of its bands as two each. */
export const pointsOf = ({ lines, seeds = [], twins = [] }: Series): readonly Point[] => [
  ...lines.flat(),
  ...[...seeds, ...twins].flatMap(({ x, low, high }) => [
    { x, y: low },
    { x, y: high },
  ]),
];
