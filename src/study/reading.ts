import type { MetricName } from '../engine/training/observations/index.js';

export type { MetricName };

/** Epochs that are looked at, both ends included. Default: all. */
interface EpochWindow {
  readonly from?: number;
  readonly until?: number;
}

/** A spike: a value above `above` times the median of the `window` rows around it. */
export interface SpikeRule {
  readonly metric: MetricName;
  readonly above: number;
  /** Odd. */
  readonly window: number;
}

/** A metric passes a level between two of its rows, either way; `within` so many epochs of these rows is near. */
export interface Crossing {
  readonly metric: MetricName;
  readonly level: number;
  readonly within: number;
}

/**
 * How one number is taken of one trial or one measurement. `takeReading` does it.
 * See docs/definitions.md#readings
 */
export type Reading =
  /** Epochs trained until the trial ended: without convergence that is the maximum, at which it is censored. */
  | { readonly kind: 'epochs' }
  /** 1 if the trial converged, else 0. */
  | { readonly kind: 'converged' }
  /** Test images of a trial on MNIST. */
  | { readonly kind: 'testImages' }
  /** Parameters of a trial's network. */
  | { readonly kind: 'parameters' }
  /** A number of a trial's spec by its path: `optimizer.learningRate`. */
  | { readonly kind: 'setting'; readonly path: string }
  /** The last, smallest, largest, mean or median value of a metric. */
  | ({ readonly kind: 'last' | 'min' | 'max' | 'mean' | 'median'; readonly metric: MetricName } & EpochWindow)
  /**
   * Mean over all rows of the mean of the epoch's rows so far: a metric by step as a running value, and that averaged,
   * as notebooks do.
   */
  | ({ readonly kind: 'meanRunning'; readonly metric: MetricName } & EpochWindow)
  /** A metric in the row of an epoch. */
  | { readonly kind: 'at'; readonly metric: MetricName; readonly epoch: number }
  /**
   * The first epoch at which a metric is above (or below) a level; without one, the epochs trained, at which it is
   * censored.
   */
  | ({ readonly kind: 'epochsTo'; readonly metric: MetricName } & (
      | { readonly above: number }
      | { readonly below: number }
    ))
  /** Slope of log(metric) by epoch: least squares over the rows of the window. */
  | ({ readonly kind: 'logSlope'; readonly metric: MetricName } & EpochWindow)
  /** Number of spikes; rows of one spike that touch count once. */
  | ({ readonly kind: 'spikes' } & SpikeRule & EpochWindow)
  /** Share of the spikes that begin near a crossing; none without spikes. */
  | ({ readonly kind: 'spikesNear'; readonly near: Crossing } & SpikeRule & EpochWindow)
  /** Share of all epochs that are near a crossing: what `spikesNear` would be if spikes came at random. */
  | ({ readonly kind: 'epochsNear'; readonly near: Crossing } & EpochWindow)
  /**
   * Share of the spikes that begin at most `within` epochs after a metric rose across a level, less the mean of that
   * share over so many circular shifts of these rises; none without spikes.
   */
  | ({ readonly kind: 'spikesFollow'; readonly after: Crossing; readonly shifts: number } & SpikeRule & EpochWindow)
  /** A value of a measurement. */
  | { readonly kind: 'value'; readonly name: string }
  /** McNemar's exact p-value of a measurement `predictions`: that both networks are equally often right. */
  | { readonly kind: 'mcnemar' }
  /** A column of a measurement in the row in which another is nearest to a number. */
  | { readonly kind: 'cell'; readonly column: string; readonly where: string; readonly is: number }
  /** The largest or smallest of a column in the rows in which another is in a range, both ends included. */
  | {
      readonly kind: 'greatestCell' | 'leastCell';
      readonly column: string;
      readonly where: string;
      readonly from: number;
      readonly to: number;
    };
