// Where the time of a step goes: every kernel behind a timer, and its share of what the machine can do at most.
import { readFileSync } from 'node:fs';
import { functionDataset } from '../../dist/data/index.js';
import { useKernels } from '../../dist/engine/bindings/kernels.js';
import { createNetwork, inputKind } from '../../dist/engine/index.js';
import { loadMnist } from '../../dist/platform/node/data/mnist-source.js';
import { median } from './rounds.mjs';

/**
 * Multiplications and additions of one call, from its arguments (as in src/engine/kernels.ts); `live`: non-zero pixels
 * of the batch's images.
 * Convolutions count as if nothing were skipped.
 */
const operations = {
  linearMultiply: (a) => 2 * a[7] * a[8] * a[9],
  linearGradients: (a) => 2 * a[4] * a[5] * a[6],
  sparseForward: (a, live) => 2 * 20 * a[6] * live,
  sparseGradient: (a, live) => 2 * 20 * a[7] * live,
  convForward: (a) => 2 * a[4] * a[10] * a[11] * a[7] * a[8] * a[9] ** 2,
  convGradInput: (a) => 2 * a[5] * a[11] * a[12] * a[8] * a[9] * a[10] ** 2,
  convGradWeights: (a) => 2 * a[6] * a[12] * a[13] * a[9] * a[10] * a[11] ** 2,
};
/** Bytes read and written by one call of a kernel that streams. */
const traffic = {
  adamUpdate: (a) => 7 * 4 * a[4],
  leakyForward: (a) => 8 * a[2],
  leakyBackward: (a) => 12 * a[3],
  multiply: (a) => 12 * a[3],
  copyFloats: (a) => 8 * a[2],
};

/**
 * A tier that puts a timer around every kernel of another, by default of WebAssembly. `spent` maps a kernel to its
 * time, calls, operations and bytes.
 */
const timedTier = (tier, spent) => ({
  name: 'timed',
  over(given) {
    const kernels = tier?.over(given) ?? given;
    let live = 0;
    const timed = (name, kernel) => {
      const entry = { ms: 0, calls: 0, operations: 0, bytes: 0 };
      spent.set(name, entry);
      return (...args) => {
        const start = performance.now();
        const result = kernel(...args);
        entry.ms += performance.now() - start;
        entry.calls++;
        if (name === 'sparseLists') live = pixelsListed(kernels.memory, args);
        entry.operations += operations[name]?.(args, live) ?? 0;
        entry.bytes += traffic[name]?.(args) ?? 0;
        return result;
      };
    };
    return Object.fromEntries(
      Object.entries(kernels).map(([name, value]) => [name, typeof value === 'function' ? timed(name, value) : value]),
    );
  },
});

/** Non-zero pixels of the batch that was just listed: row addresses are 8 bytes apart. */
function pixelsListed(memory, [, , , samples, , , rowStarts]) {
  const starts = new Uint32Array(memory.buffer, rowStarts, samples + 1);
  return (starts[samples] - starts[0]) / 8;
}

/**
 * Least time (ms) that the machine's limits leave for what a kernel did: for Adam its roots and quotients, else its
 * operations, else its bytes.
 */
function leastTime(name, { operations: count, bytes }, limits) {
  if (name === 'adamUpdate') return ((bytes / 28 / 4) * limits.squareRootDivideNs) / 1e6;
  if (count > 0) return count / limits.gigaflops / 1e6;
  return bytes / limits.readWriteGBs['512 kB'] / 1e6;
}

/**
 * One workload's profile as text, with the kernels of a tier, and the time in ms that the machine's limits leave for a
 * step.
 */
export async function profileSteps(workload, files, { limits, tier }) {
  useKernels(tier);
  const plain = await stepTimes(workload, files);
  const spent = new Map();
  useKernels(timedTier(tier, spent));
  const timed = await stepTimes(workload, files, () => {
    for (const entry of spent.values()) Object.assign(entry, { ms: 0, calls: 0, operations: 0, bytes: 0 });
  });
  useKernels(undefined);
  const steps = timed.length;
  const total = timed.reduce((a, b) => a + b, 0);
  const inKernels = [...spent.values()].reduce((sum, { ms }) => sum + ms, 0);
  const lines = [...spent]
    .filter(([, { calls }]) => calls > 0)
    .sort(([, a], [, b]) => b.ms - a.ms)
    .map(([name, entry]) => line(name, entry, steps, total, limits));
  const rest = (total - inKernels) / steps;
  const least = [...spent].reduce((sum, [name, entry]) => sum + leastTime(name, entry, limits), 0) / steps;
  const text = [
    `${workload.label}, ${tier?.name ?? 'WebAssembly'}: ${median(plain).toFixed(3)} ms a step; with the timers ${(total / steps).toFixed(3)} on \
average; limits ${limits.gigaflops.toFixed(1)} GFLOP/s, ${limits.readWriteGBs['512 kB'].toFixed(0)} GB/s in the \
second-level cache, square root and division ${limits.squareRootDivideNs.toFixed(2)} ns`,
    `${'kernel'.padEnd(20)}${'calls'.padStart(7)}${'ms a step'.padStart(11)}${'share'.padStart(8)}  rate, and its \
share of the limit`,
    ...lines,
    `${'outside of kernels'.padEnd(27)}${rest.toFixed(4).padStart(11)}${percent(rest / (total / steps)).padStart(8)}`,
    `${'at the limits'.padEnd(27)}${least.toFixed(4).padStart(11)}  if each kernel ran at its limit and everything \
else took no time`,
    '',
  ].join('\n');
  return { text, leastMs: least };
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;

function line(name, entry, steps, total, limits) {
  const { ms, calls, operations: count, bytes } = entry;
  const start = `${name.padEnd(20)}${(calls / steps).toFixed(0).padStart(7)}\
${(ms / steps).toFixed(4).padStart(11)}${percent(ms / total).padStart(8)}`;
  const share = percent(leastTime(name, entry, limits) / ms);
  if (name === 'adamUpdate')
    return `${start}  ${(bytes / ms / 1e6).toFixed(1)} GB/s; square roots and divisions alone would be ${share} of it`;
  if (count > 0) return `${start}  ${(count / ms / 1e6).toFixed(1)} GFLOP/s, ${share}`;
  if (bytes > 0) return `${start}  ${(bytes / ms / 1e6).toFixed(1)} GB/s, ${share}`;
  return start;
}

/** Times of single steps, after as many to warm up; `begin` is called in between. */
async function stepTimes(workload, files, begin = () => {}) {
  const images = workload.data === 'mnist';
  const data = images
    ? { ...(await loadMnist()).train, inputShape: workload.network.input }
    : functionDataset(workload.data);
  const network = await createNetwork(workload.network, {
    loss: images ? 'crossEntropy' : 'mse',
    inputs: inputKind(data),
    optimizer: workload.optimizer,
    dropoutKey: [1, 2],
  });
  network.setParameters(new Float32Array(new Uint8Array(readFileSync(files.parameters)).buffer));
  const order = images ? new Int32Array(new Uint8Array(readFileSync(files.order)).buffer) : null;
  const count = workload.batchSize;
  const batches = Math.floor(data.size / count);
  const step = (i) => {
    const start = performance.now();
    network.step({ data, order, start: (i % batches) * count, count }, false);
    return performance.now() - start;
  };
  for (let i = 0; i < workload.steps; i++) step(i);
  begin();
  return Array.from({ length: workload.steps }, (_, i) => step(workload.steps + i));
}
