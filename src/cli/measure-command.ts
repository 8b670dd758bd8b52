import type { Mnist } from '../data/index.js';
import type { MeasurementRecord } from '../lab/record.js';
import { thisMachine } from '../platform/node/machine.js';
import { loadMnist } from '../platform/node/mnist-source.js';
import { openStore } from '../platform/node/store.js';
import type { FinishedTrial } from '../trials/finished-trial.js';
import { parseMeasurementSpec } from '../trials/measurement-schema.js';
import type { MeasurementSpec } from '../trials/measurement-spec.js';
import { runMeasurement } from '../trials/run-measurement.js';
import { type MeasureOptions, measureOf, measureWord } from './measure-options.js';
import { findTrials } from './measured-trials.js';
import { progressLine } from './progress-line.js';
import { idOf } from './run-plan.js';
import { columnLines, counted, print } from './text.js';

export interface MeasureCommandOptions extends MeasureOptions {
  readonly model?: string;
  readonly seed?: number;
  readonly store: string;
  readonly data?: string;
  readonly json?: boolean;
}

type Measured = Pick<MeasurementRecord, 'values' | 'columns' | 'hash'>;

/** Takes one measurement of trials in the store, or of weights in files. Of trials it is kept in the store. Gives the exit code. */
export async function measureCommand(what: readonly string[], options: MeasureCommandOptions): Promise<number> {
  const store = openStore(options.store);
  const word = measureWord(what);
  const { trials, areStored } = findTrials(
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
  const id = idOf(spec);
  const isKnown = areStored && store.has(id);
  const measured = isKnown ? store.readMeasurement(id) : await take(spec, trials, options.data);
  if (areStored && !isKnown) {
    const { values, columns, hash, durationMs } = measured;
    await store.begin({ id, spec }, thisMachine(1)).finish({ result: { values, columns }, hash }, durationMs);
  }
  printMeasured(spec, id, measured, options.json ?? false);
  return 0;
}

async function take(
  spec: MeasurementSpec,
  trials: readonly FinishedTrial[],
  dataDir: string | undefined,
): Promise<Measured & { readonly durationMs: number }> {
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

/** Longer columns are told of, not shown. */
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
