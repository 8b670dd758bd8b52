// Gradient of a convolution's weights and bias. The gradient of its output comes either dense, or as the pooling behind it knows it: one value
// for each pool window and the position it belongs to, three quarters or more of the dense gradient being zeros.

import { addBlocks, append, ENTRY } from './conv-blocks';

/** Bytes of inputs and lists that a group of samples may take, so that they stay in the L1 cache (32 KB and up) together. */
const GROUP_BYTES: i32 = 28 << 10;

/** Samples of a group: its entries are summed from 0 before they are added to `sums`. Depends on sizes alone, as bits depend on it. */
function groupSamples(height: i32, width: i32, cin: i32, cout: i32, cells: i32): i32 {
  return max(1, GROUP_BYTES / (4 * height * width * cin + <i32>ENTRY * cells * cout));
}

/** Bytes of `convGradWeights`' scratch; `gradHeight`, `gradWidth` and `size` as there. */
export function convGradWeightsScratch(height: i32, width: i32, cin: i32, cout: i32, gradHeight: i32, gradWidth: i32, size: i32): i32 {
  const cells = gradHeight * gradWidth;
  return 4 * (size * size + cout) + 4 + <i32>ENTRY * cells * cout * groupSamples(height, width, cin, cout, cells);
}

/**
 * Gradient of the weights and the bias, in a layout of its own that `convUnpackGradients` turns into PyTorch's:
 *
 *     sums[co][ky][kx][ci] (+)= sum over s and cells of grad[s][cell][co] * input[s][y + ky][x + kx][ci]
 *     sums[bias of co]     (+)= sum over s and cells of grad[s][cell][co]
 *
 * where (y, x) is the position of the cell: the cell itself where `size` is 1, else the position in its size x size pool window that argmax[s][cell][co] names.
 * Order: the samples go in groups (`groupSamples`); in a group each weight sums its terms by sample, then cell, from 0, leaving out terms whose gradient or whole patch is 0;
 * the bias sums cells with equal index mod 4 in the group, then (0 + 1) + (2 + 3). Group sums are added to `sums` in order.
 *
 * Shapes: input [samples][height][width][cin]; masks from `imageRowMasks` or 0; grad [samples][gradHeight][gradWidth][cout]; argmax the same in bytes, or 0 where size is 1;
 * sums cout * kernel * R + 4 * ceil(cout / 4) floats with rows of R = 4 * ceil(kernel * cin / 4), which are set or, with `accumulate`, added to; scratch `convGradWeightsScratch` bytes.
 */
export function convGradWeights(
  input: usize, masks: usize, grad: usize, argmax: usize, sums: usize, scratch: usize, samples: i32, height: i32, width: i32, cin: i32, cout: i32, kernel: i32,
  gradHeight: i32, gradWidth: i32, size: i32, accumulate: bool,
): void {
  const cells = gradHeight * gradWidth;
  const inputRow = <usize>(width * cin) << 2;
  const vectors = (kernel * cin + 3) >> 2;
  const block = <usize>(kernel * vectors) << 4;
  const biasSums = sums + <usize>cout * block;
  if (!accumulate) memory.fill(sums, 0, <usize>cout * block + (<usize>((cout + 3) >> 2) << 4));
  const offsets = scratch;
  windowOffsets(offsets, size, inputRow, <usize>cin << 2);
  const ends = offsets + (<usize>(size * size) << 2);
  const lists = (ends + (<usize>cout << 2) + 7) & ~7;
  const group = groupSamples(height, width, cin, cout, cells);
  const listBytes = <usize>(cells * group) * ENTRY;
  for (let s = 0; s < samples; s += group) {
    const count = min(group, samples - s);
    for (let c = 0; c < cout; c++) store<u32>(ends + (<usize>c << 2), lists + <usize>c * listBytes);
    const cell = <usize>(s * cells * cout);
    for (let i = 0; i < count; i++) {
      const sample = cell + <usize>(i * cells * cout);
      listSample(input + <usize>((s + i) * height) * inputRow, masks ? masks + (<usize>((s + i) * height) << 3) : 0, grad + (sample << 2),
        argmax ? argmax + sample : 0, offsets, ends, inputRow, cin, cout, kernel, gradHeight, gradWidth, size);
    }
    for (let c = 0; c < cout; c++) {
      const list = lists + <usize>c * listBytes;
      const end = <usize>load<u32>(ends + (<usize>c << 2));
      if (end > list) addBlocks(list, end, sums + <usize>c * block, kernel, vectors, inputRow, <usize>vectors << 4);
    }
    addBias(grad + (cell << 2), biasSums, cells * count, cout);
  }
}

/** Byte offset in the input of each position of a pool window. */
function windowOffsets(offsets: usize, size: i32, inputRow: usize, step: usize): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++, offsets += 4) store<u32>(offsets, <usize>i * inputRow + <usize>j * step);
  }
}

/** Appends a sample's gradients to the channels' lists: entries (patch, gradient) that are not zero. */
function listSample(
  input: usize, masks: usize, grad: usize, argmax: usize, offsets: usize, ends: usize, inputRow: usize, cin: i32, cout: i32, kernel: i32,
  gradHeight: i32, gradWidth: i32, size: i32,
): void {
  const reach = kernel + size - 1;
  const step = <usize>(size * cin) << 2;
  for (let row = 0; row < gradHeight; row++) {
    let live: u64 = 0;
    for (let i = 0; masks && i < reach; i++) live |= load<u64>(masks + (<usize>(row * size + i) << 3));
    let patch = input + <usize>(row * size) * inputRow;
    for (let column = 0; column < gradWidth; column++, patch += step, grad += <usize>cout << 2) {
      const window = (((<u64>1) << reach) - 1) << (column * size);
      if (!masks || (live & window) != 0) {
        if (argmax) listPooledCell(patch, grad, argmax, offsets, ends, cout);
        else listCell(patch, grad, ends, cout);
      }
      if (argmax) argmax += cout;
    }
  }
}

// @ts-ignore: decorator
@inline
function listPooledCell(patch: usize, grad: usize, argmax: usize, offsets: usize, ends: usize, cout: i32): void {
  for (let c = 0; c < cout; c++) {
    append(ends + (<usize>c << 2), patch + <usize>load<u32>(offsets + (<usize>load<u8>(argmax + c) << 2)), load<f32>(grad + (<usize>c << 2)));
  }
}

// @ts-ignore: decorator
@inline
function listCell(patch: usize, grad: usize, ends: usize, cout: i32): void {
  for (let c = 0; c < cout; c++) append(ends + (<usize>c << 2), patch, load<f32>(grad + (<usize>c << 2)));
}

/** sums[co] += the column sums of grad [rows][cout]: four sums of every fourth row, then (0 + 1) + (2 + 3). */
function addBias(grad: usize, sums: usize, rows: i32, cout: i32): void {
  const row = <usize>cout << 2;
  const whole = rows & ~3;
  for (let c = 0; c < cout; c += 4) {
    let at = grad + (<usize>c << 2);
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (let r = 0; r < whole; r += 4, at += row << 2) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at + row));
      s2 = f32x4.add(s2, v128.load(at + (row << 1)));
      s3 = f32x4.add(s3, v128.load(at + (row << 1) + row));
    }
    if (rows > whole) s0 = f32x4.add(s0, v128.load(at));
    if (rows > whole + 1) s1 = f32x4.add(s1, v128.load(at + row));
    if (rows > whole + 2) s2 = f32x4.add(s2, v128.load(at + (row << 1)));
    const to = sums + (<usize>c << 2);
    v128.store(to, f32x4.add(v128.load(to), f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3))));
  }
}

/**
 * Turns the sums of `convGradWeights` into PyTorch's order; `accumulate` adds to the gradients instead of setting them.
 *
 * Shapes: gradWeights [cout][cin][kernel][kernel], gradBias [cout].
 */
export function convUnpackGradients(sums: usize, gradWeights: usize, gradBias: usize, cin: i32, cout: i32, kernel: i32, accumulate: bool): void {
  const row = (kernel * cin + 3) & ~3;
  let to = gradWeights;
  for (let co = 0; co < cout; co++) {
    for (let ci = 0; ci < cin; ci++) {
      for (let ky = 0; ky < kernel; ky++) {
        for (let kx = 0; kx < kernel; kx++, to += 4) {
          setOrAdd(to, load<f32>(sums + (<usize>((co * kernel + ky) * row + kx * cin + ci) << 2)), accumulate);
        }
      }
    }
  }
  for (let co = 0; co < cout; co++) setOrAdd(gradBias + (<usize>co << 2), load<f32>(sums + (<usize>(cout * kernel * row + co) << 2)), accumulate);
}

// @ts-ignore: decorator
@inline
function setOrAdd(to: usize, value: f32, accumulate: bool): void {
  store<f32>(to, accumulate ? load<f32>(to) + value : value);
}
