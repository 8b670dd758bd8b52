// Gradient of a convolution's input, from a dense gradient of its output or from the one that the pooling behind it knows (as in conv-weights.ts).
// All channels whose maximum lies at the same position share one read and write of that position's patch.

import { addBlocks, append, ENTRY } from './conv-blocks';

/**
 * Re-orders weights for `convGradInput`: [co][ky][kx][ci], with the kx, ci of a row padded with zeros to R = 4 * ceil(kernel * cin / 4) floats.
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
        store<f32>(out, i < taps ? load<f32>(weights + (<usize>(((co * cin + (i % cin)) * kernel + ky) * kernel + i / cin) << 2)) : 0);
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
 * where (y, x) is the position of the cell: the cell itself where `size` is 1, else the position in its size x size pool window that argmax[s][cell][co] names.
 * Order: each position sums its channels, ascending and from 0, leaving out gradients of 0; these sums are added to the element by cell, then position in the cell's window.
 *
 * Shapes: grad [samples][gradHeight][gradWidth][cout]; argmax the same in bytes, or 0 where size is 1; packed from `convPackGradInput`;
 * inputGrad [samples][height][width][cin], all of which is set or, with `accumulate`, added to; scratch `convGradInputScratch` bytes.
 */
export function convGradInput(
  grad: usize, argmax: usize, packed: usize, inputGrad: usize, scratch: usize, samples: i32, height: i32, width: i32, cin: i32, cout: i32, kernel: i32,
  gradHeight: i32, gradWidth: i32, size: i32, accumulate: bool,
): void {
  const step = <usize>cin << 2;
  const inputRow = <usize>width * step;
  if (!accumulate) memory.fill(inputGrad, 0, <usize>(samples * height) * inputRow);
  const vectors = (kernel * cin + 3) >> 2;
  const row = <usize>vectors << 4;
  const positions = size * size;
  const lists = (scratch + (<usize>positions << 2) + 7) & ~7;
  const listBytes = <usize>cout * ENTRY;
  for (let s = 0; s < samples; s++) {
    for (let cellY = 0; cellY < gradHeight; cellY++) {
      for (let cellX = 0; cellX < gradWidth; cellX++) {
        for (let p = 0; p < positions; p++) store<u32>(scratch + (<usize>p << 2), lists + <usize>p * listBytes);
        listCell(grad, argmax, packed, scratch, cout, <usize>kernel * row);
        const patch = inputGrad + <usize>((s * height + cellY * size) * width + cellX * size) * step;
        for (let p = 0; p < positions; p++) {
          const list = lists + <usize>p * listBytes;
          const end = <usize>load<u32>(scratch + (<usize>p << 2));
          if (end > list) addBlocks(list, end, patch + <usize>(p / size) * inputRow + <usize>(p % size) * step, kernel, vectors, row, inputRow);
        }
        grad += <usize>cout << 2;
        if (argmax) argmax += cout;
      }
    }
  }
}

/** Sorts a cell's gradients by position: entries (weights of the channel, gradient) that are not zero. */
// @ts-ignore: decorator
@inline
function listCell(grad: usize, argmax: usize, packed: usize, ends: usize, cout: i32, channelBytes: usize): void {
  for (let c = 0; c < cout; c++, packed += channelBytes) {
    const end = ends + (argmax ? <usize>load<u8>(argmax + c) << 2 : 0);
    append(end, packed, load<f32>(grad + (<usize>c << 2)));
  }
}
