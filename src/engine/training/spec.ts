export type { OptimizerSpec } from '../optimizers/index.js';

/**
 * When training ends: after `epochs`, or earlier by the report's rule for having converged
 * (docs/definitions.md#converged).
 */
export interface StopSpec {
  readonly epochs: number;
  readonly converged?: { readonly below: number; readonly change: number };
}

/** Why training ended. A diverged run is an outcome, not an error; `stopped` means that the caller asked it to. */
export type TrainStatus = 'finished' | 'converged' | 'diverged' | 'stopped';
