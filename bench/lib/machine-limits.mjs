// What this machine can do at most: plain SIMD loops with nothing around them, compiled like the kernels.
import asc from 'assemblyscript/asc';

const sums = [0, 1, 2, 3, 4, 5];

// Six independent sums hide the latency of the addition; with more, V8 spills registers.
const source = `
  export function multiplyAdd(from: usize, rounds: i32): f32 {
    const w = f32x4.splat(0.5);
    ${sums.map((i) => `let c${i} = w;`).join(' ')}
    for (let r = 0; r < rounds; r++) {
      for (let p: usize = from, end = from + 6144; p < end; p += 96) {
        ${sums.map((i) => `c${i} = f32x4.add(c${i}, f32x4.mul(w, v128.load(p, ${16 * i})));`).join(' ')}
      }
    }
    ${sums
      .slice(1)
      .map((i) => `c0 = f32x4.add(c0, c${i});`)
      .join(' ')}
    return f32x4.extract_lane(c0, 0);
  }

  export function squareRootDivide(from: usize, bytes: usize): void {
    for (let p = from, end = from + bytes; p < end; p += 32) {
      const a = v128.load(p);
      const b = v128.load(p, 16);
      v128.store(p, f32x4.div(a, f32x4.sqrt(a)));
      v128.store(p, f32x4.div(b, f32x4.sqrt(b)), 16);
    }
  }

  export function read(from: usize, bytes: usize): f32 {
    ${sums
      .slice(0, 4)
      .map((i) => `let c${i} = f32x4.splat(0);`)
      .join(' ')}
    for (let p = from, end = from + bytes; p < end; p += 64) {
      ${sums
        .slice(0, 4)
        .map((i) => `c${i} = f32x4.add(c${i}, v128.load(p, ${16 * i}));`)
        .join(' ')}
    }
    return f32x4.extract_lane(f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3)), 0);
  }

  export function readWrite(from: usize, bytes: usize): void {
    const w = f32x4.splat(1);
    for (let p = from, end = from + bytes; p < end; p += 64) {
      ${sums
        .slice(0, 4)
        .map((i) => `v128.store(p, f32x4.mul(w, v128.load(p, ${16 * i})), ${16 * i});`)
        .join(' ')}
    }
  }
`;

/**
 * The loops, over a memory of `megabytes` that is filled with ones. `at` is where their data starts, 64-byte aligned.
 */
export async function plainLoops(megabytes = 1) {
  const { error, binary, stderr } = await asc.compileString(source, {
    optimizeLevel: 3,
    noAssert: true,
    runtime: 'stub',
    initialMemory: 16 * megabytes + 1,
    enable: ['simd'],
  });
  if (error) throw new Error(`the plain loops did not compile: ${stderr}`);
  const { instance } = await WebAssembly.instantiate(binary, {});
  const { memory, ...loops } = instance.exports;
  const at = 4096;
  new Float32Array(memory.buffer, at).fill(1);
  return { ...loops, at };
}

/** Operations of one `multiplyAdd(at, rounds)`. */
export const multiplyAddOperations = (rounds) => rounds * 1536 * 2;

/**
 * Best rates over many short tries: `gigaflops` of load, multiply and add; `readGBs` and `readWriteGBs` (both
 * directions counted) by working set; `squareRootDivideNs` a vector of four.
 */
export async function measureLimits(tries = 40) {
  const loops = await plainLoops(64);
  const best = (work) => {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < tries; i++) {
      const start = performance.now();
      work();
      least = Math.min(least, performance.now() - start);
    }
    return least;
  };
  const sizes = { '16 kB': 2 ** 14, '512 kB': 2 ** 19, '8 MB': 2 ** 23, '60 MB': 60 * 2 ** 20 };
  const bandwidth = (loop, directions) =>
    Object.fromEntries(
      Object.entries(sizes).map(([name, bytes]) => {
        const repeats = Math.max(1, Math.floor(2 ** 22 / bytes));
        const ms = best(() => {
          for (let r = 0; r < repeats; r++) loop(loops.at, bytes);
        });
        return [name, (directions * repeats * bytes) / ms / 1e6];
      }),
    );
  return {
    gigaflops: multiplyAddOperations(1000) / best(() => loops.multiplyAdd(loops.at, 1000)) / 1e6,
    readGBs: bandwidth(loops.read, 1),
    readWriteGBs: bandwidth(loops.readWrite, 2),
    squareRootDivideNs: (best(() => loops.squareRootDivide(loops.at, 2 ** 19)) * 1e6) / 2 ** 15,
  };
}
