export type { OptimizerSpec } from '../optimizers/index.js';

/**
 * When training ends: after `epochs`, or earlier by the report's rule for having converged, or by what an evaluation of
 * the whole training set, dropout off, finds at the end of an epoch: a loss below `lossBelow`, an accuracy of at least
 * `accuracy`, or both where both are given (docs/definitions.md#converged).
 */
export interface StopSpec {
  readonly epochs: number;
  readonly converged?: { readonly below: number; readonly change: number };
  readonly evaluated?: { readonly lossBelow?: number; readonly accuracy?: number };
}

/** Why training ended. A diverged run is an outcome, not an error; `stopped` means that the caller asked it to. */
export type TrainStatus = 'finished' | 'converged' | 'diverged' | 'stopped';
