import type { TaskCost, TimedNetwork } from './cost.js';

/** Seconds by operation on one core of about 3 GHz, from timings of the kernels; good to a factor of two. */
const perTask = 0.03;
const perStep = 3e-5;
const perParameterStep = 0.9e-9;
/** By multiplication of a forward pass, both passes back included. */
const perMultiplicationTrained = { images: 26e-12, convolution: 66e-12, curve: 150e-12 } as const;
/** An evaluation is a forward pass alone. */
const evaluationShare = 0.5;
/** In float64 code of vectors and matrices. */
const perMultiplication = 2e-9;

/** How long a task takes on one core of a usual machine if it trains to its last epoch, without running anything. */
export function typicalSeconds({ of, steps, gradients, evaluated, multiplications }: TaskCost): number {
  const alone = perTask + multiplications * perMultiplication;
  if (of === undefined) return alone;
  const perSample = of.forward * perMultiplicationTrained[speedClass(of)];
  const samples = steps * of.batchSize + gradients + evaluated * evaluationShare;
  return alone + steps * (perStep + perParameterStep * of.parameters) + samples * perSample;
}

function speedClass({ inputs, network }: TimedNetwork): keyof typeof perMultiplicationTrained {
  if (inputs === 'floats') return 'curve';
  return network.layers.some(({ kind }) => kind === 'conv2d') ? 'convolution' : 'images';
}
