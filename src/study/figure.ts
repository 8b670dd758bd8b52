import type { MetricName, Reading } from './reading.js';

/** An axis; its label names the quantity and, in brackets, its unit. */
export interface Axis {
  readonly label: string;
  /** Default linear. */
  readonly scale?: 'linear' | 'log';
  /** Values are shares that are shown as percent. Default false. */
  readonly percent?: boolean;
}

interface FigureText {
  readonly id: string;
  readonly title: string;
  /** What to see in it, true whatever the numbers are. */
  readonly caption: string;
  /** The one that its section is shown with first. Default false; without one it is the protocol's first figure. */
  readonly headline?: boolean;
  readonly x: Axis;
  readonly y: Axis;
  /** A second vertical axis, on the right, for the series that say so. */
  readonly y2?: Axis;
}

/** What all series say of how they are drawn. */
interface SeriesBase {
  /** Needed where a figure has several. */
  readonly label?: string;
  /** Default left. */
  readonly axis?: 'left' | 'right';
  /** Drawn dashed, as the original draws training beside testing. Default false. */
  readonly dashed?: boolean;
}

/** A metric along the epochs of each arm. */
export interface MetricSeries extends SeriesBase {
  readonly metric: MetricName;
  /** Drawn is `factor * value + offset`, where the original's figure is not of the value itself. Default 1 and 0. */
  readonly factor?: number;
  readonly offset?: number;
}

/** A number of each of some arms, of trials or of measurements, joined in the order of the horizontal axis. */
export interface ArmSeries extends SeriesBase {
  readonly arms: readonly string[];
  readonly reading: Reading;
}

/** Two columns of some measurements. */
export interface ColumnSeries extends SeriesBase {
  readonly x: string;
  readonly y: string;
}

/** Two numbers of each arm and seed: a point. */
export interface ScatterSeries extends SeriesBase {
  readonly arms: readonly string[];
  readonly x: Reading;
  readonly y: Reading;
}

interface Threshold {
  readonly value: number;
  readonly label: string;
}

/**
 * A figure as data: which values of which trials and measurements, along which axes. `arms` are drawn in the order
 * of the preset; those that a preset lacks are left out.
 */
export type Figure =
  /**
   * Metrics along the epochs, a line for each arm and series. `arms`: default all. `threshold` is a horizontal line
   * with a name.
   */
  | (FigureText & {
      readonly kind: 'metric';
      readonly series: readonly MetricSeries[];
      readonly arms?: readonly string[];
      readonly threshold?: Threshold;
    })
  /** The function that is learnt, at the points that it is learnt from. */
  | (FigureText & { readonly kind: 'truth' })
  /** What each trained network makes of those points, over the truth. `arms`: default all. */
  | (FigureText & { readonly kind: 'predictions'; readonly arms?: readonly string[] })
  /** A value of each arm against a number of the arm, `numbers[at]`; a line with its points for each series. */
  | (FigureText & { readonly kind: 'by-arm'; readonly at: string; readonly series: readonly ArmSeries[] })
  /**
   * Columns of measurements. `path`: points in the order of the rows, joined, a path (and colour) for each value of
   * the column `group`.
   */
  | (FigureText & {
      readonly kind: 'columns';
      readonly mark: 'line' | 'points' | 'path';
      readonly arms: readonly string[];
      readonly series: readonly ColumnSeries[];
      readonly group?: string;
      /** Only rows whose value in a column is a multiple of this: every third epoch. */
      readonly every?: { readonly column: string; readonly of: number };
      /**
       * A metric of the runs beside their points after some epochs, in percent: the columns `run` (its place among the
       * arms that are measured, from 0) and `epoch` say whose.
       */
      readonly printed?: { readonly metric: MetricName; readonly epochs: readonly number[] };
      readonly threshold?: Threshold;
    })
  /** A point for each seed and arm. */
  | (FigureText & { readonly kind: 'scatter'; readonly series: readonly ScatterSeries[] });

/** What a figure is drawn from. */
export type FigureKind = Figure['kind'];

/** A figure of one kind. */
export type FigureOf<K extends FigureKind> = Extract<Figure, { kind: K }>;
