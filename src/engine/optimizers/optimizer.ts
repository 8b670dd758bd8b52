import { powInt } from '../../base/math.js';
import type { Kernels } from '../bindings/kernels.js';
import type { Arena } from '../network/arena.js';
import { exportParameters, importParameters, type Parameters } from '../network/parameters.js';
import type { OptimizerSpec } from '../training/spec.js';

/** What an optimizer remembers between steps. Shapes: each of `moments` [parameters], in PyTorch's order: SGD's buffer, or Adam's first moment / (1 - beta1) and second moment / (1 - beta2). */
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
  /** Moves the parameters [start, start + length) along their gradient, which begins at `gradient` (default: `start`). Each parameter once a step, in any order. */
  update(start: number, length: number, gradient?: number): void;
  /**
   * What a step divides the first moment by, as `sqrt(moment) * scale + epsilon` of the second moments, a region laid out like the parameters: Adam's preconditioner.
   * Undefined before the first step, and for an optimizer that does not scale parameters one by one.
   */
  preconditioner(): { readonly moments: number; readonly scale: number; readonly epsilon: number } | undefined;
  state(): OptimizerState;
  /** Goes on where `state` was taken. @throws RangeError if it is not of this optimizer and network */
  restore(state: OptimizerState): void;
}

/** Weight decay of a spec, PyTorch's default where it names none. */
const weightDecayOf = (spec: OptimizerSpec): number => spec.weightDecay ?? (spec.kind === 'adamW' ? 0.01 : 0);

export function createOptimizer(
  spec: OptimizerSpec,
  parameters: Parameters,
  kernels: Kernels,
  arena: Arena,
): Optimizer {
  return spec.kind === 'sgd'
    ? createSgd(spec, parameters, kernels, arena)
    : createAdam(spec, parameters, kernels, arena);
}

function createSgd(
  spec: OptimizerSpec & { kind: 'sgd' },
  parameters: Parameters,
  kernels: Kernels,
  arena: Arena,
): Optimizer {
  const buffer = arena.floats(parameters.length);
  const decay = weightDecayOf(spec);
  let steps = 0;
  return {
    get steps() {
      return steps;
    },
    begin() {
      steps++;
    },
    update(start, length, gradient = start) {
      const at = 4 * start;
      kernels.sgdUpdate(
        parameters.value + at,
        parameters.grad + 4 * gradient,
        buffer + at,
        length,
        spec.learningRate,
        spec.momentum ?? 0,
        decay,
      );
    },
    preconditioner: () => undefined,
    state: () => ({ steps, moments: [exportParameters(parameters, kernels, buffer)] }),
    restore(state) {
      importMoments(state, [buffer], parameters, kernels);
      steps = state.steps;
    },
  };
}

function createAdam(
  spec: OptimizerSpec & { kind: 'adam' | 'adamW' },
  parameters: Parameters,
  kernels: Kernels,
  arena: Arena,
): Optimizer {
  const first = arena.floats(parameters.length);
  const second = arena.floats(parameters.length);
  const [beta1, beta2] = spec.betas ?? [0.9, 0.999];
  const epsilon = spec.epsilon ?? 1e-8;
  const decay = spec.kind === 'adam' ? weightDecayOf(spec) : 0;
  const shrink = spec.kind === 'adamW' ? 1 - spec.learningRate * weightDecayOf(spec) : 1;
  let steps = 0;
  let rate = 0;
  let secondScale = 0;
  const scale = (): void => {
    secondScale = Math.sqrt((1 - beta2) / (1 - powInt(beta2, steps)));
    rate = (spec.learningRate * (1 - beta1)) / ((1 - powInt(beta1, steps)) * secondScale);
  };
  return {
    get steps() {
      return steps;
    },
    begin() {
      steps++;
      scale();
    },
    update(start, length, gradient = start) {
      const at = 4 * start;
      kernels.adamUpdate(
        parameters.value + at,
        parameters.grad + 4 * gradient,
        first + at,
        second + at,
        length,
        rate,
        beta1,
        beta2,
        epsilon / secondScale,
        decay,
        shrink,
      );
    },
    preconditioner: () => (steps === 0 ? undefined : { moments: second, scale: secondScale, epsilon }),
    state: () => ({ steps, moments: [first, second].map((region) => exportParameters(parameters, kernels, region)) }),
    restore(state) {
      importMoments(state, [first, second], parameters, kernels);
      steps = state.steps;
      scale();
    },
  };
}

function importMoments(
  { moments }: OptimizerState,
  regions: readonly number[],
  parameters: Parameters,
  kernels: Kernels,
): void {
  if (moments.length !== regions.length) {
    throw new RangeError(`optimizer state: expected ${regions.length} arrays of moments, got ${moments.length}`);
  }
  regions.forEach((region, i) => {
    importParameters(parameters, kernels, region, moments[i]!);
  });
}
