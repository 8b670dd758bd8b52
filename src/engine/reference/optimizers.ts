import type { OptimizerDefinition, ReferenceState } from '../optimizers/define.js';
import { type OptimizerSpec, optimizersByKind } from '../optimizers/index.js';
import { requireLength } from '../require-length.js';

export type { ReferenceState as OptimizerState } from '../optimizers/define.js';

const definitionOf = (spec: OptimizerSpec): OptimizerDefinition => optimizersByKind[spec.kind] as OptimizerDefinition;

/** The state before an optimizer's first step. Shapes: params [parameterCount] */
export const initialState = (spec: OptimizerSpec, params: Float64Array): ReferenceState => ({
  params,
  steps: 0,
  moments: Array.from({ length: definitionOf(spec).moments(spec) }, () => new Float64Array(params.length)),
});

/** The state after one more step; the old one stays as it is. Shapes: gradient [parameterCount]. */
export function optimizerStep(spec: OptimizerSpec, state: ReferenceState, gradient: Float64Array): ReferenceState {
  requireLength('gradient', gradient, state.params.length);
  return definitionOf(spec).reference(spec, state, gradient);
}
