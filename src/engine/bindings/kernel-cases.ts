import type { NetworkOptions } from '../network/types.js';
import type { LayerSpec, NetworkSpec } from '../network-spec.js';
import type { OptimizerSpec } from '../optimizers/index.js';

/* What the kernels' bits are held to, as data: networks of all shapes that they treat in another way, and outcomes. */

const hidden: readonly LayerSpec[] = [{ kind: 'relu' }, { kind: 'leakyRelu', slope: 0.1 }, { kind: 'tanh' }];
const turn = <T>(all: readonly T[], i: number): T => all[i % all.length]!;
const linear = (features: number): LayerSpec => ({ kind: 'linear', features });
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

/** A network that kernels are tried on, and the samples of its batch. */
export interface KernelCase {
  readonly network: NetworkSpec;
  readonly inputs: NetworkOptions['inputs'];
  readonly size: number;
  /** Default: they take turns. */
  readonly optimizer?: OptimizerSpec;
}

/**
 * Every number of rows and columns that the tiles of dense layers treat in another way, and batches that are and are
 * not whole vectors.
 */
const dense: readonly KernelCase[] = upTo(15).map((n) => ({
  network: {
    input: [n],
    layers: [
      linear(((5 * n) % 15) + 1),
      turn(hidden, n),
      linear(n),
      { kind: 'dropout', rate: 0.3 },
      linear(((7 * n) % 15) + 1),
      turn(hidden, n + 1),
      linear(n % 3 === 0 ? 1 : 16 - n),
    ],
  },
  inputs: 'floats',
  size: n === 7 ? 1100 : 3 * n - 2,
}));

/**
 * Byte images: less than a panel of outputs, whole panels, and one more; pixels that fill 16 and 64 bytes and do not.
 */
const sparse: readonly KernelCase[] = [1, 2, 7, 19, 20, 21, 40, 45].map((outputs, i) => ({
  network: {
    input: [[9, 16, 50, 64, 80, 129, 784][i % 7]!],
    layers: [linear(outputs), turn(hidden, i), linear(10)],
  },
  inputs: 'bytes',
  size: [1, 4, 9, 31, 64, 130, 2, 700][i]!,
}));

/**
 * Channels by the width of their vectors, kernels and pools of every size, with and without pooling, on bytes and on
 * values.
 */
const convolutional: readonly KernelCase[] = [1, 2, 3, 4, 5, 7, 8, 10, 13, 16, 17, 20, 21].flatMap((channels, i) =>
  [1, 2].map((kernel) => {
    const pool = (i + kernel) % 4;
    const bytes = (i + kernel) % 2 === 0;
    return {
      network: {
        input: [bytes ? 1 : (i % 5) + 1, 20, 20],
        layers: [
          { kind: 'conv2d', channels: ((3 * i) % 11) + 1, kernel: kernel + (i % 4) },
          ...(pool === 3 ? [turn(hidden, i)] : []),
          { kind: 'maxPool2d', size: kernel },
          ...(pool === 3 ? [] : [turn(hidden, i)]),
          { kind: 'conv2d', channels, kernel: (i % 5) + 1 },
          ...(pool > 0 ? [{ kind: 'maxPool2d', size: pool } as const] : []),
          turn(hidden, i + kernel),
          { kind: 'flatten' },
          { kind: 'dropout', rate: 0.2 },
          linear(6),
        ],
      },
      inputs: bytes ? 'bytes' : 'floats',
      size: 5 * kernel + i,
    };
  }),
);

/** What trials have called from the start. */
export const firstCases: readonly KernelCase[] = [...dense, ...sparse, ...convolutional];

/** Networks of the kinds that came later, by kind, and those that tell later code from earlier. */
export const laterCases: Readonly<Record<string, readonly KernelCase[]>> = {
  avgPool2d: [1, 2, 3, 4, 5, 8, 13].map((channels, i) => ({
    network: {
      input: [i % 2 === 0 ? 1 : 3, 20, 19],
      layers: [
        { kind: 'conv2d', channels, kernel: 2 },
        turn(hidden, i),
        { kind: 'avgPool2d', size: (i % 4) + 1 },
        { kind: 'flatten' },
        linear(6),
      ],
    },
    inputs: i % 2 === 0 ? 'bytes' : 'floats',
    size: 3 * i + 2,
  })),
  softplus: [1, 6, 9].map((n) => ({
    network: { input: [n], layers: [linear(5 * n), { kind: 'softplus' }, linear(n), { kind: 'softplus' }, linear(3)] },
    inputs: 'floats',
    size: 4 * n - 3,
  })),
  'linear without bias': [1, 7, 10].map((n, i) => ({
    network: {
      input: [16 * n],
      layers: [
        { kind: 'linear', features: 5 * n, bias: false },
        turn(hidden, i),
        { kind: 'linear', features: 3, bias: false },
      ],
    },
    inputs: i === 1 ? 'bytes' : 'floats',
    size: 4 * n - 3,
  })),
  rmsprop: [
    { kind: 'rmsprop' as const, learningRate: 0.01 },
    { kind: 'rmsprop' as const, learningRate: 0.01, alpha: 0.9, momentum: 0.9, weightDecay: 1e-3 },
    { kind: 'rmsprop' as const, learningRate: 0.01, momentum: 0.5, centered: true },
  ].map((optimizer, i) => ({
    network: { input: [5], layers: [linear(9), turn(hidden, i), linear(3)] },
    inputs: 'floats',
    size: 7,
    optimizer,
  })),
  'panels together': [25, 65, 80, 99, 161].map((outputs, i) => ({
    network: { input: [[784, 64, 129, 784, 50][i]!], layers: [linear(outputs), turn(hidden, i), linear(10)] },
    inputs: 'bytes',
    size: [100, 24, 130, 64, 97][i]!,
  })),
  square: [1, 6, 9].map((n) => ({
    network: { input: [n], layers: [linear(5 * n), { kind: 'square' }, linear(n), { kind: 'square' }, linear(3)] },
    inputs: 'floats',
    size: 4 * n - 3,
  })),
};

/**
 * What `kernelOutcomes` finds with the kernels that `kernelsDigest` names: whatever finds the same computes their bits.
 * `first`: of what trials have called from the start.
 */
export const knownOutcomes: Readonly<Record<string, string>> = {
  first: '2c440a4fbe37de7f4229970d74c0cac9154171a2d9828acd75d86200ab3ac342',
  avgPool2d: 'ff8b359d95495c98812dafe2396468c41941fbf620ba680119847ba4088320e4',
  'linear without bias': '21424929048a9ebbf0ccbfc6d8e0d93cc458aea4514a992a8eeb174b0fddcb1c',
  'panels together': 'fb33faa4f5ac4379f75142ba33de317e179f23d34f2f9221b564c196aacd1bfd',
  rmsprop: '5c869f8bd20fdf28f2446d1483f7edad0451548d388e76545ad86b7d744dcc2a',
  softplus: 'f5f42998a8343271b6f261ce2a84b8ca00390c25b2f472c8a4fa68654c323e54',
  square: 'ee30a5c9054aabaa497a7a17ba2c9e94eb993e8d385efa964ae8e65e2b04cdde',
};
