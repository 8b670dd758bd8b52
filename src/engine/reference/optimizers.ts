import type { OptimizerSpec } from '../training/spec.js';
import { requireLength } from './require-length.js';

/** Parameters with what their optimizer remembers. Shapes: each array [parameterCount]. */
export interface OptimizerState {
  readonly params: Float64Array;
  /** Steps taken. */
  readonly steps: number;
  /** sgd: the momentum buffer. adam, adamW: the running mean of the gradient. */
  readonly first: Float64Array;
  /** adam, adamW: the running mean of the squared gradient. */
  readonly second: Float64Array;
}

/** The state before the first step. */
export function initialState(params: Float64Array): OptimizerState {
  const zeros = () => new Float64Array(params.length);
  return { params, steps: 0, first: zeros(), second: zeros() };
}

/** The state after one more step; the old one stays as it is. Shapes: gradient [parameterCount]. */
export function optimizerStep(spec: OptimizerSpec, state: OptimizerState, gradient: Float64Array): OptimizerState {
  requireLength('gradient', gradient, state.params.length);
  return spec.kind === 'sgd' ? sgdStep(spec, state, gradient) : adamStep(spec, state, gradient);
}

/**
 * Gradient descent with momentum mu and L2 weight decay c, as `torch.optim.SGD`. A buffer that starts at 0 gives PyTorch's first step, b = g + c p.
 *
 *     b' = mu b + (g + c p),   p' = p - learningRate b'
 */
function sgdStep(
  { learningRate, momentum = 0, weightDecay = 0 }: Extract<OptimizerSpec, { kind: 'sgd' }>,
  { params, steps, first, second }: OptimizerState,
  gradient: Float64Array,
): OptimizerState {
  const buffer = first.map((b, i) => momentum * b + (gradient[i]! + weightDecay * params[i]!));
  return { params: params.map((p, i) => p - learningRate * buffer[i]!), steps: steps + 1, first: buffer, second };
}

/**
 * Adam (Kingma & Ba 2015) with L2 weight decay c in the gradient, or AdamW (Loshchilov & Hutter 2019) with decoupled decay, as
 * `torch.optim.Adam` and `torch.optim.AdamW` of PyTorch 1.13, at step t = 1, 2, ...
 *
 *     m' = b1 m + (1 - b1) g,   v' = b2 v + (1 - b2) g^2          (g + c p in place of g for adam)
 *     p' = p - learningRate / (1 - b1^t) m' / (sqrt(v') / sqrt(1 - b2^t) + epsilon)          ((1 - learningRate c) p in place of p for adamW)
 */
function adamStep(
  spec: Extract<OptimizerSpec, { kind: 'adam' | 'adamW' }>,
  { params, steps, first, second }: OptimizerState,
  gradient: Float64Array,
): OptimizerState {
  const decoupled = spec.kind === 'adamW';
  const {
    learningRate,
    betas: [beta1, beta2] = [0.9, 0.999],
    epsilon = 1e-8,
    weightDecay = decoupled ? 0.01 : 0,
  } = spec;
  const t = steps + 1;
  const stepSize = learningRate / (1 - integerPower(beta1, t));
  const secondScale = Math.sqrt(1 - integerPower(beta2, t));
  const g = decoupled ? gradient : gradient.map((d, i) => d + weightDecay * params[i]!);
  const mean = first.map((m, i) => beta1 * m + (1 - beta1) * g[i]!);
  const square = second.map((v, i) => beta2 * v + (1 - beta2) * g[i]! * g[i]!);
  const keep = decoupled ? 1 - learningRate * weightDecay : 1;
  const moved = params.map(
    (p, i) => p * keep - (stepSize * mean[i]!) / (Math.sqrt(square[i]!) / secondScale + epsilon),
  );
  return { params: moved, steps: t, first: mean, second: square };
}

/** base^n for a whole n >= 0, by repeated squaring: the same bits everywhere, unlike Math.pow. */
function integerPower(base: number, n: number): number {
  let result = 1;
  for (let square = base, rest = n; rest > 0; rest = Math.floor(rest / 2), square *= square) {
    if (rest % 2 === 1) result *= square;
  }
  return result;
}
