import { afterEach, expect, test, vi } from 'vitest';
import { kernelMemory } from '../../../test/support/kernel-memory.js';
import { uniformValues } from '../../../test/support/random.js';
import { samplesFor } from '../../../test/support/samples.js';
import { Mt19937 } from '../../base/mt19937.js';
import { sha256Hex } from '../../base/sha256.js';
import { createNetwork, type NetworkOptions } from '../network/network.js';
import type { LayerSpec, NetworkSpec } from '../network-spec.js';
import type { OptimizerSpec } from '../training/spec.js';
import { kernelsDigest } from './kernels.js';

/** SHA-256 of all outcomes below, and the name of the kernels that first gave them. */
const known = {
  kernels: '0bcefc4856715b711e674649423b1f3f6708a767d476578f109c509220a1a96d',
  outcomes: '2c440a4fbe37de7f4229970d74c0cac9154171a2d9828acd75d86200ab3ac342',
  /** The same of kinds that came later, whose kernels no older trial calls. */
  later: {
    avgPool2d: 'ff8b359d95495c98812dafe2396468c41941fbf620ba680119847ba4088320e4',
    'linear without bias': '21424929048a9ebbf0ccbfc6d8e0d93cc458aea4514a992a8eeb174b0fddcb1c',
    softplus: 'f5f42998a8343271b6f261ce2a84b8ca00390c25b2f472c8a4fa68654c323e54',
    square: 'ee30a5c9054aabaa497a7a17ba2c9e94eb993e8d385efa964ae8e65e2b04cdde',
  },
} as const;

const hidden: readonly LayerSpec[] = [{ kind: 'relu' }, { kind: 'leakyRelu', slope: 0.1 }, { kind: 'tanh' }];
const optimizers: readonly OptimizerSpec[] = [
  { kind: 'adam', learningRate: 0.01, weightDecay: 1e-3 },
  { kind: 'adamW', learningRate: 0.01 },
  { kind: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 1e-3 },
];
const turn = <T>(all: readonly T[], i: number): T => all[i % all.length]!;
const linear = (features: number): LayerSpec => ({ kind: 'linear', features });
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

interface Case {
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
const dense: readonly Case[] = upTo(15).map((n) => ({
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
const sparse: readonly Case[] = [1, 2, 7, 19, 20, 21, 40, 45].map((outputs, i) => ({
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
const convolutional: readonly Case[] = [1, 2, 3, 4, 5, 7, 8, 10, 13, 16, 17, 20, 21].flatMap((channels, i) =>
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

/** Networks of the kinds that came later, by kind. */
const later: Readonly<Record<string, readonly Case[]>> = {
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
  square: [1, 6, 9].map((n) => ({
    network: { input: [n], layers: [linear(5 * n), { kind: 'square' }, linear(n), { kind: 'square' }, linear(3)] },
    inputs: 'floats',
    size: 4 * n - 3,
  })),
};

/** All that a network returns: three steps with their gradients, curvature, tangents, an evaluation, predictions. */
async function outcomes(one: Case, i: number): Promise<readonly (number | ArrayLike<number>)[]> {
  const loss = i % 2 === 0 ? 'mse' : 'crossEntropy';
  const data = samplesFor(one.network, loss, one.inputs, one.size, i);
  const network = await createNetwork(one.network, {
    loss,
    inputs: one.inputs,
    optimizer: one.optimizer ?? turn(optimizers, i),
    dropoutKey: [i, 1],
    curvature: true,
  });
  const count = network.parameterCount;
  network.setParameters(uniformValues(count, i).map((v) => v / 3));
  const batch = { data, order: null, start: 0, count: one.size };
  const found: (number | ArrayLike<number>)[] = [];
  for (let step = 0; step < 3; step++) {
    found.push(network.step(batch).loss, network.gradNorm(), network.gradients(), network.parameters());
  }
  const v = uniformValues(count, i + 1);
  for (const matrix of ['hessian', 'gaussNewton'] as const)
    found.push(network.curvatureProduct(batch, v, matrix).product);
  const tangents = network.jacobianProduct(batch, v);
  found.push(tangents, network.transposedJacobianProduct(batch, uniformValues(tangents.length, i + 2)));
  found.push(network.evaluate(data).loss, network.predict(data));
  return found;
}

/** Of either sign and any size below 2^`most`, denormals included: floats by their bits. */
function anySize(count: number, seed: number, most: number): Float32Array {
  const rng = new Mt19937(seed);
  const words = Uint32Array.from({ length: count }, () => {
    const word = rng.next();
    const exponent = ((word >>> 23) & 0xff) % (most + 127);
    return (word & 0x807fffff) | (exponent << 23);
  });
  return new Float32Array(words.buffer);
}

/** What is computed element by element, on numbers of every size. */
async function elementwise(): Promise<readonly (number | ArrayLike<number>)[]> {
  const { kernels, floats, bytes } = await kernelMemory();
  const count = 1 << 14;
  const numbers = (seed: number, most = 30) => floats(anySize(count, seed, most));
  const zeros = () => floats(new Float32Array(count));
  const tanh = numbers(1, 5);
  kernels.tanhForward(tanh.pointer, tanh.pointer, count);
  const [p, m, v, q, buffer] = [numbers(2, 3), zeros(), zeros(), numbers(3, 3), zeros()];
  const adam = (gradient: number, beta1: number, decay: number) =>
    kernels.adamUpdate(p.pointer, gradient, m.pointer, v.pointer, count, 1e-3, beta1, 0.999, 1e-8, decay, 0.999);
  for (const most of [30, -30, -60, -100]) {
    const gradient = numbers(100 + most, most).pointer;
    adam(gradient, 0.9, 1e-4);
    kernels.sgdUpdate(q.pointer, gradient, buffer.pointer, count, 1e-3, 0.9, 1e-4);
  }
  // First moments fade as far as their rounding.
  for (let step = 0; step < 10; step++) adam(zeros().pointer, 0.01, 0);
  const [classes, samples] = [16, count / 16];
  const logits = floats(uniformValues(count, 5).map((z) => 120 * z * z * z));
  const labels = bytes(Uint8Array.from({ length: samples }, (_, i) => (7 * i) % classes)).pointer;
  const [delta, predictions] = [zeros(), bytes(new Uint8Array(samples))];
  const loss = kernels.crossEntropy(
    logits.pointer,
    labels,
    delta.pointer,
    predictions.pointer,
    classes,
    samples,
    samples,
    samples,
    1 / samples,
  );
  return [loss, ...[tanh, p, m, v, q, buffer, delta, predictions].map((array) => array.view())];
}

/** Names the kernels' functions that were called since. */
function watchKernels(): { readonly called: Set<string>; readonly all: Set<string> } {
  const called = new Set<string>();
  const all = new Set<string>();
  const instantiate = WebAssembly.instantiate as (module: WebAssembly.Module) => Promise<WebAssembly.Instance>;
  vi.spyOn(WebAssembly, 'instantiate').mockImplementation((async (module: WebAssembly.Module) => {
    const { exports } = await instantiate(module);
    const watched = Object.entries(exports).map(([name, value]) => {
      if (typeof value !== 'function') return [name, value];
      all.add(name);
      return [
        name,
        (...values: unknown[]) => {
          called.add(name);
          return value(...values);
        },
      ];
    });
    return { exports: Object.fromEntries(watched) };
  }) as unknown as typeof WebAssembly.instantiate);
  return { called, all };
}

afterEach(() => {
  vi.restoreAllMocks();
});

/** SHA-256 of some outcomes, which are all finite. */
function hashOf(outcomes: readonly (number | ArrayLike<number>)[]): string {
  const hashes = outcomes.map((value) => {
    const values = typeof value === 'number' ? Float64Array.of(value) : Float32Array.from(value);
    expect(values.every(Number.isFinite)).toBe(true);
    return sha256Hex(new Uint8Array(values.buffer));
  });
  return sha256Hex(hashes.join('\n'));
}

async function outcomesOf(cases: readonly Case[]): Promise<readonly (number | ArrayLike<number>)[]> {
  const all = [];
  for (const [i, one] of cases.entries()) all.push(...(await outcomes(one, i)));
  return all;
}

test('the kernels compute the bits that kernelsDigest names, each of them', async () => {
  const { called, all } = watchKernels();
  const outcomes = hashOf([...(await outcomesOf([...dense, ...sparse, ...convolutional])), ...(await elementwise())]);
  const added: Record<string, string> = {};
  for (const [kind, cases] of Object.entries(later)) added[kind] = hashOf(await outcomesOf(cases));
  expect([...all].filter((name) => !called.has(name))).toEqual([]);
  const help = `where other bits are meant, kernelsDigest becomes the new binary's SHA-256, and these outcomes ${outcomes}`;
  expect({ kernels: kernelsDigest, outcomes, later: added }, help).toEqual(known);
});
