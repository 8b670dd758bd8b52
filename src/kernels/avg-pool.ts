// Average pooling over non-overlapping size x size windows on [sample][y][x][channel], channels in lanes. Remainder
// rows
// and columns are dropped. Vectors may reach up to 3 elements past a position's channels: arrays need that much slack
// at their end.

/**
 * output = the mean of each window: its values added row after row, then multiplied by 1 / size^2 in float32.
 *
 * Shapes: input [samples][height][width][channels]; output [samples][height div size][width div size][channels].
 */
export function avgPoolForward(
  input: usize,
  output: usize,
  samples: i32,
  height: i32,
  width: i32,
  channels: i32,
  size: i32,
): void {
  const rows = height / size;
  const columns = width / size;
  const step = (<usize>channels) << 2;
  const line = <usize>width * step;
  const share = f32x4.splat(shareOf(size));
  for (let s = 0; s < samples; s++) {
    for (let row = 0; row < rows; row++) {
      let window = input + <usize>(s * height + row * size) * line;
      for (let column = 0; column < columns; column++) {
        averageWindow(window, step, line, size, output, share);
        window += <usize>size * step;
        output += step;
      }
    }
  }
}

// @inline
function shareOf(size: i32): f32 {
  return 1 / <f32>(size * size);
}

// @inline
function averageWindow(window: usize, step: usize, line: usize, size: i32, output: usize, share: v128): void {
  for (let c: usize = 0; c < step; c += 16) {
    let sum = f32x4.splat(0);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        sum = f32x4.add(sum, v128.load(window + c + <usize>i * line + <usize>j * step));
      }
    }
    v128.store(output + c, f32x4.mul(sum, share));
  }
}

/**
 * The gradient of `avgPoolForward`'s input: `grad` times 1 / size^2 all over each window, 0 in dropped rows and
 * columns. Writes all of inputGrad.
 *
 * Shapes: grad as output of `avgPoolForward`; inputGrad [samples][height][width][channels].
 */
export function avgPoolBackward(
  grad: usize,
  inputGrad: usize,
  samples: i32,
  height: i32,
  width: i32,
  channels: i32,
  size: i32,
): void {
  const rows = height / size;
  const columns = width / size;
  const step = (<usize>channels) << 2;
  const share = f32x4.splat(shareOf(size));
  let to = inputGrad;
  for (let s = 0; s < samples; s++) {
    for (let y = 0; y < height; y++) {
      const row = y / size;
      const end = to + <usize>width * step;
      // Positions are written in increasing order, as each spills into the next.
      if (row < rows) {
        let cell = grad + <usize>((s * rows + row) * columns) * step;
        for (let column = 0; column < columns; column++, cell += step) {
          for (let j = 0; j < size; j++, to += step) {
            for (let c: usize = 0; c < step; c += 16) v128.store(to + c, f32x4.mul(v128.load(cell + c), share));
          }
        }
      }
      memory.fill(to, 0, end - to);
      to = end;
    }
  }
}
