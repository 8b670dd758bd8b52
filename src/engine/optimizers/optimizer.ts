import type { Kernels } from '../bindings/kernels.js';
import type { Arena } from '../network/arena.js';
import { exportParameters, importParameters, type Parameters } from '../network/parameters.js';
import type { OptimizerDefinition, PlannedRule, Preconditioner } from './define.js';
import { type OptimizerSpec, optimizersByKind } from './index.js';

/**
 * What an optimizer remembers between steps; which moments these are stands at its definition.
 * Shapes: each of `moments` [parameters], in PyTorch's order
 */
export interface OptimizerState {
  readonly steps: number;
  readonly moments: readonly Float32Array<ArrayBuffer>[];
}

/** An optimizer with its state in the network's memory. */
export interface Optimizer {
  /** Steps begun so far. */
  readonly steps: number;
  /** Starts the next step: `update` calls belong to it until the next `begin`. */
  begin(): void;
  /**
   * Moves the parameters [start, start + length) along their gradient, which begins at `gradient` among all. Each
   * parameter once a step, in any order.
   */
  update(start: number, length: number, gradient: number): void;
  /**
   * What a step divides the gradient's mean by. Undefined before the first step, and for an optimizer that does not
   * scale parameters one by one.
   */
  preconditioner(): Preconditioner | undefined;
  /** Has other settings from the next step on; what it remembers stays. */
  retune(spec: OptimizerSpec): void;
  state(): OptimizerState;
  /** Resumes where `state` was taken. @throws RangeError, and stays as it is, if the state is another network's */
  restore(state: OptimizerState): void;
}

/** Takes the memory that an optimizer needs beside the parameters. */
export function createOptimizer(
  spec: OptimizerSpec,
  parameters: Parameters,
  kernels: Kernels,
  arena: Arena,
): Optimizer {
  const definition = optimizersByKind[spec.kind] as OptimizerDefinition;
  const regions = Array.from({ length: definition.moments(spec) }, () => arena.floats(parameters.length));
  const memory = { values: parameters.value, gradients: parameters.grad, moments: regions };
  const plan = (settings: OptimizerSpec): PlannedRule => definition.plan(settings, memory, kernels);
  const save = (region: number): Float32Array<ArrayBuffer> => exportParameters(parameters, kernels, region);
  return stepped(plan, spec, {
    save: () => regions.map(save),
    load(moments) {
      requireMoments(moments, regions.length, parameters.count);
      regions.forEach((region, i) => {
        importParameters(parameters, kernels, region, moments[i]!);
      });
    },
  });
}

function requireMoments(moments: OptimizerState['moments'], arrays: number, count: number): void {
  if (moments.length !== arrays) {
    throw new RangeError(`optimizer state: expected ${arrays} arrays of moments, got ${moments.length}`);
  }
  const odd = moments.find(({ length }) => length !== count);
  if (odd) throw new RangeError(`optimizer state: expected ${count} values in each array, got ${odd.length}`);
}

/** The moments of a rule, in PyTorch's order. */
interface Moments {
  save(): OptimizerState['moments'];
  load(moments: OptimizerState['moments']): void;
}

/** A rule that counts its steps. */
function stepped(plan: (spec: OptimizerSpec) => PlannedRule, spec: OptimizerSpec, moments: Moments): Optimizer {
  let rule = plan(spec);
  let steps = 0;
  return {
    get steps() {
      return steps;
    },
    begin() {
      steps++;
      rule.begin(steps);
    },
    get update() {
      return rule.update;
    },
    retune(settings) {
      rule = plan(settings);
      rule.begin(steps);
    },
    preconditioner: () => (steps === 0 ? undefined : rule.preconditioner()),
    state: () => ({ steps, moments: moments.save() }),
    restore(state) {
      moments.load(state.moments);
      steps = state.steps;
      rule.begin(steps);
    },
  };
}
