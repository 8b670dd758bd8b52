import { UserError } from '../../base/errors.js';

/** A stretch of parameters (or of snapshots): from `start` up to, not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Parameters at several moments of training, read in stretches so that they need not all be in memory. */
export interface Snapshots {
  readonly count: number;
  readonly parameterCount: number;
  /** Copies parameters `start` ... `start + target.length - 1` of one snapshot. */
  read(snapshot: number, start: number, target: Float32Array): void;
}

/**
 * Snapshots that are in memory already, in the order of time, run after run.
 *
 * Shapes: snapshots [t] times [P].
 * @throws UserError if there are fewer than 2, or they differ in length
 */
export function snapshotsInMemory(snapshots: readonly Float32Array[]): Snapshots {
  const parameterCount = snapshots[0]?.length ?? 0;
  if (snapshots.length < 2 || parameterCount === 0) {
    throw new UserError(
      `trajectory: expected at least 2 snapshots of at least 1 parameter, got ${snapshots.length} of ${parameterCount}`,
    );
  }
  snapshots.forEach(({ length }, i) => {
    if (length !== parameterCount) {
      throw new UserError(
        `trajectory: expected snapshots of one shape, got ${parameterCount} parameters at 0 and ${length} at ${i}`,
      );
    }
  });
  return {
    count: snapshots.length,
    parameterCount,
    read: (snapshot, start, target) => target.set(snapshots[snapshot]!.subarray(start, start + target.length)),
  };
}
