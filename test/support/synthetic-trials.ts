import { metricNames } from '../../src/engine/training/observations/index.js';
import type { MeasurementRecord, RunRecord, TrialRecord } from '../../src/lab/record.js';
import type { Results } from '../../src/report/tables/run.js';
import {
  type Experiment,
  type PlannedTask,
  type PresetName,
  type ProtocolId,
  tasksOf,
} from '../../src/study/language.js';
import type { MeasurementSpec } from '../../src/tasks/measurement-spec.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';

/** A run whose numbers are made up, in the shape of real ones: for tests of what is drawn, never of what is true. */
export interface SyntheticRun {
  readonly run: RunRecord;
  readonly results: Results;
}

export interface SyntheticOptions {
  /** Default: only 1. */
  readonly seeds?: readonly number[];
  readonly twins?: number;
}

/** Makes up one record for every planned task of a preset of a protocol. */
export function syntheticRun(
  experiment: Experiment,
  protocolId: ProtocolId,
  preset: PresetName,
  { seeds = [1], twins = 0 }: SyntheticOptions = {},
): SyntheticRun {
  const protocol = experiment.protocols.find(({ id }) => id === protocolId)!;
  const identify = (spec: object): string => syntheticHash(JSON.stringify(spec));
  const tasks = tasksOf(experiment, protocol, preset, { seeds, twins, identify });
  const trials = new Map<string, TrialRecord>();
  const measurements = new Map<string, MeasurementRecord>();
  tasks.forEach((task, index) => {
    if (task.kind === 'measurement') measurements.set(task.id, measurement(task.id, task.spec, index));
    else trials.set(task.id, trial(task.id, task.spec, index));
  });
  const toRun = ({ arm, seed, id, twin }: PlannedTask) => ({ arm, seed, id, ...(twin !== undefined && { twin }) });
  const of = (kind: PlannedTask['kind']) => tasks.filter((task) => task.kind === kind).map(toRun);
  const run = {
    experiment: experiment.id,
    protocol: protocolId,
    preset,
    settings: [],
    trials: of('trial'),
    measurements: of('measurement'),
  };
  return { run, results: { trials, measurements } };
}

/** The results of several runs in one. */
export const joined = (runs: readonly SyntheticRun[]): Results => ({
  trials: new Map(runs.flatMap(({ results }) => [...results.trials])),
  measurements: new Map(runs.flatMap(({ results }) => [...results.measurements])),
});

/** 64 hex digits that depend on a text (FNV-1a, repeated). */
function syntheticHash(text: string): string {
  let hash = 0x811c9dc5;
  const words = Array.from({ length: 8 }, (_, word) => {
    for (const character of `${text}${word}`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
    return hash.toString(16).padStart(8, '0');
  });
  return words.join('');
}

/** A number in [-1, 1) that looks random and never changes. */
const noise = (i: number, salt: number): number =>
  ((Math.imul(i + 1, 2654435761) ^ Math.imul(salt + 7, 40503)) >>> 8) / 2 ** 23 - 1;

function trial(id: string, spec: TrialSpec, index: number): TrialRecord {
  const epochs = Math.min(spec.stop.epochs, spec.data.kind === 'function' ? [961, 857, 2186][index % 3]! : 1000);
  const range = Array.from({ length: epochs }, (_, i) => i + 1);
  const falling = range.map(
    (epoch) => 0.4 * (0.001 / 0.4) ** (epoch / epochs) * (1 + 0.3 * Math.max(0, noise(epoch, index))),
  );
  const columns = metricNames.map((name) => [
    name,
    name.endsWith('ccuracy') ? falling.map((share) => 1 - share) : falling,
  ]);
  return {
    id,
    spec,
    status: epochs < spec.stop.epochs ? 'converged' : 'finished',
    epochs,
    steps: epochs,
    finalLoss: falling.at(-1)!,
    hash: syntheticHash(`result of ${id}`),
    durationMs: 1234,
    metrics: { epoch: range, step: range, ...Object.fromEntries(columns) },
    ...(spec.data.kind === 'function' && { predictions: predictions(index) }),
  };
}

function predictions(index: number): NonNullable<TrialRecord['predictions']> {
  const x = Array.from({ length: 300 }, (_, i) => -1 + (2 * i) / 299);
  const truth = x.map((at) => Math.sin(5 * Math.PI * at) / (5 * Math.PI * at));
  return { x, truth, predicted: truth.map((y, i) => y + 0.05 * Math.sin(9 * x[i]! + index)) };
}

/** Any column that is asked for, of 30 rows; any value that is asked for. */
function measurement(id: string, spec: MeasurementSpec, index: number): MeasurementRecord {
  const rows = Array.from({ length: 30 }, (_, i) => i);
  const anything = (name: string): readonly number[] => {
    if (name === 'alpha') return rows.map((i) => -2 + (4 * i) / 29);
    if (name === 'run') return rows.map((i) => Math.floor(i / 6));
    if (name === 'epoch') return rows.map((i) => i + 1);
    return rows.map((i) => 0.5 + 0.4 * noise(i, index + name.length));
  };
  const all = <T>(value: (name: string) => T): Readonly<Record<string, T>> =>
    new Proxy(
      {},
      {
        get: (_, name) => value(String(name)),
        has: () => true,
        ownKeys: () => [...columnNames],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
      },
    );
  return {
    id,
    spec,
    values: all((name) => (/^only|^both|^n[A-Z]/.test(name) ? 3 + (index % 9) : Math.abs(noise(index, name.length)))),
    columns: all(anything),
    hash: syntheticHash(`result of ${id}`),
    durationMs: 321,
  };
}

const columnNames = [
  'alpha',
  'run',
  'epoch',
  'pc1',
  'pc2',
  'residual',
  'distance',
  'loss',
  'ratio',
  'gradNorm',
  'trainLoss',
  'testLoss',
  'trainAccuracy',
  'testAccuracy',
  'eigenvalue',
  'lambda',
  'density',
  'a',
  'b',
];
