import { quantileOfSorted } from '../../base/statistics/quantile.js';
import type { MeasurementRecord, TrialRecord } from '../../lab/record.js';
import type { Quantity } from '../../study/experiment.js';
import { takeReading } from '../../study/take-reading.js';
import type { ReportMeasurement, ReportRun, ReportTrial } from './run.js';

/** A number over seeds or twins: the median, the quarters around it and the ends. */
export interface Spread {
  readonly median: number;
  readonly quarter: number;
  readonly threeQuarters: number;
  readonly lowest: number;
  readonly highest: number;
  readonly count: number;
}

/** A reported value, in the unit that is shown. */
export type Reported = Quantity['reported'][string];

/**
 * What one run says of a quantity of an arm. Values are in the unit that is shown (percent where the quantity is a
 * share).
 */
export interface QuantityCell {
  readonly seeds: Spread | undefined;
  /** The rounding twins of one seed, with the trial itself among them. */
  readonly twins: Spread | undefined;
  /** What must be known to read the value: not converged, diverged, missing. */
  readonly note: string;
  /** Median minus reported. */
  readonly difference: number | undefined;
}

/** One line of "reported / as coded / as intended". */
export interface QuantityRow {
  /** All cells are of a quantity with this label and reading, and of an arm with this label. */
  readonly quantity: Quantity;
  readonly arm: Labelled;
  readonly reported: Reported | undefined;
  /** One for each run; undefined where its protocol has no such arm or quantity. */
  readonly cells: readonly (QuantityCell | undefined)[];
}

interface Labelled {
  readonly id: string;
  readonly label: string;
}

/**
 * The lines of some runs of one experiment, quantity by quantity, arm by arm. Protocols share a line only where they
 * call the quantity and the arm the same and take the same reading: no number stands under another protocol's words.
 * Lines that no run has a value for and that were not reported are left out.
 */
export function quantityRows(runs: readonly ReportRun[]): readonly QuantityRow[] {
  const quantities = together(
    distinct(
      runs.flatMap(({ protocol }) => protocol.quantities),
      quantityKey,
    ),
  );
  return quantities.flatMap((quantity) => {
    const arms = distinct(
      runs.flatMap((run) => armsOf(run, quantityIn(run, quantity))),
      armKey,
    );
    return arms.flatMap((arm) => {
      const owners = runs.map((run) => ownerIn(run, quantity, arm));
      const reported = owners.find((owner) => owner?.reported[arm.id])?.reported[arm.id];
      const cells = runs.map((run, i) => cellOf(run, owners[i], arm.id, reported));
      return reported || cells.some((cell) => cell?.seeds) ? [{ quantity, arm, reported, cells }] : [];
    });
  });
}

/** Those of the first screen. */
export const isHeadline = ({ quantity }: QuantityRow): boolean => quantity.headline === true;

const quantityKey = ({ id, label, reading, percent = false }: Quantity): string =>
  JSON.stringify([id, label, reading, percent]);
const armKey = ({ id, label }: Labelled): string => JSON.stringify([id, label]);

/** Each of some items once, the first of those that are the same. */
const distinct = <T>(items: readonly T[], key: (item: T) => string): readonly T[] =>
  items.filter((item, i) => items.findIndex((other) => key(other) === key(item)) === i);

/** Quantities of one id beside each other, as protocols may mean different things by it. */
const together = (quantities: readonly Quantity[]): readonly Quantity[] =>
  [...new Set(quantities.map(({ id }) => id))].flatMap((id) => quantities.filter((one) => one.id === id));

const quantityIn = (run: ReportRun, quantity: Quantity): Quantity | undefined =>
  run.protocol.quantities.find((one) => quantityKey(one) === quantityKey(quantity));

/** The quantity as a run has it, if it takes it of the arm. */
function ownerIn(run: ReportRun, quantity: Quantity, arm: Labelled): Quantity | undefined {
  const own = quantityIn(run, quantity);
  return armsOf(run, own).some((one) => armKey(one) === armKey(arm)) ? own : undefined;
}

/** The arms of a preset that a quantity is taken of. */
export function armsOf({ preset }: Pick<ReportRun, 'preset'>, quantity: Quantity | undefined): readonly Labelled[] {
  if (quantity === undefined) return [];
  if (quantity.arms === undefined) return preset.arms;
  return [...preset.arms, ...preset.measurements].filter(({ id }) => quantity.arms?.includes(id));
}

type Task = ReportTrial | ReportMeasurement;

/** Of an arm that the protocol has by now, and that the run was without. */
const notRun: QuantityCell = { seeds: undefined, twins: undefined, note: 'not run', difference: undefined };

/** What a run says of a quantity of an arm; undefined if its protocol has no such quantity. */
export function cellOf(
  run: ReportRun,
  quantity: Quantity | undefined,
  armId: string,
  reported: Reported | undefined,
): QuantityCell | undefined {
  if (quantity === undefined) return undefined;
  const tasks: readonly Task[] = [...run.trials, ...run.measurements].filter(({ arm }) => arm.id === armId);
  if (tasks.length === 0) return notRun;
  const seeds = spread(valuesOf(tasks, quantity));
  return {
    seeds,
    twins: spread(twinValues(run, quantity, armId)),
    note: noteOf(tasks, quantity),
    difference: seeds && reported && seeds.median - reported.value,
  };
}

/** The values of the rounding twins of one seed, that of the trial itself first; none without twins. */
export function twinValues(run: ReportRun, quantity: Quantity, armId: string): readonly number[] {
  const ofArm = (tasks: readonly Task[]): readonly Task[] => tasks.filter(({ arm }) => arm.id === armId);
  const twins = ofArm([...run.twins, ...run.twinMeasurements]);
  const [first] = twins;
  if (first === undefined) return [];
  const family = [...ofArm([...run.trials, ...run.measurements]), ...twins];
  return valuesOf(
    family.filter(({ seed }) => seed === first.seed),
    quantity,
  );
}

/** Values of some tasks, in the unit that is shown. */
export function valuesOf(
  tasks: readonly Task[],
  { reading, percent }: Pick<Quantity, 'reading' | 'percent'>,
): readonly number[] {
  return tasks.flatMap(({ record }) => {
    const value = record && takeReading(reading, record);
    return value === undefined ? [] : [percent ? 100 * value : value];
  });
}

/**
 * Median, quarters and ends of a list; undefined if it is empty.
 *
 * Shapes: values [n], any order.
 */
export function spread(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  return {
    median: quantileOfSorted(sorted, 0.5),
    quarter: quantileOfSorted(sorted, 0.25),
    threeQuarters: quantileOfSorted(sorted, 0.75),
    lowest: sorted[0]!,
    highest: sorted.at(-1)!,
    count: sorted.length,
  };
}

function noteOf(tasks: readonly Task[], { reading }: Quantity): string {
  const records = tasks.flatMap(({ record }) => record ?? []);
  const trials = records.filter((record): record is TrialRecord => !isMeasurement(record));
  const unconverged = ({ status, spec }: TrialRecord): boolean =>
    reading.kind === 'epochs' && status === 'finished' && hasRule(spec.stop);
  const cases: readonly (readonly [string, number])[] = [
    ['not converged', trials.filter(unconverged).length],
    ['diverged', trials.filter(({ status }) => status === 'diverged').length],
    ['missing', tasks.length - records.length],
  ];
  return cases
    .filter(([, count]) => count > 0)
    .map(([what, count]) => (tasks.length === 1 ? what : `${count} of ${tasks.length} ${what}`))
    .join(', ');
}

const hasRule = ({ converged, evaluated }: TrialRecord['spec']['stop']): boolean =>
  converged !== undefined || evaluated !== undefined;

const isMeasurement = (record: TrialRecord | MeasurementRecord): record is MeasurementRecord => 'values' in record;
