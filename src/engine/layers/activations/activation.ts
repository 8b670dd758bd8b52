import type { Fields, SpecOf } from '../../../base/fields.js';
import type { Kernels } from '../../bindings/kernels.js';
import { defineLayer, type LayerDefinition } from '../define.js';
import { layerKind } from '../kind.js';
import {
  nothing,
  type PlacedLayer,
  type PlanContext,
  type PlannedLayer,
  type Tensor,
  tensorFloats,
  tensorLike,
} from '../planned.js';
import type { ReferencePasses } from '../reference.js';
import { product } from '../shape.js';

/** The kernels of an activation y = f(x), value by value; addresses, and a count that is a multiple of 4. */
export interface ActivationKernels {
  /** y = f(x). */
  forward(x: number, y: number, count: number): void;
  /** to = from f'(x), read from x or from y. `from` and `to` may be the same. */
  derivative(from: number, x: number, y: number, to: number, count: number): void;
  /**
   * to = to + f''(x) R{x} gy, read from x or from y and R{y} = f'(x) R{x}; undefined where f'' is 0 everywhere.
   * Addresses besides: `grad` of gy, `tangentX` of R{x}, `tangentY` of R{y}.
   */
  readonly curvature: ((at: CurvatureAt, to: number, count: number) => void) | undefined;
}

/** Where the values lie that an activation's second derivative is multiplied with. */
export interface CurvatureAt {
  readonly x: number;
  readonly y: number;
  readonly grad: number;
  readonly tangentX: number;
  readonly tangentY: number;
}

/** An activation: a layer that applies one function to each value. */
export interface ActivationParts<F extends Fields> {
  readonly fields: F;
  kernels(kernels: Kernels, spec: SpecOf<F>): ActivationKernels;
  /** In float64. Shapes: x and y [n, features] */
  reference(spec: SpecOf<F>): ReferencePasses;
}

/** An activation's definition: shapes stay, and there are no parameters. */
export const defineActivation = <const Name extends string, const F extends Fields>(
  name: Name,
  { fields, kernels, reference }: ActivationParts<F>,
): LayerDefinition<Name, F, Readonly<Record<never, never>>> =>
  defineLayer(
    layerKind({
      kind: name,
      fields,
      output: (_spec, input) => input,
      tensors: () => ({}),
      work: (_spec, _input, output) => product(output),
      words: () => name,
    }),
    {
      plan: (layer, input, context) =>
        planActivation(name, layer, input, context, kernels(context.kernels, layer.spec)),
      reference: ({ spec }) => reference(spec),
    },
  );

/** An activation that is not fused with the layer before it. */
function planActivation(
  name: string,
  { index }: PlacedLayer,
  input: Tensor,
  context: PlanContext,
  { forward, derivative, curvature }: ActivationKernels,
): PlannedLayer {
  const output = tensorLike(input, context);
  const { value: x, grad, tangent, tangentGrad } = input;
  const y = output.value;
  const at: CurvatureAt = { x, y, grad: output.grad, tangentX: tangent, tangentY: output.tangent };
  return {
    name: `${index} ${name}`,
    output,
    forward: (pass) => forward(x, y, tensorFloats(output, pass)),
    backward: grad === 0 ? nothing : (pass) => derivative(output.grad, x, y, grad, tensorFloats(output, pass)),
    tangentForward:
      tangent === 0 ? nothing : (pass) => derivative(tangent, x, y, output.tangent, tensorFloats(output, pass)),
    tangentBackward(pass, gaussNewton) {
      if (tangentGrad === 0) return;
      const count = tensorFloats(output, pass);
      derivative(output.tangentGrad, x, y, tangentGrad, count);
      if (!gaussNewton) curvature?.(at, tangentGrad, count);
    },
  };
}

/** A function that has two derivatives everywhere. */
export interface SmoothFunction {
  /** f(x). */
  value(x: number): number;
  /** f'(x). */
  slope(x: number): number;
  /** f''(x). */
  bend(x: number): number;
}

/**
 * The passes of a smooth function in float64:
 *
 *     R{y} = f' R{x},   gx = f' gy,   R{gx} = f' R{gy} + f'' R{x} gy
 *
 * Shapes: x and y [n, features].
 */
export const smoothReference = ({ value, slope, bend }: SmoothFunction): ReferencePasses => ({
  forward({ x, y }) {
    for (let i = 0; i < y.length; i++) y[i] = value(x[i]!);
  },
  tangent(at, { x, y }) {
    for (let i = 0; i < y.length; i++) y[i] = slope(at.x[i]!) * x[i]!;
  },
  backward(at, { x, y }) {
    for (let i = 0; i < y.length; i++) x[i] = slope(at.x[i]!) * y[i]!;
  },
  backwardTangent(at, tangent, gradient, { x, y }) {
    for (let i = 0; i < y.length; i++) {
      x[i] = slope(at.x[i]!) * y[i]! + bend(at.x[i]!) * tangent.x[i]! * gradient.y[i]!;
    }
  },
});
