import { counted } from '../../base/counted.js';
import { UserError } from '../../base/errors.js';
import type { Mnist } from '../../data/index.js';
import type { MeasurementRecord } from '../../lab/record.js';
import type { Store } from '../../lab/store.js';
import { idOf, type Task } from '../../lab/task.js';
import { loadMnist } from '../../platform/node/data/mnist-source.js';
import { thisMachine } from '../../platform/node/machine/machine.js';
import { lockStore } from '../../platform/node/store/lock/store-lock.js';
import { openStore } from '../../platform/node/store/store.js';
import type { FinishedTrial } from '../../tasks/finished-trial.js';
import type { MeasurementSpec } from '../../tasks/measurement-spec.js';
import { runMeasurement } from '../../tasks/run-measurement.js';
import { parseMeasurementSpec } from '../../tasks/schema/measurement-schema.js';
import { progressLine } from '../run/progress-line.js';
import { columnLines, print } from '../text.js';
import { figureTarget } from './measure-figure-target.js';
import { type MeasureOptions, measureOf, measureWord } from './measure-options.js';
import { findTrials } from './measured-trials.js';

/** What the command line says beside the networks and the measurement's own options. */
export interface MeasureCommandOptions extends MeasureOptions {
  readonly model?: string;
  readonly seed?: number;
  readonly figure?: string;
  readonly store: string;
  readonly data?: string;
  readonly json?: boolean;
}

type Measured = Pick<MeasurementRecord, 'values' | 'columns' | 'hash'>;
type Timed = Measured & Pick<MeasurementRecord, 'durationMs'>;

/**
 * Takes one measurement of trials in the store, or of weights in files. Of trials it is kept in the store. Gives the
 * exit code.
 */
export async function measureCommand(what: readonly string[], options: MeasureCommandOptions): Promise<number> {
  const store = openStore(options.store);
  const word = measureWord(what);
  const { trials, labels, areStored } = findTrials(
    what.filter((each) => each !== word),
    store,
    options.model,
  );
  const of = trials.map(({ id }) => id);
  const spec = parseMeasurementSpec({
    kind: 'measurement',
    measure: measureOf(word, options),
    of,
    seed: options.seed ?? 1,
  });
  const target = options.figure === undefined ? undefined : figureTarget(options.figure, spec.measure.name, word);
  const id = idOf(spec);
  const isKnown = areStored && store.has(id);
  const measured = isKnown ? store.readMeasurement(id) : await take(spec, trials, options.data);
  if (areStored && !isKnown) await keep({ id, spec }, measured, store);
  printMeasured(spec, id, measured, options.json ?? false);
  if (target !== undefined) {
    const { writeFigure } = await import('./measure-figure.js');
    await writeFigure(target, measured, { trials, labels });
  }
  return 0;
}

/**
 * A run in the same store may be on for hours: the store is locked only to write, and what cannot be kept is shown all
 * the same.
 */
async function keep(task: Task, { values, columns, hash, durationMs }: Timed, store: Store): Promise<void> {
  try {
    const lock = lockStore(store.path);
    try {
      await store.begin(task, thisMachine(1)).finish({ result: { values, columns }, hash }, durationMs);
    } finally {
      lock.release();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`descent: the measurement is not kept: ${error.message}\n`);
  }
}

async function take(
  spec: MeasurementSpec,
  trials: readonly FinishedTrial[],
  dataDir: string | undefined,
): Promise<Timed> {
  const progress = progressLine();
  const start = performance.now();
  let mnist: Promise<Mnist> | undefined;
  const byId = new Map(trials.map((trial) => [trial.id, trial]));
  try {
    const { result, hash } = await runMeasurement(spec, {
      loadMnist: () => {
        mnist ??= loadMnist(dataDir === undefined ? {} : { dataDir });
        return mnist;
      },
      loadTrial: async (id) => byId.get(id)!,
      onProgress: progress.show,
    });
    return { ...result, hash, durationMs: performance.now() - start };
  } finally {
    progress.clear();
  }
}

/** Longer columns are named, not shown. */
const rowsShown = 64;

function printMeasured(spec: MeasurementSpec, id: string, { values, columns, hash }: Measured, json: boolean): void {
  if (json) {
    print(JSON.stringify({ id, measure: spec.measure, of: spec.of, seed: spec.seed, values, columns, hash }));
    return;
  }
  print(...columnLines(Object.entries(values).map(([name, value]) => [name, numberText(value)])));
  const names = Object.keys(columns);
  const rows = columns[names[0] ?? '']?.length ?? 0;
  if (names.length > 0 && rows <= rowsShown) {
    const cells = Array.from({ length: rows }, (_, i) => names.map((name) => numberText(columns[name]?.[i] ?? null)));
    print(...columnLines([names, ...cells]));
  } else if (names.length > 0) {
    print(`columns ${names.join(', ')}: ${counted(rows, 'row')} (shown with --json)`);
  }
  print(`hash ${hash.slice(0, 12)}`);
}

const numberText = (value: number | null): string => (value === null ? '-' : String(Number(value.toPrecision(6))));
