// Gradient of a convolution's input, from a dense gradient of its output or from the one that the pooling behind it
// knows (as in conv-weights.ts). Up to four channels whose maximum lies at the same position share one read and write
// of that position's patch.

import { ENTRY } from './conv-blocks';
import { mulAdd, splatAt } from './simd';

/**
 * Re-orders weights for `convGradInput`: [co][ky][kx][ci], with the kx, ci of a row padded with zeros to
 * R = 4 * ceil(kernel * cin / 4) floats.
 *
 * Shapes: weights [cout][cin][kernel][kernel] as in PyTorch, packed cout * kernel * R floats.
 */
export function convPackGradInput(weights: usize, packed: usize, cin: i32, cout: i32, kernel: i32): void {
  const taps = kernel * cin;
  const row = (taps + 3) & ~3;
  let out = packed;
  for (let co = 0; co < cout; co++) {
    for (let ky = 0; ky < kernel; ky++) {
      for (let i = 0; i < row; i++, out += 4) {
        store<f32>(
          out,
          i < taps
            ? load<f32>(weights + ((<usize>(((co * cin + (i % cin)) * kernel + ky) * kernel + i / cin)) << 2))
            : 0,
        );
      }
    }
  }
}

/** Bytes of `convGradInput`'s scratch. */
export function convGradInputScratch(cout: i32, size: i32): i32 {
  return size * size * (4 + <i32>ENTRY * cout) + 4;
}

/**
 * inputGrad[s][y + ky][x + kx][ci] (+)= sum over cells and co of grad[s][cell][co] * W[co][ci][ky][kx]
 *
 * where (y, x) is the position of the cell: the cell itself where `size` is 1, else the position in its size x size
 * pool window that argmax[s][cell][co] names.
 * Order: each position takes its channels, ascending and leaving out gradients of 0, in groups of 4 (the last one
 * smaller); a group is summed in order, then added to the element. Groups are added by cell, then position in the
 * cell's window.
 *
 * Shapes: grad [samples][gradHeight][gradWidth][cout]; argmax the same in bytes, or 0 where size is 1; packed from
 * `convPackGradInput`; inputGrad [samples][height][width][cin], all of which is set or, with `accumulate`, added to;
 * scratch `convGradInputScratch` bytes.
 */
export function convGradInput(
  grad: usize,
  argmax: usize,
  packed: usize,
  inputGrad: usize,
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
  const step = (<usize>cin) << 2;
  const inputRow = <usize>width * step;
  if (!accumulate) memory.fill(inputGrad, 0, <usize>(samples * height) * inputRow);
  const vectors = (kernel * cin + 3) >> 2;
  const row = (<usize>vectors) << 4;
  const positions = size * size;
  const lists = (scratch + ((<usize>positions) << 2) + 7) & ~7;
  const listBytes = <usize>cout * ENTRY;
  for (let s = 0; s < samples; s++) {
    for (let cellY = 0; cellY < gradHeight; cellY++) {
      for (let cellX = 0; cellX < gradWidth; cellX++) {
        for (let p = 0; p < positions; p++) store<u32>(scratch + ((<usize>p) << 2), lists + <usize>p * listBytes);
        listCell(grad, argmax, packed, scratch, cout, <usize>kernel * row);
        let patch = inputGrad + <usize>((s * height + cellY * size) * width + cellX * size) * step;
        let list = lists,
          end = scratch;
        for (let y = 0; y < size; y++, patch += inputRow) {
          for (let x: usize = 0; x < <usize>size * step; x += step, list += listBytes, end += 4) {
            addWeights(list, <usize>load<u32>(end), patch + x, kernel, vectors, inputRow);
          }
        }
        grad += (<usize>cout) << 2;
        if (argmax) argmax += cout;
      }
    }
  }
}

/** Sorts a cell's gradients by position: entries (weights of the channel, gradient) that are not zero. */
// @inline
function listCell(grad: usize, argmax: usize, packed: usize, ends: usize, cout: i32, channelBytes: usize): void {
  for (let c = 0; c < cout; c++, packed += channelBytes) {
    const end = ends + (argmax ? (<usize>load<u8>(argmax + c)) << 2 : 0);
    append(end, packed, load<f32>(grad + ((<usize>c) << 2)));
  }
}

/**
 * Appends an entry to the list that ends where `end` points. It is always written and kept if its gradient is not zero:
 * a branch would be mispredicted often.
 */
// @inline
function append(end: usize, block: usize, gradient: f32): void {
  const entry = <usize>load<u32>(end);
  store<u32>(entry, block);
  store<f32>(entry, gradient, 4);
  store<u32>(end, entry + ((<usize>(gradient !== 0)) << 3));
}

/**
 * target[r][i] += sum over the entries (block, g) of [list, end) of g * block[r][i]
 *
 * in groups of 4 entries. Lists are short: a group's gradients stay in registers for the whole block, so that it is
 * entered once and not for each tile.
 * Shapes: r < rows, i < 4 * vectors; a block's rows follow each other, those of the target are `targetRow` bytes apart.
 */
function addWeights(list: usize, end: usize, target: usize, rows: i32, vectors: i32, targetRow: usize): void {
  for (; list + 4 * ENTRY <= end; list += 4 * ENTRY) addGroup(4, list, target, rows, vectors, targetRow);
  const left = (end - list) / ENTRY;
  // Not else-if: the compiler would merge arms that differ in literals only, and nothing would be specialised.
  if (left === 1) addGroup(1, list, target, rows, vectors, targetRow);
  if (left === 2) addGroup(2, list, target, rows, vectors, targetRow);
  if (left === 3) addGroup(3, list, target, rows, vectors, targetRow);
}

/**
 * A group of `count` entries, a literal, so each use compiles to a loop of its own. Groups of up to 6 would fit into
 * the registers, but are no faster.
 */
// @inline
function addGroup(count: i32, list: usize, target: usize, rows: i32, vectors: i32, targetRow: usize): void {
  const N = count;
  const g0 = splatAt(list + 4);
  let g1 = g0,
    g2 = g0,
    g3 = g0;
  let a0 = <usize>load<u32>(list),
    a1 = a0,
    a2 = a0,
    a3 = a0;
  if (N > 1) {
    a1 = <usize>load<u32>(list, 8);
    g1 = splatAt(list + 12);
  }
  if (N > 2) {
    a2 = <usize>load<u32>(list, 16);
    g2 = splatAt(list + 20);
  }
  if (N > 3) {
    a3 = <usize>load<u32>(list, 24);
    g3 = splatAt(list + 28);
  }
  const skip = targetRow - ((<usize>vectors) << 4);
  for (let r = 0; r < rows; r++, target += skip) {
    let left = vectors;
    for (; left >= 3; left -= 3, target += 48) {
      addVector(N, target, g0, g1, g2, g3, a0, a1, a2, a3);
      addVector(N, target + 16, g0, g1, g2, g3, a0 + 16, a1 + 16, a2 + 16, a3 + 16);
      addVector(N, target + 32, g0, g1, g2, g3, a0 + 32, a1 + 32, a2 + 32, a3 + 32);
      a0 += 48;
      if (N > 1) a1 += 48;
      if (N > 2) a2 += 48;
      if (N > 3) a3 += 48;
    }
    for (; left > 0; left--, target += 16) {
      addVector(N, target, g0, g1, g2, g3, a0, a1, a2, a3);
      a0 += 16;
      if (N > 1) a1 += 16;
      if (N > 2) a2 += 16;
      if (N > 3) a3 += 16;
    }
  }
}

/** One vector of the target. */
// @inline
function addVector(
  count: i32,
  target: usize,
  g0: v128,
  g1: v128,
  g2: v128,
  g3: v128,
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
): void {
  let sum = f32x4.mul(g0, v128.load(a0));
  if (count > 1) sum = mulAdd(sum, g1, v128.load(a1));
  if (count > 2) sum = mulAdd(sum, g2, v128.load(a2));
  if (count > 3) sum = mulAdd(sum, g3, v128.load(a3));
  v128.store(target, f32x4.add(v128.load(target), sum));
}
