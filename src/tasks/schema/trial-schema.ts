import type * as z from 'zod/mini';
import { trialFields } from '../trial-fields.js';
import type { TrialSpec } from '../trial-spec.js';
import { fieldsSchema } from './field-schema.js';
import { parseWith } from './spec-fields.js';
import { checkTrial } from './trial-checks.js';

const trialSchema = fieldsSchema(trialFields) as z.ZodMiniType<TrialSpec>;

/**
 * Checks a trial's JSON whole: fields, shapes and what fits together.
 * @throws SpecError with a line for each problem: the field's path, what is allowed and what came.
 */
export function parseTrialSpec(json: unknown): TrialSpec {
  return parseWith<TrialSpec>(trialSchema, checkTrial, json);
}
