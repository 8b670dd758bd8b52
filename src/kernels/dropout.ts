// Dropout masks from Philox4x32-10 (Salmon et al. 2011): a mask element depends on its coordinates alone, never on what
// was drawn before.

/** Random words of the last call of `philox`. */
let r0: u32 = 0;
let r1: u32 = 0;
let r2: u32 = 0;
let r3: u32 = 0;

function philox(c0: u32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32): void {
  for (let round = 0; round < 10; round++) {
    const a = <u64>c0 * 0xd2511f53;
    const b = <u64>c2 * 0xcd9e8d57;
    c0 = <u32>(b >> 32) ^ c1 ^ k0;
    c1 = <u32>b;
    c2 = <u32>(a >> 32) ^ c3 ^ k1;
    c3 = <u32>a;
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  r0 = c0;
  r1 = c1;
  r2 = c2;
  r3 = c3;
}

/**
 * mask[feature, sample] = 0 with probability rate, else 1 / (1 - rate).
 *
 * Sample s of the batch (first = the micro-batch's offset in it, a multiple of 4) takes word s mod 4 of
 * philox(counter = [s div 4, feature, step, layer], key); it is dropped if that word is below threshold = rate * 2^32.
 * Element (f, s) lies at mask + f * featureStride + s * sampleStride (bytes).
 */
export function dropoutMask(
  mask: usize,
  features: i32,
  samples: i32,
  featureStride: usize,
  sampleStride: usize,
  first: u32,
  step: u32,
  layer: u32,
  key0: u32,
  key1: u32,
  threshold: u32,
  keep: f32,
): void {
  for (let f = 0; f < features; f++) {
    for (let s = 0; s < samples; s += 4) {
      philox((first + s) >> 2, f, step, layer, key0, key1);
      const at = mask + <usize>f * featureStride + <usize>s * sampleStride;
      store<f32>(at, r0 < threshold ? 0 : keep);
      if (s + 1 < samples) store<f32>(at + sampleStride, r1 < threshold ? 0 : keep);
      if (s + 2 < samples) store<f32>(at + 2 * sampleStride, r2 < threshold ? 0 : keep);
      if (s + 3 < samples) store<f32>(at + 3 * sampleStride, r3 < threshold ? 0 : keep);
    }
  }
}
