import { z } from 'zod';
import { UserError } from '../base/errors.js';
import type { TrainState } from '../engine/index.js';
import type { TrialCheckpoint } from '../tasks/checkpoint.js';
import { readSafetensors, type Tensor, writeSafetensors } from './safetensors.js';

/** Ends the JSON and begins the arrays. */
const newline = 0x0a;
/** Raised when the layout changes: a checkpoint of another layout is not resumed. */
const format = 1;

const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)]);
const count = z.number().int().nonnegative();
const evaluation = z.object({
  loss: number,
  accuracy: number.exactOptional(),
  correct: number.exactOptional(),
  classAccuracy: z.array(number).exactOptional(),
});
const recorder = z
  .object({
    pending: z.object({ epoch: count, step: count }).catchall(number).exactOptional(),
    evaluation: z.object({ train: evaluation.exactOptional(), test: evaluation.exactOptional() }),
  })
  .catchall(number)
  .transform(({ pending, evaluation, ...sums }) => ({ sums, ...(pending && { pending }), evaluation }));
const end = z.union([
  z.object({ status: z.enum(['finished', 'converged']) }),
  z.object({ status: z.literal('diverged'), what: z.enum(['loss', 'parameters']) }),
]);
const state = z.object({
  format: z.literal(format),
  id: z.string(),
  startedAt: z.string(),
  durationMs: z.number(),
  rowsDigest: z.string(),
  epoch: count,
  step: count,
  batch: count,
  rng: z.object({ words: z.array(count), index: count }),
  losses: z.tuple([number, number, number]),
  recorder,
  end: end.exactOptional(),
  optimizerSteps: count,
  rows: count,
  snapshotEpochs: z.array(count).exactOptional(),
});

/** A checkpoint with what its record knows of it. */
export interface SavedCheckpoint {
  readonly checkpoint: TrialCheckpoint;
  /** Id of the trial. */
  readonly id: string;
  /** When the trial started (ISO 8601, UTC), and for how long it has run. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** SHA-256 of the lines of all rows by then. */
  readonly rowsDigest: string;
}

/**
 * A checkpoint as a file: a line of JSON, then a safetensors file with `parameters`, `moments.0` ... and `snapshots`.
 * Numbers that are not finite are JSON strings.
 */
export function checkpointBytes(saved: SavedCheckpoint): Uint8Array {
  const { train, snapshots } = saved.checkpoint;
  const line = new TextEncoder().encode(`${JSON.stringify({ format, ...plainCheckpoint(saved) })}\n`);
  const arrays = writeSafetensors([
    tensor('parameters', train.parameters),
    ...train.optimizer.moments.map((values, i) => tensor(`moments.${i}`, values)),
    ...(snapshots ? [tensor('snapshots', snapshots.values)] : []),
  ]);
  const bytes = new Uint8Array(line.length + arrays.length);
  bytes.set(line);
  bytes.set(arrays, line.length);
  return bytes;
}

/** All of a checkpoint but its arrays, as plain JSON. */
export function plainCheckpoint({ checkpoint, ...record }: SavedCheckpoint): PlainCheckpoint {
  const { train, rows, snapshots } = checkpoint;
  const { parameters: _, optimizer, recorder, ...rest } = train;
  const { sums, ...seen } = recorder;
  const head = {
    ...record,
    ...rest,
    recorder: { ...sums, ...seen },
    optimizerSteps: optimizer.steps,
    rows,
    ...(snapshots && { snapshotEpochs: snapshots.epochs }),
  };
  return JSON.parse(JSON.stringify(head, finiteOrText));
}

/** What is taken of it by name; the rest depends on the trial. */
export type PlainCheckpoint = Pick<SavedCheckpoint, 'startedAt' | 'durationMs'> & Readonly<Record<string, unknown>>;

const finiteOrText = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

const tensor = (name: string, values: Float32Array): Tensor => ({ name, shape: [values.length], values });

/**
 * Reads what `checkpointBytes` wrote.
 * @throws UserError that starts with `where` if it is anything else
 */
export function readCheckpoint(bytes: Uint8Array, where: string): SavedCheckpoint {
  const end = bytes.indexOf(newline);
  const {
    id,
    startedAt,
    durationMs,
    rowsDigest,
    optimizerSteps,
    rows,
    snapshotEpochs,
    format: _,
    ...train
  } = readHead(bytes.subarray(0, Math.max(end, 0)), where);
  const arrays = new Map(readSafetensors(bytes.subarray(end + 1), where).map(({ name, values }) => [name, values]));
  const array = (name: string): Float32Array<ArrayBuffer> => {
    const values = arrays.get(name);
    if (values === undefined) throw new UserError(`${where}: expected an array ${name}, got ${[...arrays.keys()]}`);
    return values as Float32Array<ArrayBuffer>;
  };
  const moments = [...arrays.keys()]
    .filter((name) => name.startsWith('moments.'))
    .map((_name, i) => array(`moments.${i}`));
  const checkpoint: TrialCheckpoint = {
    train: { ...train, parameters: array('parameters'), optimizer: { steps: optimizerSteps, moments } } as TrainState,
    rows,
    ...(snapshotEpochs && { snapshots: { epochs: snapshotEpochs, values: array('snapshots') } }),
  };
  return { checkpoint, id, startedAt, durationMs, rowsDigest };
}

function readHead(bytes: Uint8Array, where: string): z.output<typeof state> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new UserError(
      `${where}: expected a checkpoint that begins with a line of JSON, got ${bytes.length} bytes that are none`,
    );
  }
  const found = state.safeParse(json);
  if (found.success) return found.data;
  const { path, message } = found.error.issues[0]!;
  throw new UserError(
    `${where}: expected a checkpoint of layout ${format}, got one in which ${path.join('.')}: ${message}`,
  );
}
