import * as z from 'zod';
import { SpecError } from '../base/errors.js';
import { type MeasurementSpec, type MeasureName, surfacePlanes } from './measurement-spec.js';
import { dataSchema, modelSchema } from './schema.js';
import {
  count,
  fields,
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
import { checkSubject } from './trial-checks.js';

const flag = z.boolean({ error: 'expected true or false' }).optional();
const named = <const N extends MeasureName, T extends z.ZodRawShape>(name: N, shape: T) =>
  fields({ name: z.literal(name), ...shape });

/** Limits of what a measure takes memory for, far above what it is of use for. */
const mostPoints = 1_000_000;
const mostPointsASide = 1000;
const mostVectors = 10_000;
const mostHidden = 4000;

const measures = [
  named('interpolation', { alphas: listOf(real('expected a number'), 'numbers', mostPoints) }),
  named('trajectory', {
    components: whole(1, mostVectors),
    rows: oneOf(['centred', 'fromEnd']).optional(),
    tensors: listOf(z.string({ error: 'expected a name' }), 'names').optional(),
    firstColumns: count.optional(),
    epochs: z.tuple([whole(0), whole(0)], { error: 'expected two epochs [first, last]' }).optional(),
  }),
  named('sharpness', { epsilon: positive, samples: count }),
  named('curvature', { samples: count, products: whole(2, mostVectors) }),
  named('sensitivity', { samples: count }),
  named('gridError', { points: whole(2, mostPoints), excludeAroundJumps: notNegative.optional() }),
  named('predictions', {}),
  named('criticalPoint', {
    model: modelSchema,
    data: dataSchema,
    warmUpEpochs: whole(0),
    gradNorm: positive,
    maxSteps: count,
    learningRate: positive.optional(),
    method: oneOf(['dampedNewton', 'saddleFreeNewton', 'levenbergMarquardt', 'gradientNormDescent']).optional(),
    attempts: count.optional(),
    tolerance: share().optional(),
  }),
  named('minimalRatioAsCoded', {
    hidden: whole(1, mostHidden),
    epochs: count,
    learningRate: positive.optional(),
    bugs: fields({
      stepOnWrongGradient: flag,
      gaussNewtonByLayer: flag,
      accumulateOverEpochs: flag,
      meanOfWeightNorms: flag,
    }).optional(),
  }),
  named('hessian', { tolerance: share().optional() }),
  named('spectrum', { samples: count, probes: whole(1, mostVectors), steps: whole(2, mostVectors) }),
  named('surface', {
    span: positive,
    points: whole(2, mostPointsASide),
    samples: count,
    plane: oneOf(surfacePlanes).optional(),
  }),
] as const;

/** Names of all measures. */
export const measureNames: readonly MeasureName[] = measures.map(({ shape }) => shape.name.value);

const measurementSchema = fields({
  kind: z.literal('measurement', { error: 'expected "measurement"' }),
  measure: kinds(measureNames.map((name) => `"${name}"`).join(', '), measures, 'name'),
  of: z.array(taskIdField, { error: 'expected a list of ids' }),
  seed,
});

/** Of how many trials each measure is: at least, at most. */
const trialCounts: Readonly<Record<MeasureName, readonly [number, number]>> = {
  interpolation: [2, 2],
  trajectory: [1, 1000],
  sharpness: [1, 1],
  curvature: [1, 1],
  sensitivity: [1, 1],
  gridError: [1, 1],
  predictions: [2, 2],
  criticalPoint: [0, 0],
  minimalRatioAsCoded: [0, 0],
  hessian: [1, 1],
  spectrum: [1, 1],
  surface: [1, 1],
};

/**
 * Checks a measurement's JSON whole. Whether its trials are fit for it is seen when it is taken.
 * @throws SpecError with a line for each problem: the field's path, what is allowed and what came.
 */
export function parseMeasurementSpec(json: unknown): MeasurementSpec {
  return parseWith<MeasurementSpec>(measurementSchema, checkMeasurement, json);
}

function checkMeasurement({ measure, of }: MeasurementSpec): readonly SpecError[] {
  const problems =
    measure.name === 'criticalPoint'
      ? checkSubject(measure).map(({ path, problem }) => new SpecError(`measure.${path}`, problem))
      : [];
  const [least, most] = trialCounts[measure.name];
  if (of.length >= least && of.length <= most) return problems;
  const expected = least === most ? String(least) : `${least} to ${most}`;
  return [...problems, new SpecError('of', `expected ${expected} ids of trials for ${measure.name}, got ${of.length}`)];
}
