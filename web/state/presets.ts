import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import type { PanelName } from '../worker/protocol.js';
import { endsOf, usualObserve } from './specs.js';

/** A start that is worth looking at. */
export interface Preset {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  /** What to look at, in a sentence. */
  readonly look: string;
  readonly spec: TrialSpec;
  readonly panels?: readonly PanelName[];
  /** Steps between two points of a panel, where it is not the usual number. */
  readonly every?: number;
  /** Steps a second; as fast as it goes where it is absent. */
  readonly pace?: number;
}

type Parts = Omit<TrialSpec, 'loss' | 'seed' | 'batchSize' | 'stop' | 'kind'> &
  Partial<Pick<TrialSpec, 'batchSize' | 'seed'>> & { readonly epochs: number; readonly converged?: boolean };

function specOf({ epochs, converged = false, ...parts }: Parts): TrialSpec {
  const ends = endsOf(parts.data);
  return {
    loss: ends.labels ? 'crossEntropy' : 'mse',
    batchSize: 'full',
    seed: 1,
    stop: { epochs, ...(converged && { converged: { below: 0.001, change: 1e-5 } }) },
    observe: usualObserve(ends),
    ...parts,
  };
}

const sinc = { kind: 'function', name: 'sinc', points: 300 } as const;
const fitWidths = {
  m1: [1, 5, 10, 10, 10, 10, 10, 5, 1],
  m2: [1, 10, 18, 15, 4, 1],
  m3: [1, 190, 1],
} as const;
const fitTo = (widths: readonly number[], learningRate: number, data: TrialSpec['data'] = sinc): TrialSpec =>
  specOf({
    data,
    model: { kind: 'mlp', widths, activation: 'leakyRelu' },
    optimizer: { kind: 'adam', learningRate, weightDecay: 1e-4 },
    epochs: 25_000,
    converged: true,
  });

const images = (trainSize: number, testSize = 1000) => ({ kind: 'mnist', trainSize, testSize }) as const;
const dense = (hidden: number): TrialSpec['model'] => ({ kind: 'mlp', widths: [784, hidden, 10], activation: 'relu' });
const adam = (learningRate: number): TrialSpec['optimizer'] => ({ kind: 'adam', learningRate });

/** Full-batch descent, whose rate alone decides what becomes of it. */
const edgeWith = (learningRate: number): TrialSpec =>
  specOf({
    data: { kind: 'function', name: 'sinc', points: 60 },
    model: { kind: 'mlp', widths: [1, 32, 32, 1], activation: 'tanh' },
    optimizer: { kind: 'sgd', learningRate },
    epochs: 20_000,
  });

/** The spec with which Play opens. */
export const firstSpec: TrialSpec = fitTo(fitWidths.m1, 0.0012);

const report = 'Sections of the report';

/** All presets, in the order in which they are listed. */
export const presets: readonly Preset[] = [
  {
    id: 'fit-deep',
    group: report,
    title: '1.1.1 Seven hidden layers fit sinc',
    look: 'Long plateaus, then sudden progress: watch the fit bend where the loss drops.',
    spec: firstSpec,
    pace: 500,
  },
  {
    id: 'fit-shallow',
    group: report,
    title: '1.1.1 One hidden layer fits sinc',
    look: 'As many parameters in one layer: smooth from the first step, and slower to the end.',
    spec: fitTo(fitWidths.m3, 0.0011),
    pace: 500,
  },
  {
    id: 'fit-jumps',
    group: report,
    title: '1.1.1 Four hidden layers fit sign(sin)',
    look: 'Jumps are hard for a network that is continuous: the error stays beside them.',
    spec: fitTo(fitWidths.m2, 0.0015, { kind: 'function', name: 'signSin', points: 300 }),
    pace: 500,
  },
  {
    id: 'cnn',
    group: report,
    title: '1.1.2 A convolutional network reads digits',
    look: 'Draw a digit of your own, and see what the network makes of it while it learns.',
    spec: specOf({
      data: images(2000, 500),
      model: {
        kind: 'layers',
        input: [1, 28, 28],
        layers: [
          { kind: 'conv2d', channels: 10, kernel: 5 },
          { kind: 'relu' },
          { kind: 'maxPool2d', size: 2 },
          { kind: 'conv2d', channels: 15, kernel: 5 },
          { kind: 'relu' },
          { kind: 'maxPool2d', size: 2 },
          { kind: 'flatten' },
          { kind: 'linear', features: 86 },
          { kind: 'relu' },
          { kind: 'linear', features: 10 },
        ],
      },
      optimizer: adam(0.001),
      batchSize: 50,
      epochs: 20,
    }),
  },
  {
    id: 'trajectory',
    group: report,
    title: '1.2.1 The path of the weights',
    look: 'The weights in the two directions in which they move most; the share that these explain stands beside it.',
    spec: specOf({
      data: images(1000, 500),
      model: dense(100),
      optimizer: adam(0.001),
      batchSize: 100,
      epochs: 300,
    }),
    panels: ['trajectory'],
  },
  {
    id: 'gradient',
    group: report,
    title: '1.2.2 Spikes of the gradient',
    look: 'The gradient norm falls, then spikes late. Go to the first spike and branch there with half the rate.',
    spec: specOf({
      data: sinc,
      model: { kind: 'mlp', widths: [1, 500, 1], activation: 'relu' },
      optimizer: { kind: 'adam', learningRate: 0.001, weightDecay: 1e-4 },
      epochs: 2500,
      converged: true,
    }),
    panels: ['layers'],
  },
  {
    id: 'spectrum',
    group: report,
    title: '1.2.3 Curvature where the gradient is small',
    look: 'Pause anywhere: every eigenvalue of the Hessian, and how many of them are below 0.',
    spec: specOf({
      data: sinc,
      model: { kind: 'mlp', widths: [1, 20, 1], activation: 'tanh' },
      optimizer: adam(0.01),
      epochs: 3000,
    }),
    panels: ['spectrum'],
    pace: 500,
  },
  {
    id: 'random-labels',
    group: report,
    title: '1.3.1 Labels that mean nothing',
    look: 'Every label is a draw of a die, and the network learns them all the same: the test loss rises.',
    spec: specOf({
      data: { ...images(600, 500), randomLabels: { fraction: 1, seed: 1 } },
      model: dense(300),
      optimizer: adam(0.0005),
      batchSize: 20,
      epochs: 150,
    }),
  },
  {
    id: 'parameters',
    group: report,
    title: '1.3.2 Many more parameters than images',
    look: 'A thousand hidden units for two thousand images: compare with fewer, and look at the test loss.',
    spec: specOf({ data: images(2000), model: dense(1000), optimizer: adam(0.001), batchSize: 100, epochs: 10 }),
  },
  {
    id: 'large-batch',
    group: report,
    title: '1.3.3 A large batch',
    look: 'One batch of 1,000 images a step. Change the batch to 64 while it runs, and compare.',
    spec: specOf({ data: images(3000), model: dense(500), optimizer: adam(0.001), batchSize: 1000, epochs: 60 }),
  },
  {
    id: 'small-batch',
    group: report,
    title: '1.3.4 Batches of ten',
    look: 'Small batches: more steps an epoch, and a noisier gradient.',
    spec: specOf({ data: images(3000), model: dense(500), optimizer: adam(0.0002), batchSize: 10, epochs: 10 }),
  },
  {
    id: 'spiral',
    group: 'Worth a look',
    title: 'Two spirals',
    look: 'The border between the classes winds itself up: two layers are enough, one takes long.',
    spec: specOf({
      data: { kind: 'plane', set: 'spiral', noise: 0.05 },
      model: { kind: 'mlp', widths: [2, 16, 16, 2], activation: 'tanh' },
      optimizer: adam(0.01),
      epochs: 4000,
    }),
    panels: ['layers'],
    pace: 500,
  },
  {
    id: 'double-descent',
    group: 'Worth a look',
    title: 'Double descent, near its worst width',
    look: 'Noisy points and about as many parameters. Set the width to 4, then to 200, and compare the test losses.',
    spec: specOf({
      data: { kind: 'formula', formula: 'sin(4 * x)', points: 30, noise: 0.3, noiseSeed: 1, testPoints: 200 },
      model: { kind: 'mlp', widths: [1, 10, 1], activation: 'tanh' },
      optimizer: adam(0.02),
      epochs: 12_000,
    }),
  },
  {
    id: 'deep-stuck',
    group: 'Worth a look',
    title: 'A deep network that does not learn',
    look: 'Twenty layers of ReLU: the gradient of the first layers is all but 0, and the output stays flat.',
    spec: specOf({
      data: sinc,
      model: { kind: 'mlp', widths: [1, ...new Array<number>(20).fill(10), 1], activation: 'relu' },
      optimizer: { kind: 'sgd', learningRate: 0.05 },
      epochs: 2000,
    }),
    panels: ['layers'],
    pace: 500,
  },
  {
    id: 'edge',
    group: 'Worth a look',
    title: 'The edge of stability',
    look:
      'Full-batch descent: the largest eigenvalue climbs to 2 / rate and stays there, while the loss goes on ' +
      'falling.',
    spec: edgeWith(0.1),
    panels: ['lambdaMax'],
    pace: 500,
  },
  {
    id: 'rate-one',
    group: 'Worth a look',
    title: 'A learning rate of 1 diverges',
    look:
      'The largest eigenvalue is above 2 / rate: each step lands further from the valley than it began. A tenth of ' +
      'this rate learns.',
    spec: edgeWith(1),
    panels: ['lambdaMax'],
    every: 1,
    pace: 5,
  },
];

/** The preset whose run a spec is, if it is one. */
export function presetOf(spec: TrialSpec): Preset | undefined {
  const text = sorted(spec);
  return presets.find((preset) => sorted(preset.spec) === text);
}

/** A spec, or several, as a text that does not depend on the order of its fields. */
export const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
