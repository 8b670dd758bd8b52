// Byte images into the kernels' layout, and the flatten layer between [sample][y][x][channel] and [feature][stride].

/**
 * output = byte / 255 in float32, as PyTorch's `ToTensor`.
 *
 * Shapes: images [samples][stride] bytes of which the first `pixels` of a row count; output [samples][pixels].
 */
export function imagesToFloats(images: usize, stride: i32, output: usize, samples: i32, pixels: i32): void {
  const scale = f32x4.splat(255);
  for (let s = 0; s < samples; s++) {
    const from = images + <usize>s * stride;
    let i = 0;
    for (; i + 4 <= pixels; i += 4, output += 16) {
      const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from + i)));
      v128.store(output, f32x4.div(f32x4.convert_i32x4_u(words), scale));
    }
    for (; i < pixels; i++, output += 4) store<f32>(output, <f32>load<u8>(from + i) / 255);
  }
}

/**
 * A 64-bit word for each image row: bit x is set where pixel x is not zero. Tells the convolution kernels which windows
 * hold zeros only.
 *
 * Shapes: images [samples][stride] bytes, height * width of a row count; masks [samples][height]. Width at most 64.
 */
export function imageRowMasks(images: usize, stride: i32, masks: usize, samples: i32, height: i32, width: i32): void {
  const zero = i8x16.splat(0);
  for (let s = 0; s < samples; s++) {
    let row = images + <usize>s * stride;
    for (let y = 0; y < height; y++, row += width, masks += 8) {
      let mask: u64 = 0;
      let x = 0;
      for (; x + 16 <= width; x += 16) mask |= (<u64>i8x16.bitmask(i8x16.ne(v128.load(row + x), zero))) << x;
      if (width >= 16) mask |= (<u64>i8x16.bitmask(i8x16.ne(v128.load(row + width - 16), zero))) << (width - 16);
      else for (; x < width; x++) mask |= (<u64>(load<u8>(row + x) !== 0)) << x;
      store<u64>(masks, mask);
    }
  }
}

/**
 * The flatten layer: [sample][y][x][channel] to [feature][stride], with features in PyTorch's order (channel, y, x).
 * Columns from `samples` to `padded` become 0.
 *
 * Shapes: input [samples][area][channels], where area = height * width; output [channels * area][stride].
 */
export function flattenForward(
  input: usize,
  output: usize,
  samples: i32,
  area: i32,
  channels: i32,
  padded: i32,
  stride: i32,
): void {
  const sample = (<usize>(area * channels)) << 2;
  const row = (<usize>stride) << 2;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < area; i++, output += row) {
      let from = input + ((<usize>(i * channels + c)) << 2);
      let s = 0;
      for (; s < samples; s++, from += sample) store<f32>(output + ((<usize>s) << 2), load<f32>(from));
      for (; s < padded; s++) store<f32>(output + ((<usize>s) << 2), 0);
    }
  }
}

/**
 * The gradient of `flattenForward`'s input: the same re-ordering backwards. Shapes: grad [channels * area][stride],
 * inputGrad [samples][area][channels].
 */
export function flattenBackward(
  grad: usize,
  inputGrad: usize,
  samples: i32,
  area: i32,
  channels: i32,
  stride: i32,
): void {
  const sample = (<usize>(area * channels)) << 2;
  const row = (<usize>stride) << 2;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < area; i++, grad += row) {
      let to = inputGrad + ((<usize>(i * channels + c)) << 2);
      for (let s = 0; s < samples; s++, to += sample) store<f32>(to, load<f32>(grad + ((<usize>s) << 2)));
    }
  }
}
