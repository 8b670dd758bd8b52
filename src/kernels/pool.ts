// Max pooling over non-overlapping size x size windows on [sample][y][x][channel], channels in lanes. Remainder rows
// and columns are dropped. Vectors may reach up to 3 elements past a position's channels: arrays need that much slack
// at their end.

/**
 * output = the largest of each window, argmax = its index in the window (row after row, 0 to size^2 - 1), as PyTorch:
 * the first of equal values, NaN before any number.
 *
 * Shapes: input [samples][height][width][channels]; output and argmax (bytes) [samples][height div size][width div
 * size][channels]. Size 1 to 16.
 */
export function maxPoolForward(
  input: usize,
  output: usize,
  argmax: usize,
  samples: i32,
  height: i32,
  width: i32,
  channels: i32,
  size: i32,
): void {
  const rows = height / size,
    columns = width / size;
  const step = (<usize>channels) << 2;
  const line = <usize>width * step;
  for (let s = 0; s < samples; s++) {
    for (let row = 0; row < rows; row++) {
      let window = input + <usize>(s * height + row * size) * line;
      for (let column = 0; column < columns; column++) {
        if (size === 2) poolPairs(window, step, line, output, argmax, channels);
        else poolWindow(window, step, line, size, output, argmax, channels);
        window += <usize>size * step;
        output += step;
        argmax += channels;
      }
    }
  }
}

/** Lanes where `value`, further on in the window, replaces `best`. */
// @inline
function replaces(value: v128, best: v128): v128 {
  return v128.or(f32x4.gt(value, best), f32x4.ne(value, value));
}

/** Stores each lane, 0 to 255, as a byte. Narrowing takes less than a shuffle, whose mask V8 makes anew each time. */
// @inline
function storeBytes(to: usize, lanes: v128): void {
  v128.store_lane<u32>(to, i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(lanes, lanes), lanes), 0);
}

/** A 2 x 2 window: the better of each row, then the better of these. */
// @inline
function poolPairs(window: usize, step: usize, line: usize, output: usize, argmax: usize, channels: i32): void {
  const below = window + line;
  for (let c: usize = 0; c < <usize>channels; c += 4) {
    const at = c << 2;
    const v0 = v128.load(window + at),
      v1 = v128.load(window + step + at);
    const v2 = v128.load(below + at),
      v3 = v128.load(below + step + at);
    const right0 = replaces(v1, v0),
      right1 = replaces(v3, v2);
    const top = v128.bitselect(v1, v0, right0),
      bottom = v128.bitselect(v3, v2, right1);
    const down = replaces(bottom, top);
    v128.store(output + at, v128.bitselect(bottom, top, down));
    const right = v128.bitselect(right1, right0, down);
    // True is -1 in both.
    storeBytes(argmax + c, i32x4.sub(i32x4.shr_u(right, 31), i32x4.add(down, down)));
  }
}

// @inline
function poolWindow(
  window: usize,
  step: usize,
  line: usize,
  size: i32,
  output: usize,
  argmax: usize,
  channels: i32,
): void {
  for (let c: usize = 0; c < <usize>channels; c += 4) {
    let best = v128.load(window + (c << 2));
    let index = i32x4.splat(0);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const value = v128.load(window + (c << 2) + <usize>i * line + <usize>j * step);
        const better = replaces(value, best);
        best = v128.bitselect(value, best, better);
        index = v128.bitselect(i32x4.splat(i * size + j), index, better);
      }
    }
    v128.store(output + (c << 2), best);
    storeBytes(argmax + c, index);
  }
}

/**
 * The gradient of `maxPoolForward`'s input: `grad` at each window's `argmax`, 0 elsewhere, dropped rows and columns
 * included. Writes all of inputGrad. A convolution right before the pooling does without it: its gradients read `grad`
 * and `argmax` themselves.
 *
 * Shapes: grad and argmax as output and argmax of `maxPoolForward`; inputGrad [samples][height][width][channels].
 */
export function maxPoolBackward(
  grad: usize,
  argmax: usize,
  inputGrad: usize,
  samples: i32,
  height: i32,
  width: i32,
  channels: i32,
  size: i32,
): void {
  const rows = height / size,
    columns = width / size;
  const step = (<usize>channels) << 2;
  let to = inputGrad;
  for (let s = 0; s < samples; s++) {
    for (let y = 0; y < height; y++) {
      const row = y / size;
      const end = to + <usize>width * step;
      // Positions are written in increasing order, as each spills into the next.
      if (row < rows) {
        for (let column = 0; column < columns; column++) {
          const cell = <usize>((s * rows + row) * columns + column) * channels;
          for (let j = 0; j < size; j++, to += step)
            spreadCell(grad + (cell << 2), argmax + cell, (y % size) * size + j, to, channels);
        }
      }
      memory.fill(to, 0, end - to);
      to = end;
    }
  }
}

// @inline
function spreadCell(grad: usize, argmax: usize, index: i32, to: usize, channels: i32): void {
  for (let c = 0; c < channels; c += 4) {
    const at = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(argmax + c)));
    v128.store(to + ((<usize>c) << 2), v128.and(v128.load(grad + ((<usize>c) << 2)), i32x4.eq(at, i32x4.splat(index))));
  }
}

/** The tangent of `maxPoolForward`: output = the input at the position that argmax names. Shapes as there. */
export function maxPoolTangent(
  input: usize,
  argmax: usize,
  output: usize,
  samples: i32,
  height: i32,
  width: i32,
  channels: i32,
  size: i32,
): void {
  const rows = height / size,
    columns = width / size;
  for (let s = 0; s < samples; s++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        for (let c = 0; c < channels; c++, argmax++, output += 4) {
          const position = <i32>load<u8>(argmax);
          const y = row * size + position / size,
            x = column * size + (position % size);
          store<f32>(output, load<f32>(input + ((<usize>(((s * height + y) * width + x) * channels + c)) << 2)));
        }
      }
    }
  }
}
