import type { Fields, Kind, SpecOf } from '../../base/fields.js';
import type { Kernels } from '../bindings/kernels.js';

/** An optimizer's rule with its kernel bound. */
export interface PlannedRule {
  /** Comes before the updates of a step, numbered from 1, and after a state was restored. */
  begin(step: number): void;
  /**
   * Moves the parameters [start, start + length) along their gradient, which begins at `gradient` among all gradients.
   */
  update(start: number, length: number, gradient: number): void;
  /** What a step divides the gradient's mean by; undefined for a rule that does not scale parameters one by one. */
  preconditioner(): Preconditioner | undefined;
}

/** A diagonal: `sqrt(moment) * scale + epsilon` of the second moments, a region laid out like the parameters. */
export interface Preconditioner {
  readonly moments: number;
  readonly scale: number;
  readonly epsilon: number;
}

/** Addresses of all parameters, of their gradients and of what the rule remembers. Shapes: each [parameters] */
export interface RuleMemory {
  readonly values: number;
  readonly gradients: number;
  readonly moments: readonly number[];
}

/** Parameters with what their optimizer remembers, in float64. Shapes: each array [parameterCount]. */
export interface ReferenceState {
  readonly params: Float64Array;
  /** Steps taken. */
  readonly steps: number;
  /** As many as the rule remembers, 0 before the first step. */
  readonly moments: readonly Float64Array[];
}

/** A kind of optimizer, whole: what it is and how it is computed. */
export interface OptimizerDefinition<Name extends string = string, F extends Fields = Fields> extends Kind<Name, F> {
  /** The optimizer in a word or two, as tables have it: `sgd 0.1`. */
  words(spec: SpecOf<F>): string;
  /** Arrays that it remembers from step to step, each as long as the parameters. */
  moments(spec: SpecOf<F>): number;
  /** Binds its kernel. */
  plan(spec: SpecOf<F>, memory: RuleMemory, kernels: Kernels): PlannedRule;
  /** The oracle of the kernel: the state after one more step. Shapes: gradient [parameterCount] */
  reference(spec: SpecOf<F>, state: ReferenceState, gradient: Float64Array): ReferenceState;
}

/** An optimizer's definition, with its types as narrow as they are written. */
export const defineOptimizer = <const Name extends string, const F extends Fields>(
  definition: OptimizerDefinition<Name, F>,
): OptimizerDefinition<Name, F> => definition;
