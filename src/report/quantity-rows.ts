import type { Arm, Measure, Quantity } from '../experiments/experiment.js';
import type { TrialRecord } from '../lab/record.js';
import type { ReportRun } from './run.js';

/** A number over the seeds of an arm: the median, and the range where there is more than one. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** One line of "reported / here". Values are in the unit that is shown (percent where the quantity is a share). */
export interface QuantityRow {
  readonly quantity: Quantity;
  readonly arm: Arm;
  readonly reported: { readonly value: number; readonly note?: string } | undefined;
  readonly here: Spread | undefined;
  /** What must be known to read the value: not converged, diverged, missing. */
  readonly note: string;
  /** Here minus reported. */
  readonly difference: number | undefined;
}

/** The lines of a run's quantities, arm by arm. */
export function quantityRows(run: ReportRun, quantities = run.experiment.quantities): readonly QuantityRow[] {
  return quantities.flatMap((quantity) => run.preset.arms.map((arm) => quantityRow(run, quantity, arm)));
}

function quantityRow(run: ReportRun, quantity: Quantity, arm: Arm): QuantityRow {
  const trials = run.trials.filter((trial) => trial.arm.id === arm.id);
  const records = trials.flatMap(({ record }) => (record === undefined ? [] : [record]));
  const values = records.flatMap((record) => measure(record, quantity.measure) ?? []);
  const here = spread(quantity.percent ? values.map((share) => 100 * share) : values);
  const reported = quantity.reported[arm.id];
  return {
    quantity,
    arm,
    reported,
    here,
    note: noteOf(records, trials.length, quantity.measure),
    difference: here && reported && here.median - reported.value,
  };
}

/** Takes a number from a trial; undefined where it was not observed or is not finite. */
export function measure(record: TrialRecord, how: Measure): number | undefined {
  if (how.kind === 'epochs') return record.epochs;
  return record.metrics[how.metric]?.findLast((value) => value !== null) ?? undefined;
}

/**
 * Median and range of a list; undefined if it is empty. The median of an even count is the mean of the middle two.
 *
 * Shapes: values [n], any order.
 */
export function spread(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle]!;
  const median = sorted.length % 2 === 1 ? upper : (sorted[middle - 1]! + upper) / 2;
  return { median, low: sorted[0]!, high: sorted.at(-1)!, count: sorted.length };
}

function noteOf(records: readonly TrialRecord[], planned: number, how: Measure): string {
  const unconverged = (record: TrialRecord): boolean =>
    how.kind === 'epochs' && record.status === 'finished' && record.spec.stop.converged !== undefined;
  const cases: readonly (readonly [string, number])[] = [
    ['not converged', records.filter(unconverged).length],
    ['diverged', records.filter(({ status }) => status === 'diverged').length],
    ['missing', planned - records.length],
  ];
  return cases
    .filter(([, count]) => count > 0)
    .map(([what, count]) => (planned === 1 ? what : `${count} of ${planned} ${what}`))
    .join(', ');
}
