import { type LeakyCalls, leakyCalls } from '../../bindings/leaky.js';
import { type LinearCalls, linearCalls } from '../../bindings/linear.js';
import {
  type Call,
  featureTensor,
  type PlacedOf,
  type PlanContext,
  type PlannedLayer,
  type Tensor,
  tensorFloats,
} from '../planned.js';
import type { linear } from './kind.js';

/** A leaky ReLU computed together with the linear layer before it. */
export interface FusedActivation {
  readonly slope: number;
  /** True if the layer that follows multiplies its gradient by the derivative itself; else this layer does. */
  readonly maskedByReader: boolean;
}

/** A dense layer between two tensors, with its kernels bound to its sizes. */
interface Dense {
  readonly layer: PlacedOf<typeof linear>;
  readonly input: Tensor;
  readonly output: Tensor;
  readonly calls: LinearCalls;
  /** The derivative of the fused activation, where there is one. */
  readonly gate: LeakyCalls['gate'] | undefined;
  /** Where the layer itself does so on the way back. */
  readonly masksOwn: boolean;
  /** Where sums for a bias go that are not wanted. */
  readonly biasScratch: number;
}

/**
 * A dense linear layer, z = W x + b or W x, with an activation fused behind it where there is one.
 *
 * Shapes: input [inputs][stride], output [outputs][stride]; W [outputs][inputs].
 */
export function planLinear(
  layer: PlacedOf<typeof linear>,
  input: Tensor,
  context: PlanContext,
  activation?: FusedActivation,
): PlannedLayer {
  const [inputs = 0] = layer.input;
  const [outputs = 0] = layer.output;
  const output = featureTensor(context, layer.output, outputs, {
    gradEnds: input.grad === 0,
    ...(activation?.maskedByReader && { maskSlope: activation.slope }),
  });
  const { weight, bias } = layer.blocks;
  const calls = linearCalls(context.kernels, { inputs, outputs });
  const dense: Dense = {
    layer,
    input,
    output,
    calls,
    gate: activation && leakyCalls(context.kernels, activation.slope, (pass) => tensorFloats(output, pass)).gate,
    masksOwn: activation?.maskedByReader === false,
    biasScratch: context.curvature || !bias ? context.arena.floats(outputs) : 0,
  };
  return {
    name: `${layer.index} linear`,
    output,
    forward: calls.product({
      weight: weight.value,
      bias: bias?.value,
      x: input.value,
      out: output.value,
      slope: activation?.slope,
    }),
    backward: backward(dense),
    tangentForward: tangentForward(dense),
    tangentBackward: tangentBackward(dense),
  };
}

function backward({ layer, input, output, calls, gate, masksOwn, biasScratch }: Dense): PlannedLayer['backward'] {
  const { weight, bias } = layer.blocks;
  const { start, length } = layer.range;
  const ownGate = masksOwn ? gate : undefined;
  const gradients = calls.gradients({
    delta: output.grad,
    x: input.value,
    weight: weight.grad,
    bias: bias?.grad ?? biasScratch,
  });
  const back = input.grad === 0 ? undefined : backThrough(calls, input, weight.value, output.grad, input.grad);
  return (pass, update) => {
    ownGate?.(output.grad, output.value, output.grad, pass);
    gradients(pass);
    back?.(pass);
    if (pass.last) update?.(start, length, start);
  };
}

/** to (+)= W' from, masked by the activation that made the input where this layer is the one to do so. */
function backThrough(
  calls: LinearCalls,
  { value: y, maskSlope, gradEnds }: Tensor,
  weight: number,
  delta: number,
  out: number,
  { add = false, masked = true }: { readonly add?: boolean; readonly masked?: boolean } = {},
): Call {
  const mask = masked && maskSlope !== undefined ? { y, slope: maskSlope } : undefined;
  return calls.backProduct({ weight, delta, out, add, mask, round: !gradEnds });
}

function tangentForward({ layer, input, output, calls, gate }: Dense): PlannedLayer['tangentForward'] {
  const { weight, bias } = layer.blocks;
  const out = output.tangent;
  const moveWeight = calls.product({ weight: weight.tangent, bias: bias?.tangent, x: input.value, out });
  const moveInput =
    input.tangent === 0 ? undefined : calls.product({ weight: weight.value, x: input.tangent, out, add: true });
  return (pass) => {
    moveWeight(pass);
    moveInput?.(pass);
    gate?.(out, output.value, out, pass);
  };
}

function tangentBackward(dense: Dense): PlannedLayer['tangentBackward'] {
  const { layer, input, output, calls, gate, masksOwn, biasScratch } = dense;
  const { weight, bias } = layer.blocks;
  const ownGate = masksOwn ? gate : undefined;
  const delta = output.tangentGrad;
  const gradients = calls.gradients({
    delta,
    x: input.value,
    weight: weight.product,
    bias: bias?.product ?? biasScratch,
  });
  const crossGradients =
    input.tangent === 0
      ? undefined
      : calls.gradients({
          delta: output.grad,
          x: input.tangent,
          weight: weight.product,
          bias: biasScratch,
          add: true,
        });
  const back = input.tangentGrad === 0 ? undefined : tangentBack(dense);
  return (pass, gaussNewton) => {
    ownGate?.(delta, output.value, delta, pass);
    gradients(pass);
    if (!gaussNewton) crossGradients?.(pass);
    back?.(pass, gaussNewton);
  };
}

/** R{gx} = W' R{gz} + R{W}' gz, masked once, at the end. */
function tangentBack({ layer, input, output, calls }: Dense): PlannedLayer['tangentBackward'] {
  const { weight } = layer.blocks;
  const { grad, tangentGrad } = output;
  const to = input.tangentGrad;
  const masked = backThrough(calls, input, weight.value, tangentGrad, to);
  const unmasked = backThrough(calls, input, weight.value, tangentGrad, to, { masked: false });
  const cross = backThrough(calls, input, weight.tangent, grad, to, { add: true });
  return (pass, gaussNewton) => {
    if (gaussNewton) {
      masked(pass);
    } else {
      unmasked(pass);
      cross(pass);
    }
  };
}
