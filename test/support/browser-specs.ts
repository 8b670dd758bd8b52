import type { TrialSpec } from '../../src/tasks/trial-spec.js';

const adam = { kind: 'adam', learningRate: 0.002, weightDecay: 1e-4 } as const;
const observe = { loss: 'step', gradNorm: 'step' } as const;
/** Small trials that between them use every kind of data and layer, both losses, every optimizer, and edits. */
export const specs: Readonly<Record<string, TrialSpec>> = {
  'function fit, leakyRelu, adam': {
    data: { kind: 'function', name: 'sinc' },
    model: { kind: 'mlp', widths: [1, 10, 18, 15, 4, 1], activation: 'leakyRelu' },
    loss: 'mse',
    optimizer: adam,
    batchSize: 'full',
    stop: { epochs: 200 },
    seed: 3,
    observe,
  },
  'function fit, tanh, sgd with momentum': {
    data: { kind: 'function', name: 'signSin', points: 101 },
    model: { kind: 'mlp', widths: [1, 31, 1], activation: 'tanh' },
    loss: 'mse',
    optimizer: { kind: 'sgd', learningRate: 0.05, momentum: 0.9 },
    batchSize: 13,
    stop: { epochs: 30 },
    seed: 4,
    observe,
  },
  'MNIST, sparse input, random labels, adamW': {
    data: { kind: 'mnist', trainSize: 500, testSize: 300, randomLabels: { fraction: 0.5, seed: 1 } },
    model: { kind: 'mlp', widths: [784, 50, 10], activation: 'relu' },
    loss: 'crossEntropy',
    optimizer: { kind: 'adamW', learningRate: 0.001 },
    batchSize: 64,
    stop: { epochs: 2 },
    seed: 5,
    observe: { ...observe, accuracy: 'epoch', test: 'epoch' },
  },
  'MNIST, convolutions and dropout': {
    data: { kind: 'mnist', trainSize: 400, testSize: 200 },
    model: {
      kind: 'layers',
      input: [1, 28, 28],
      layers: [
        { kind: 'conv2d', channels: 10, kernel: 4 },
        { kind: 'relu' },
        { kind: 'maxPool2d', size: 2 },
        { kind: 'conv2d', channels: 7, kernel: 3 },
        { kind: 'tanh' },
        { kind: 'maxPool2d', size: 3 },
        { kind: 'flatten' },
        { kind: 'linear', features: 20 },
        { kind: 'relu' },
        { kind: 'dropout', rate: 0.25 },
        { kind: 'linear', features: 10 },
      ],
    },
    loss: 'crossEntropy',
    optimizer: adam,
    batchSize: 90,
    stop: { epochs: 2 },
    seed: 6,
    observe: { ...observe, test: 'end' },
  },
  'points in the plane, edited on the way': {
    data: { kind: 'plane', set: 'spiral', classes: 3, randomLabels: { fraction: 0.1, seed: 2 } },
    model: { kind: 'mlp', widths: [2, 12, 8, 3], activation: 'tanh' },
    loss: 'crossEntropy',
    optimizer: { kind: 'sgd', learningRate: 0.1 },
    batchSize: 32,
    stop: { epochs: 20 },
    seed: 7,
    observe: { loss: 'step', layerGradNorm: 'step', test: 'epoch' },
    edits: [
      { atStep: 31, path: 'optimizer.momentum', value: 0.9 },
      { atStep: 40, path: 'batchSize', value: 50 },
      { atStep: 40, path: 'parameters[5]', value: -3 },
    ],
  },
  'a formula with noise': {
    data: { kind: 'formula', formula: 'sin(3 * x) + exp(-x^2) / 2', from: -3, to: 3, noise: 0.1, testPoints: 50 },
    model: { kind: 'mlp', widths: [1, 20, 1], activation: 'softplus' },
    loss: 'mse',
    optimizer: adam,
    batchSize: 64,
    stop: { epochs: 20 },
    seed: 8,
    observe: { loss: 'epoch', test: 'epoch' },
  },
  'a table of classes with a test part': {
    data: {
      kind: 'table',
      inputs: Array.from({ length: 20 }, (_, i) => [i / 10, (i * i) / 100]),
      labels: Array.from({ length: 20 }, (_, i) => (i >> 2) % 3),
      test: { size: 5 },
    },
    model: { kind: 'mlp', widths: [2, 8, 3], activation: 'relu' },
    loss: 'crossEntropy',
    optimizer: { kind: 'rmsprop', learningRate: 0.01 },
    batchSize: 6,
    stop: { epochs: 30 },
    seed: 9,
    observe: { loss: 'step', accuracy: 'epoch', test: 'epoch' },
  },
};

/** M1 of section 1.1.1, for some epochs. */
export const m1 = (epochs: number): TrialSpec => ({
  data: { kind: 'function', name: 'sinc', points: 300 },
  model: { kind: 'mlp', widths: [1, 5, 10, 10, 10, 10, 10, 5, 1], activation: 'leakyRelu' },
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.0012, weightDecay: 1e-4 },
  batchSize: 'full',
  stop: { epochs },
  seed: 1,
  observe,
});

/** 784-500-10 for 15,000 steps. */
export const wide: TrialSpec = {
  data: { kind: 'mnist', trainSize: 6000, testSize: 100 },
  model: { kind: 'mlp', widths: [784, 500, 10], activation: 'relu' },
  loss: 'crossEntropy',
  optimizer: { kind: 'adam', learningRate: 0.001 },
  batchSize: 64,
  stop: { epochs: 160 },
  seed: 1,
  observe: { loss: 'step' },
};
