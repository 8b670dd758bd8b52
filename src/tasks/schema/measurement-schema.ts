import type * as z from 'zod/mini';
import { SpecError } from '../../base/errors.js';
import { type Fields, kindOf, list, seed, taskId, word } from '../../base/fields.js';
import { measurementOf, measurements } from '../../measurements/index.js';
import type { MeasurementSpec } from '../measurement-spec.js';
import { fieldsSchema } from './field-schema.js';
import { parseWith } from './spec-fields.js';
import { checkSubject } from './trial-checks.js';

const measurementFields = {
  kind: word('what it is', ['measurement']),
  measure: kindOf('what is measured', () => measurements, 'name'),
  of: list('ids of finished trials, in the order that the measurement wants', taskId('a trial'), 'ids', { least: 0 }),
  seed: seed('of random vectors'),
} satisfies Fields;

const measurementSchema = fieldsSchema(measurementFields) as z.ZodMiniType<MeasurementSpec>;

/**
 * Checks a measurement's JSON whole. Whether its trials are fit for it is seen when it is taken.
 * @throws SpecError with a line for each problem: the field's path, what is allowed and what came.
 */
export function parseMeasurementSpec(json: unknown): MeasurementSpec {
  return parseWith<MeasurementSpec>(measurementSchema, checkMeasurement, json);
}

function checkMeasurement({ measure, of }: MeasurementSpec): readonly SpecError[] {
  const { trains, of: counts } = measurementOf(measure);
  const subject = trains ? checkSubject(trains({ ...measure })) : [];
  const problems = subject.map(({ path, problem }) => new SpecError(`measure.${path}`, problem));
  const [least, most] = counts;
  if (of.length >= least && of.length <= most) return problems;
  const expected = least === most ? String(least) : `${least} to ${most}`;
  return [...problems, new SpecError('of', `expected ${expected} ids of trials for ${measure.name}, got ${of.length}`)];
}
