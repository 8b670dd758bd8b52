import type { ReferenceLayer } from '../layers/reference.js';
import { requireLength } from '../require-length.js';
import { allocateLike, backwardPass, type NetworkPoint, tangentPass } from './passes.js';

/**
 * A direction, or a gradient, in the parameters and in the inputs.
 * Shapes: params [parameterCount], inputs [n, inputs].
 */
export interface ParamsAndInputs {
  readonly params: Float64Array;
  readonly inputs: Float64Array;
}

/** The derivatives of a network's outputs at one point. Results are the caller's to keep. */
export interface Linearization {
  /** Shapes: [n, outputs]. */
  readonly outputs: Float64Array;
  /** J v, the outputs' derivative along a direction; what is left out stands still. Shapes: result [n, outputs]. */
  jvp(direction: Partial<ParamsAndInputs>): Float64Array;
  /** J' u, the gradient of u . outputs. Shapes: u [n, outputs]. */
  vjp(u: Float64Array): ParamsAndInputs;
  /** Each sample's outputs differentiated by its own inputs. Shapes: [n, outputs, inputs]. */
  inputJacobian(): Float64Array;
}

/** The derivatives at a point whose outputs are there. */
export function linearizationAt(layers: readonly ReferenceLayer[], at: NetworkPoint): Linearization {
  const tangent = allocateLike(layers, at);
  const gradient = allocateLike(layers, at);
  const inputSize = layers[0]!.inputSize;
  const outputSize = layers.at(-1)!.outputSize;
  return {
    outputs: at.outputs,
    jvp({ params, inputs }) {
      setOrClear('direction in the parameters', tangent.params, params);
      setOrClear('direction in the inputs', tangent.inputs, inputs);
      tangentPass(layers, at, tangent, 'params and inputs');
      return tangent.outputs.slice();
    },
    vjp(u) {
      requireLength('direction in the outputs', u, gradient.outputs.length);
      gradient.outputs.set(u);
      backwardPass(layers, at, gradient, 'params and inputs');
      return { params: gradient.params.slice(), inputs: gradient.inputs.slice() };
    },
    // Samples do not touch each other, so one backward pass an output serves all of them.
    inputJacobian() {
      const samples = at.inputs.length / inputSize;
      const jacobian = new Float64Array(samples * outputSize * inputSize);
      for (let k = 0; k < outputSize; k++) {
        gradient.outputs.forEach((_, i) => {
          gradient.outputs[i] = i % outputSize === k ? 1 : 0;
        });
        backwardPass(layers, at, gradient, 'params and inputs');
        for (let n = 0; n < samples; n++) {
          const row = gradient.inputs.subarray(n * inputSize, (n + 1) * inputSize);
          jacobian.set(row, (n * outputSize + k) * inputSize);
        }
      }
      return jacobian;
    },
  };
}

function setOrClear(what: string, target: Float64Array, values: Float64Array | undefined): void {
  if (values === undefined) {
    target.fill(0);
  } else {
    requireLength(what, values, target.length);
    target.set(values);
  }
}
