import * as z from 'zod';
import {
  count,
  fields,
  float32,
  kinds,
  listOf,
  notNegative,
  oneOf,
  parseWith,
  positive,
  real,
  seed,
  share,
  taskIdField,
  whole,
} from './spec-fields.js';
import { checkTrial } from './trial-checks.js';
import type { TrialSpec } from './trial-spec.js';

/** Samples of a function or a table, at most. */
const mostSamples = 1_000_000;
const mostLayers = 1000;
/** Draws that are passed over, at most: more than all parameters of any network that fits into memory. */
const mostSkipped = 1_000_000_000;

const rows = listOf(listOf(float32, 'numbers'), 'rows of numbers', mostSamples);
const activations = ['relu', 'leakyRelu', 'tanh'] as const;

/** Which samples. */
export const dataSchema = kinds('"function", "table" or "mnist"', [
  fields({
    kind: z.literal('function'),
    name: oneOf(['sinc', 'signSin']),
    points: whole(2, mostSamples).optional(),
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

/** Which network. */
export const modelSchema = kinds('"mlp" or "layers"', [
  fields({ kind: z.literal('mlp'), widths: listOf(count, 'widths', mostLayers), activation: oneOf(activations) }),
  fields({ kind: z.literal('layers'), input: listOf(count, 'sizes'), layers: listOf(layer, 'layers', mostLayers) }),
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
const init = kinds('"pytorch", "nudged" or "interpolated"', [
  fields({ kind: z.literal('pytorch'), skip: whole(0, mostSkipped) }),
  fields({ kind: z.literal('nudged'), skip: whole(0, mostSkipped), twin: count }),
  fields({
    kind: z.literal('interpolated'),
    from: z.tuple([taskIdField, taskIdField], { error: 'expected the ids of two trials' }),
    alpha: real('expected a number'),
  }),
]);

const chosenText = 'expected "all", "weights" or a list of names of tensors';
const batchSizeText = 'expected a whole number of at least 1, or "full"';

/** What a trial's JSON may hold, field by field; relations between fields are in trial-checks.ts. */
export const trialSchema = fields({
  data: dataSchema,
  model: modelSchema,
  loss: oneOf(['mse', 'crossEntropy']),
  optimizer,
  batchSize: z.union([count, z.literal('full')], { error: batchSizeText }),
  stop: fields({
    epochs: count,
    converged: fields({ below: positive, change: positive }).optional(),
  }),
  seed,
  init: init.optional(),
  observe: fields({
    loss: cadence,
    lastBatchLoss: oneOf(['epoch']).optional(),
    gradNorm: cadence,
    accuracy: cadence,
    train: evaluationCadence,
    test: evaluationCadence,
    tensorGradNorm: oneOf(['epoch']).optional(),
    lambdaMax: fields({ every: count }).optional(),
    snapshots: fields({
      every: count,
      parameters: z.union([oneOf(['all', 'weights']), listOf(z.string(), 'names')], { error: chosenText }),
      initial: z.boolean({ error: 'expected true or false' }).optional(),
    }).optional(),
  }).optional(),
}) satisfies z.ZodType<TrialSpec>;

/**
 * Checks a trial's JSON whole: fields, shapes and what fits together.
 * @throws SpecError with a line for each problem: the field's path, what is allowed and what came.
 */
export function parseTrialSpec(json: unknown): TrialSpec {
  return parseWith<TrialSpec>(trialSchema, checkTrial, json);
}
