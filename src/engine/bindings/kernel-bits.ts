import { Mt19937 } from '../../base/mt19937.js';
import { sha256Hex } from '../../base/sha256.js';
import { createArena } from '../network/arena.js';
import { createNetwork } from '../network/network.js';
import type { OptimizerSpec } from '../training/spec.js';
import { firstCases, type KernelCase, laterCases } from './kernel-cases.js';
import { instantiateKernels } from './kernels.js';
import { samplesFor, uniformValues } from './made-up-samples.js';

const optimizers: readonly OptimizerSpec[] = [
  { kind: 'adam', learningRate: 0.01, weightDecay: 1e-3 },
  { kind: 'adamW', learningRate: 0.01 },
  { kind: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 1e-3 },
];

/** Numbers that were computed, in order. */
type Outcomes = readonly (number | ArrayLike<number>)[];

/** All that a network returns: three steps with their gradients, curvature, tangents, an evaluation, predictions. */
async function outcomes(one: KernelCase, i: number): Promise<Outcomes> {
  const loss = i % 2 === 0 ? 'mse' : 'crossEntropy';
  const data = samplesFor(one.network, loss, one.inputs, one.size, i);
  const network = await createNetwork(one.network, {
    loss,
    inputs: one.inputs,
    optimizer: one.optimizer ?? optimizers[i % optimizers.length]!,
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
async function elementwise(): Promise<Outcomes> {
  const kernels = await instantiateKernels();
  const arena = createArena(kernels);
  const count = 1 << 14;
  const numbers = (seed: number, most = 30): number => arena.constants(anySize(count, seed, most));
  const zeros = (): number => arena.floats(count);
  const of = { tanh: numbers(1, 5), p: numbers(2, 3), m: zeros(), v: zeros(), q: numbers(3, 3), buffer: zeros() };
  const gradients = [30, -30, -60, -100].map((most) => numbers(100 + most, most));
  const [nothing, delta] = [zeros(), zeros()];
  const [classes, samples] = [16, count / 16];
  const logits = arena.constants(uniformValues(count, 5).map((z) => 120 * z * z * z));
  const [labels, predictions] = [arena.bytes(samples), arena.bytes(samples)];
  arena.allocate();
  const floats = (pointer: number): Float32Array => new Float32Array(kernels.memory.buffer, pointer, count);
  const bytes = (pointer: number): Uint8Array => new Uint8Array(kernels.memory.buffer, pointer, samples);

  kernels.tanhForward(of.tanh, of.tanh, count);
  const adam = (gradient: number, beta1: number, decay: number): void =>
    kernels.adamUpdate(of.p, gradient, of.m, of.v, count, 1e-3, beta1, 0.999, 1e-8, decay, 0.999);
  for (const gradient of gradients) {
    adam(gradient, 0.9, 1e-4);
    kernels.sgdUpdate(of.q, gradient, of.buffer, count, 1e-3, 0.9, 1e-4);
  }
  // First moments fade as far as their rounding.
  for (let step = 0; step < 10; step++) adam(nothing, 0.01, 0);
  bytes(labels).set(Uint8Array.from({ length: samples }, (_, i) => (7 * i) % classes));
  const scale = 1 / samples;
  const loss = kernels.crossEntropy(
    ...([logits, labels, delta, predictions, classes, samples, samples, samples, scale] as const),
  );
  return [loss, ...Object.values(of).map(floats), floats(delta), bytes(predictions)];
}

/** SHA-256 of some outcomes. */
function hashOf(outcomes: Outcomes): string {
  const hashes = outcomes.map((value) => {
    const values = typeof value === 'number' ? Float64Array.of(value) : Float32Array.from(value);
    if (!values.every(Number.isFinite)) throw new Error('kernels: expected finite outcomes, got others');
    return sha256Hex(new Uint8Array(values.buffer));
  });
  return sha256Hex(hashes.join('\n'));
}

async function outcomesOf(cases: readonly KernelCase[]): Promise<Outcomes> {
  const all = [];
  for (const [i, one] of cases.entries()) all.push(...(await outcomes(one, i)));
  return all;
}

/**
 * SHA-256 of what this thread's kernels compute, each of them, on networks of all shapes that they treat differently:
 * `first` of what trials have called from the start, the others of kinds that came later. Takes some seconds.
 * @throws Error if a number is not finite
 */
export async function kernelOutcomes(): Promise<Readonly<Record<string, string>>> {
  const first = [...(await outcomesOf(firstCases)), ...(await elementwise())];
  const found: Record<string, string> = { first: hashOf(first) };
  for (const [kind, cases] of Object.entries(laterCases)) found[kind] = hashOf(await outcomesOf(cases));
  return found;
}
