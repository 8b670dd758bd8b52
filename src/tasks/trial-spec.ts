import type { KindSpec, SpecOf } from '../base/fields.js';
import type { initKinds, trialFields } from './trial-fields.js';

export type { DataSpec } from '../data/sources/index.js';
export type { ModelSpec } from '../engine/model-spec.js';

/** Where the parameters start. */
export type InitSpec = KindSpec<(typeof initKinds)[number]>;

/** One training run as data: what its result depends on, and nothing else. Its id is a hash of this. */
export interface TrialSpec extends SpecOf<typeof trialFields> {}
