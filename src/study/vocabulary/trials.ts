import { networkOf } from '../../engine/model-spec.js';
import { parameterCount } from '../../engine/shapes.js';
import type { ModelSpec, TrialSpec } from '../../tasks/trial-spec.js';
import type { Arm } from '../experiment.js';

/** How many images a training has, in batches of how many, and how often it sees them. */
export interface MnistSize {
  readonly trainSize: number;
  readonly testSize: number;
  readonly batchSize: number;
  readonly epochs: number;
}

/** The sizes of all of MNIST. */
export const allImages = { trainSize: 60_000, testSize: 10_000 } as const;

/** Numbers that a network learns. */
export const parametersOf = (model: ModelSpec): number => parameterCount(networkOf(model));

/** A classifier of MNIST's images with one hidden layer. */
export const denseClassifier = (hidden: number): ModelSpec => ({
  kind: 'mlp',
  widths: [784, hidden, 10],
  activation: 'relu',
});

interface Training {
  readonly model: ModelSpec;
  readonly learningRate: number;
  /** L2 in the gradient. Default none. */
  readonly weightDecay?: number;
}

type TrialParts = Training & Pick<TrialSpec, 'init' | 'observe'>;

/** A classifier of MNIST's images, trained with Adam on the cross-entropy. */
export function mnistTrial(
  { trainSize, testSize, batchSize, epochs }: MnistSize,
  { model, learningRate, weightDecay, ...more }: TrialParts,
): Arm['spec'] {
  return {
    data: { kind: 'mnist', trainSize, testSize },
    model,
    loss: 'crossEntropy',
    optimizer: adam(learningRate, weightDecay),
    batchSize,
    stop: { epochs },
    ...more,
  };
}

/** The rule by which the original's fits end: a loss below 0.001 that changed by less than 0.00001 twice. */
export const fitted = { below: 0.001, change: 1e-5 } as const;

type FitParts = TrialParts & Pick<TrialSpec, 'stop'> & { readonly function: 'sinc' | 'signSin' };

/** A network that learns a function from 300 points at once, with Adam on the squared error. */
export function fitTrial({ function: name, learningRate, weightDecay, ...more }: FitParts): Arm['spec'] {
  return {
    data: { kind: 'function', name, points: fitPoints },
    loss: 'mse',
    optimizer: adam(learningRate, weightDecay),
    batchSize: 'full',
    ...more,
  };
}

/** Points that a function is learnt from. */
export const fitPoints = 300;

const adam = (learningRate: number, weightDecay?: number): TrialSpec['optimizer'] => ({
  kind: 'adam',
  learningRate,
  ...(weightDecay !== undefined && { weightDecay }),
});
