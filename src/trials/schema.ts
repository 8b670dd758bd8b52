import * as z from 'zod';
import { SpecError } from '../base/errors.js';
import { problemsOf } from './spec-problems.js';
import { checkTrial } from './trial-checks.js';
import type { TrialSpec } from './trial-spec.js';

const real = (expected: string) => z.number({ error: expected });
const positive = real('expected a number above 0').positive('expected a number above 0');
const notNegative = real('expected a number of at least 0').min(0, 'expected a number of at least 0');
const float32Text = 'expected a number that float32 can hold';
const largestFloat32 = 3.4028234663852886e38;
const float32 = real(float32Text).min(-largestFloat32, float32Text).max(largestFloat32, float32Text);

function share(text = 'expected a number from 0 up to, but not including, 1') {
  return real(text).min(0, text).lt(1, text);
}

function whole(low: number, high = Number.MAX_SAFE_INTEGER) {
  const upTo = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
  const text = `expected a whole number ${upTo}`;
  return z.int({ error: text }).min(low, text).max(high, text);
}

function oneOf<const T extends readonly string[]>(names: T) {
  return z.enum(names, { error: `expected ${names.map((name) => `"${name}"`).join(' or ')}` });
}

function listOf<T extends z.ZodType>(item: T, what: string) {
  return z.array(item, { error: `expected a list of ${what}` }).min(1, `expected a list of ${what} that is not empty`);
}

/** An object without unknown fields. For those the message is the list of the known ones, from which spec-problems.ts makes its line. */
function fields<T extends z.ZodRawShape>(shape: T) {
  const names = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? names : `expected an object with ${names}`),
  });
}

function kinds<const T extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]>(
  names: string,
  options: T,
) {
  return z.discriminatedUnion('kind', options, {
    error: (issue) => (issue.code === 'invalid_union' ? `expected ${names}` : `expected an object with kind ${names}`),
  });
}

const seed = whole(0, 2 ** 32 - 1);
const rows = listOf(listOf(float32, 'numbers'), 'rows of numbers');
const activations = ['relu', 'leakyRelu', 'tanh'] as const;
const count = whole(1);

const data = kinds('"function", "table" or "mnist"', [
  fields({
    kind: z.literal('function'),
    name: oneOf(['sinc', 'signSin']),
    points: whole(2, 1_000_000).optional(),
  }),
  fields({ kind: z.literal('table'), inputs: rows, targets: rows }),
  fields({
    kind: z.literal('mnist'),
    trainSize: whole(1, 60_000).optional(),
    subsetSeed: seed.optional(),
    testSize: whole(1, 10_000).optional(),
    randomLabels: fields({
      fraction: real('expected a number from 0 to 1')
        .min(0, 'expected a number from 0 to 1')
        .max(1, 'expected a number from 0 to 1'),
      seed,
    }).optional(),
  }),
]);

const layer = kinds('"linear", "conv2d", "maxPool2d", "relu", "leakyRelu", "tanh", "dropout" or "flatten"', [
  fields({ kind: z.literal('linear'), features: count }),
  fields({ kind: z.literal('conv2d'), channels: count, kernel: count }),
  fields({ kind: z.literal('maxPool2d'), size: count }),
  fields({ kind: z.literal('relu') }),
  fields({ kind: z.literal('leakyRelu'), slope: share().optional() }),
  fields({ kind: z.literal('tanh') }),
  fields({ kind: z.literal('dropout'), rate: share() }),
  fields({ kind: z.literal('flatten') }),
]);

const model = kinds('"mlp" or "layers"', [
  fields({ kind: z.literal('mlp'), widths: listOf(count, 'widths'), activation: oneOf(activations) }),
  fields({ kind: z.literal('layers'), input: listOf(count, 'sizes'), layers: listOf(layer, 'layers') }),
]);

const adamFields = {
  learningRate: positive,
  betas: z.tuple([share(), share()], { error: 'expected two numbers [beta1, beta2]' }).optional(),
  epsilon: positive.optional(),
  weightDecay: notNegative.optional(),
};
const optimizer = kinds('"sgd", "adam" or "adamW"', [
  fields({
    kind: z.literal('sgd'),
    learningRate: positive,
    momentum: share().optional(),
    weightDecay: notNegative.optional(),
  }),
  fields({ kind: z.literal('adam'), ...adamFields }),
  fields({ kind: z.literal('adamW'), ...adamFields }),
]);

const cadence = oneOf(['step', 'epoch']).optional();
const evaluationCadence = oneOf(['epoch', 'end']).optional();
const batchSizeText = 'expected a whole number of at least 1, or "full"';

/** What a trial's JSON may hold, field by field; relations between fields are in trial-checks.ts. */
export const trialSchema = fields({
  data,
  model,
  loss: oneOf(['mse', 'crossEntropy']),
  optimizer,
  batchSize: z.union([count, z.literal('full')], { error: batchSizeText }),
  stop: fields({
    epochs: count,
    converged: fields({ below: positive, change: positive }).optional(),
  }),
  seed,
  init: fields({ kind: oneOf(['pytorch']), skip: whole(0) }).optional(),
  observe: fields({
    loss: cadence,
    lastBatchLoss: oneOf(['epoch']).optional(),
    gradNorm: cadence,
    accuracy: cadence,
    train: evaluationCadence,
    test: evaluationCadence,
  }).optional(),
}) satisfies z.ZodType<TrialSpec>;

/**
 * Checks a trial's JSON whole: fields, shapes and what fits together.
 * @throws SpecError with a line for each problem: the field's path, what is allowed and what came.
 */
export function parseTrialSpec(json: unknown): TrialSpec {
  const parsed = trialSchema.safeParse(json);
  if (!parsed.success) throw specError(problemsOf(parsed.error.issues, json));
  const problems = checkTrial(parsed.data);
  if (problems.length > 0) throw specError(problems);
  return parsed.data;
}

function specError(problems: readonly SpecError[]): SpecError {
  const [first] = problems;
  return problems.length === 1 && first !== undefined
    ? first
    : new SpecError('', problems.map((problem) => problem.message).join('\n'));
}
