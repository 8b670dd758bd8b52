import { canonical, completed } from '../base/complete.js';
import type { CompleteOf } from '../base/fields.js';
import type { CompleteData } from '../data/sources/index.js';
import { trialFields } from './trial-fields.js';
import type { TrialSpec } from './trial-spec.js';

/** A trial of which every field with a default is there. */
export type CompleteTrial = Omit<CompleteOf<typeof trialFields>, 'data'> & { readonly data: CompleteData };

/** A trial with every default written out. */
export function withDefaults(spec: TrialSpec): CompleteTrial {
  return completed(trialFields, spec) as CompleteTrial;
}

/** A trial without anything that equals its default: what its id is made of. */
export function canonicalTrial(spec: TrialSpec): TrialSpec {
  return canonical(trialFields, spec);
}
