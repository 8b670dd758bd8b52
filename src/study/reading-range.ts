import type { Range } from '../base/statistics/sequential/median-sequence.js';
import type { Reading } from './reading.js';
import { firstPassage, type ResultView, type TrialView, takeReading } from './take-reading.js';

/** Nothing is known of a number. */
export const unknown: Range = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** A number that is known. */
export const point = (value: number): Range => ({ low: value, high: value });

const from = (low: number): Range => ({ low, high: Number.POSITIVE_INFINITY });

/**
 * What a result says of a reading, as the interval that holds it. A trial that ended before it converged, or before a
 * metric passed its level, says that this would take longer still; one that diverged says nothing but that it did not
 * converge and what it had passed before; a reading that is not defined says nothing.
 */
export function readingRange(reading: Reading, result: ResultView): Range {
  if ('metrics' in result) return rangeOfTrial(reading, result);
  const value = takeReading(reading, result);
  return value === undefined ? unknown : point(value);
}

function rangeOfTrial(reading: Reading, trial: TrialView): Range {
  const diverged = trial.status === 'diverged';
  if (reading.kind === 'epochsTo') {
    const epoch = firstPassage(reading, trial);
    if (epoch !== undefined) return point(epoch);
    return diverged || takeReading(reading, trial) === undefined ? unknown : from(trial.epochs);
  }
  if (diverged && reading.kind !== 'converged' && reading.kind !== 'testImages') return unknown;
  if (reading.kind === 'epochs' && trial.status !== 'converged') return from(trial.epochs);
  const value = takeReading(reading, trial);
  return value === undefined ? unknown : point(value);
}
