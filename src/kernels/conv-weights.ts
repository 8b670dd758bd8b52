// Gradient of a convolution's weights and bias. The gradient of its output comes either dense, or as the pooling behind
// it knows it: one value for each pool window and the position it belongs to, three quarters or more of the dense
// gradient being zeros.

import { addBlocks, ENTRY } from './conv-blocks';

/**
 * Bytes of inputs and lists that a group of samples may take, so that they stay in the L1 cache (32 KB and up)
 * together.
 */
const GROUP_BYTES: i32 = 28 << 10;

/** Bytes of the three vectors of `windowSteps`. */
const STEPS: usize = 48;

/**
 * Samples of a group: its entries are summed from 0 before they are added to `sums`. Depends on sizes alone, as bits
 * depend on it.
 */
function groupSamples(height: i32, width: i32, cin: i32, cout: i32, cells: i32): i32 {
  return max(1, GROUP_BYTES / (4 * height * width * cin + <i32>ENTRY * cells * cout));
}

/** Bytes of `convGradWeights`' scratch; `gradHeight`, `gradWidth` and `size` as there. */
export function convGradWeightsScratch(
  height: i32,
  width: i32,
  cin: i32,
  cout: i32,
  gradHeight: i32,
  gradWidth: i32,
  // biome-ignore lint/correctness/noUnusedFunctionParameters: the host sizes all scratch of a family alike
  size: i32,
): i32 {
  const cells = gradHeight * gradWidth;
  return (
    8 * ((cout + 3) & ~3) +
    <i32>(STEPS + ENTRY) +
    4 +
    <i32>ENTRY * cells * cout * groupSamples(height, width, cin, cout, cells)
  );
}

/**
 * Gradient of the weights and the bias, in a layout of its own that `convUnpackGradients` turns into PyTorch's:
 *
 *     sums[co][ky][kx][ci] (+)= sum over s and cells of grad[s][cell][co] * input[s][y + ky][x + kx][ci]
 *     sums[bias of co]     (+)= sum over s and cells of grad[s][cell][co]
 *
 * where (y, x) is the position of the cell: the cell itself where `size` is 1, else the position in its size x size
 * pool window that argmax[s][cell][co] names.
 * Order: the samples go in groups (`groupSamples`); in a group each weight sums its terms by sample, then cell, from 0,
 * leaving out terms whose gradient or whole patch is 0; the bias sums cells with equal index mod 4 in the group, then
 * (0 + 1) + (2 + 3). Group sums are added to `sums` in order.
 *
 * Shapes: input [samples][height][width][cin]; masks from `imageRowMasks` or 0; grad
 * [samples][gradHeight][gradWidth][cout]; argmax the same in bytes, or 0 where size is 1;
 * sums cout * kernel * R + 4 * ceil(cout / 4) floats with rows of R = 4 * ceil(kernel * cin / 4), which are set or,
 * with `accumulate`, added to; scratch `convGradWeightsScratch` bytes.
 */
export function convGradWeights(
  input: usize,
  masks: usize,
  grad: usize,
  argmax: usize,
  sums: usize,
  scratch: usize,
  samples: i32,
  height: i32,
  width: i32,
  cin: i32,
  cout: i32,
  kernel: i32,
  gradHeight: i32,
  gradWidth: i32,
  size: i32,
  accumulate: bool,
): void {
  const cells = gradHeight * gradWidth;
  const inputRow = (<usize>(width * cin)) << 2;
  const vectors = (kernel * cin + 3) >> 2;
  const block = (<usize>(kernel * vectors)) << 4;
  const biasSums = sums + <usize>cout * block;
  if (!accumulate) memory.fill(sums, 0, <usize>cout * block + ((<usize>((cout + 3) >> 2)) << 4));
  const lanes = (<usize>((cout + 3) & ~3)) << 2;
  const ends = scratch + STEPS;
  windowSteps(scratch, size, inputRow, (<usize>cin) << 2);
  const spare = (ends + (lanes << 1) + 7) & ~7;
  const lists = spare + ENTRY;
  const group = groupSamples(height, width, cin, cout, cells);
  const listBytes = <usize>(cells * group) * ENTRY;
  for (let s = 0; s < samples; s += group) {
    const count = min(group, samples - s);
    startLists(ends, lanes, lists, listBytes, spare, cout);
    const cell = <usize>(s * cells * cout);
    for (let i = 0; i < count; i++) {
      const sample = cell + <usize>(i * cells * cout);
      listSample(
        input + <usize>((s + i) * height) * inputRow,
        masks ? masks + ((<usize>((s + i) * height)) << 3) : 0,
        grad + (sample << 2),
        argmax ? argmax + sample : 0,
        scratch,
        ends,
        lanes,
        inputRow,
        cin,
        cout,
        kernel,
        gradHeight,
        gradWidth,
        size,
      );
    }
    for (let c = 0; c < cout; c++) {
      const list = lists + <usize>c * listBytes;
      const end = <usize>load<u32>(ends + ((<usize>c) << 2));
      if (end > list) addBlocks(list, end, sums + <usize>c * block, kernel, vectors, inputRow, (<usize>vectors) << 4);
    }
    addBias(grad + (cell << 2), biasSums, cells * count, cout);
  }
}

/**
 * What `windowOffsets` needs, as vectors in memory (V8 would compute them again for each use): index p of a window lies
 * p div size rows down, which is p * ceil(2^16 / size) / 2^16 for any byte, so
 * p * step + (p div size) * (inputRow - size * step) bytes on.
 */
function windowSteps(steps: usize, size: i32, inputRow: usize, step: usize): void {
  v128.store(steps, i32x4.splat((0xffff + size) / size));
  v128.store(steps, i32x4.splat(<i32>(inputRow - <usize>size * step)), 16);
  v128.store(steps, i32x4.splat(<i32>step), 32);
}

/** Byte offset in the input of four positions of pool windows. */
// @inline
function windowOffsets(argmax: usize, steps: usize): v128 {
  const index = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(argmax)));
  const rows = i32x4.shr_u(i32x4.mul(index, v128.load(steps)), 16);
  return i32x4.add(i32x4.mul(rows, v128.load(steps, 16)), i32x4.mul(index, v128.load(steps, 32)));
}

/**
 * Empty lists: for each channel the end of its list, and behind all ends, how far an entry moves it. Lanes behind the
 * last channel write to `spare` and stay there.
 */
function startLists(ends: usize, lanes: usize, lists: usize, listBytes: usize, spare: usize, cout: i32): void {
  for (let lane: usize = 0; lane < lanes; lane += 4, lists += listBytes) {
    const used = lane < (<usize>cout) << 2;
    store<u32>(ends + lane, used ? lists : spare);
    store<u32>(ends + lanes + lane, used ? ENTRY : 0);
  }
}

/** Appends a sample's gradients to the channels' lists: entries (patch, gradient) that are not zero. */
function listSample(
  input: usize,
  masks: usize,
  grad: usize,
  argmax: usize,
  steps: usize,
  ends: usize,
  lanes: usize,
  inputRow: usize,
  cin: i32,
  cout: i32,
  kernel: i32,
  gradHeight: i32,
  gradWidth: i32,
  size: i32,
): void {
  const reach = kernel + size - 1;
  const step = (<usize>(size * cin)) << 2;
  for (let row = 0; row < gradHeight; row++) {
    let live: u64 = 0;
    for (let i = 0; masks && i < reach; i++) live |= load<u64>(masks + ((<usize>(row * size + i)) << 3));
    let patch = input + <usize>(row * size) * inputRow;
    for (let column = 0; column < gradWidth; column++, patch += step, grad += (<usize>cout) << 2) {
      const window = (((<u64>1) << reach) - 1) << (column * size);
      if (!masks || (live & window) !== 0) {
        for (let lane: usize = 0; lane < lanes; lane += 16) {
          let patches = i32x4.splat(patch as i32);
          if (argmax) patches = i32x4.add(patches, windowOffsets(argmax + (lane >> 2), steps));
          append4(ends + lane, lanes, patches, v128.load(grad + lane));
        }
      }
      if (argmax) argmax += cout;
    }
  }
}

/**
 * Appends an entry to each of four lists, of which `ends` holds the ends. All are written, and kept where the gradient
 * is not zero: branches would be mispredicted often.
 */
// @inline
function append4(ends: usize, lanes: usize, patches: v128, gradients: v128): void {
  const low = v128.shuffle<i32>(patches, gradients, 0, 4, 1, 5),
    high = v128.shuffle<i32>(patches, gradients, 2, 6, 3, 7);
  v128.store_lane<u64>(<usize>load<u32>(ends), low, 0);
  v128.store_lane<u64>(<usize>load<u32>(ends, 4), low, 1);
  v128.store_lane<u64>(<usize>load<u32>(ends, 8), high, 0);
  v128.store_lane<u64>(<usize>load<u32>(ends, 12), high, 1);
  const moved = v128.and(f32x4.ne(gradients, f32x4.splat(0)), v128.load(ends + lanes));
  v128.store(ends, i32x4.add(v128.load(ends), moved));
}

/** sums[co] += the column sums of grad [rows][cout]: four sums of every fourth row, then (0 + 1) + (2 + 3). */
function addBias(grad: usize, sums: usize, rows: i32, cout: i32): void {
  const row = (<usize>cout) << 2;
  const whole = rows & ~3;
  for (let c = 0; c < cout; c += 4) {
    let at = grad + ((<usize>c) << 2);
    let s0 = f32x4.splat(0),
      s1 = s0,
      s2 = s0,
      s3 = s0;
    for (let r = 0; r < whole; r += 4, at += row << 2) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at + row));
      s2 = f32x4.add(s2, v128.load(at + (row << 1)));
      s3 = f32x4.add(s3, v128.load(at + (row << 1) + row));
    }
    if (rows > whole) s0 = f32x4.add(s0, v128.load(at));
    if (rows > whole + 1) s1 = f32x4.add(s1, v128.load(at + row));
    if (rows > whole + 2) s2 = f32x4.add(s2, v128.load(at + (row << 1)));
    const to = sums + ((<usize>c) << 2);
    v128.store(to, f32x4.add(v128.load(to), f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3))));
  }
}

/**
 * Turns the sums of `convGradWeights` into PyTorch's order; `accumulate` adds to the gradients instead of setting them.
 *
 * Shapes: gradWeights [cout][cin][kernel][kernel], gradBias [cout].
 */
export function convUnpackGradients(
  sums: usize,
  gradWeights: usize,
  gradBias: usize,
  cin: i32,
  cout: i32,
  kernel: i32,
  accumulate: bool,
): void {
  const row = (kernel * cin + 3) & ~3;
  let to = gradWeights;
  for (let co = 0; co < cout; co++) {
    for (let ci = 0; ci < cin; ci++) {
      for (let ky = 0; ky < kernel; ky++) {
        for (let kx = 0; kx < kernel; kx++, to += 4) {
          setOrAdd(to, load<f32>(sums + ((<usize>((co * kernel + ky) * row + kx * cin + ci)) << 2)), accumulate);
        }
      }
    }
  }
  for (let co = 0; co < cout; co++)
    setOrAdd(gradBias + ((<usize>co) << 2), load<f32>(sums + ((<usize>(cout * kernel * row + co)) << 2)), accumulate);
}

// @inline
function setOrAdd(to: usize, value: f32, accumulate: bool): void {
  store<f32>(to, accumulate ? load<f32>(to) + value : value);
}
