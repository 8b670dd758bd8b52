import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { functionDataset } from '../../src/data/index.js';
import {
  instantiateKernels,
  type Kernels,
  kernelsBinaryDigest,
  kernelTier,
  useKernels,
} from '../../src/engine/bindings/kernels.js';
import { uniformValues } from '../../src/engine/bindings/made-up-samples.js';
import { mlp } from '../../src/engine/network-spec.js';
import type { TrainerOptions } from '../../src/engine/training/options.js';
import { createTrainer } from '../../src/engine/training/trainer.js';
import { loadNativeTier, type NativeTier } from '../../src/platform/node/native/addon.js';
import { chooseKernels, nativeKernels } from '../../src/platform/node/native/choose-kernels.js';
import { proofOf } from '../../src/platform/node/native/proof.js';
import { descent } from '../support/descent.js';
import { isLong } from '../support/length.js';
import { nativeSources, noCompiler, turbo } from '../support/native.js';
import { seededUniform } from '../support/random.js';

afterEach(() => {
  vi.unstubAllEnvs();
  chooseKernels('wasm');
});

/** Lays out arrays in the memory of some kernels. */
interface Layout {
  readonly kernels: Kernels;
  floats(count: number, seed: number): number;
  bytes(values: Uint8Array): number;
  room(bytes: number): number;
}

function layout(kernels: Kernels): Layout {
  const { memory } = kernels;
  let top = Math.ceil(kernels.heapBase() / 64) * 64;
  const room = (bytes: number): number => {
    const at = top;
    top = Math.ceil((top + bytes + 64) / 64) * 64;
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    // What must not be written stands behind every array, in both memories alike.
    new Uint8Array(memory.buffer, at + bytes, 32).fill(0xa5);
    return at;
  };
  const put = <T extends Uint8Array | Float32Array>(values: T): number => {
    const at = room(values.byteLength);
    new Uint8Array(memory.buffer, at, values.byteLength).set(new Uint8Array(values.buffer, 0, values.byteLength));
    return at;
  };
  return { kernels, room, bytes: put, floats: (count, seed) => put(uniformValues(count, seed)) };
}

/** One call of a kernel, and the scratch that it may leave in any state: first byte and length. */
interface Call {
  run(): void;
  readonly scratch?: readonly [number, number];
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

// Compiling them takes longer than any other test.
describe.runIf(isLong && !noCompiler)('native kernels', () => {
  const folder = mkdtempSync(join(tmpdir(), 'descent-native-'));
  const path = join(folder, 'native', 'kernels.node');
  let tier: NativeTier;

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(() => {
    vi.stubEnv('DESCENT_CACHE', join(folder, 'cache'));
    const { status, stderr } = turbo(join(folder, 'native'), { args: ['--strict'] });
    expect(status, stderr).toBe(0);
    tier = loadNativeTier(path);
  });

  /** The same call on both tiers leaves every byte of the memory alike, guards included. */
  async function expectEqual(what: string, make: (layout: Layout) => Call): Promise<void> {
    const [wasm, native] = [layout(await instantiateKernels()), layout(tier.over(await instantiateKernels()))];
    const bytes = [wasm, native].map((each) => {
      const { run, scratch: [first, length] = [0, 0] } = make(each);
      run();
      const memory = Buffer.from(each.kernels.memory.buffer);
      memory.fill(0, first, first + length);
      return memory;
    });
    expect(bytes[0]!.equals(bytes[1]!), what).toBe(true);
  }

  test('compute the bits of the WebAssembly kernels in the whole bit test, which is kept as the proof', () => {
    vi.stubEnv('DESCENT_CACHE', join(folder, 'cache'));
    const proof = proofOf(path);
    expect(proof.holds, proof.outcomes).toBe(true);
    const start = performance.now();
    expect(proofOf(path)).toEqual(proof);
    expect(performance.now() - start).toBeLessThan(200);
  });

  test('compiled beside other WebAssembly kernels are refused, with what to do', () => {
    vi.stubEnv('DESCENT_CACHE', join(folder, 'cache'));
    const stale = join(folder, 'stale.node');
    const bytes = readFileSync(path);
    bytes.write('0'.repeat(64), bytes.indexOf(kernelsBinaryDigest), 'latin1');
    writeFileSync(stale, bytes);
    expect(() => loadNativeTier(stale)).toThrow("stale.node: expected twins of today's kernels, got older ones");
    expect(proofOf(stale).outcomes).toContain('npm run turbo');
  });

  test('multiply as WebAssembly does: rows, depths, samples and epilogues of all kinds', async () => {
    for (const rows of upTo(27)) {
      for (const [i, epilogue] of [0, 1, 2, 4, 6].entries()) {
        const [depth, samples] = [[1, 2, 7][(rows + i) % 3]!, 8 * (((rows + 2 * i) % 9) + 1)];
        const stride = samples + 8 * (i % 2);
        await expectEqual(`${rows} x ${depth}, ${samples} samples, epilogue ${epilogue}`, ({ kernels, floats }) => {
          const [a, bias, b] = [floats(rows * depth, 1), floats(rows, 2), floats(depth * stride, 3)];
          const [out, mask] = [floats(rows * stride, 4), floats(rows * stride, 5)];
          const [row, column] = rows % 2 === 0 ? [4 * depth, 4] : [4, 4 * rows];
          const start = i % 2 === 0 ? bias : 0;
          const add = rows % 3 === 0;
          const tail = [rows, depth, samples, stride, add, epilogue, 0.1] as const;
          return { run: () => kernels.linearMultiply(a, row, column, start, b, out, mask, ...tail) };
        });
      }
    }
  });

  test('differentiate dense layers as WebAssembly does', async () => {
    for (const outputs of upTo(26)) {
      for (const inputs of [1, 2, 3, 5, 8, 9, 15, 17]) {
        const samples = 8 * (((outputs + inputs) % 5) + 1);
        await expectEqual(`${outputs} x ${inputs}, ${samples} samples`, ({ kernels, floats }) => {
          const [dz, x] = [floats(outputs * samples, 1), floats(inputs * samples, 2)];
          const [dw, db] = [floats(outputs * inputs, 3), floats(outputs, 4)];
          const tail = [outputs, inputs, samples, samples, inputs % 2 === 0] as const;
          return { run: () => kernels.linearGradients(dz, x, dw, db, ...tail) };
        });
      }
    }
  });

  test('walk lists of pixels as WebAssembly does', async () => {
    for (const [i, samples] of [4, 8, 20, 64, 100].entries()) {
      for (const [j, pixels] of [16, 48, 784].entries()) {
        const panels = ((i + j) % 4) + 1;
        const what = `${samples} samples of ${pixels} pixels, ${panels} panels`;
        await expectEqual(what, ({ kernels, floats, bytes, room }) => {
          const draw = seededUniform(samples);
          const images = bytes(Uint8Array.from({ length: samples * pixels }, () => (draw() < 0.2 ? 255 * draw() : 0)));
          const outputs = 20 * panels;
          const [scale, weights, bias] = [floats(256, 1), floats(outputs * pixels, 2), floats(outputs, 3)];
          const [starts, ends] = [room(4 * (samples + 1)), room(4 * pixels)];
          const [rows, columns] = [room(8 * samples * pixels), room(8 * samples * pixels)];
          const [out, dw] = [floats(outputs * samples, 4), floats(outputs * pixels, 5)];
          const scratchBytes = kernels.sparseScratch(pixels, samples);
          const scratch = room(scratchBytes);
          return {
            scratch: [scratch, scratchBytes],
            run() {
              const sizes = [pixels, pixels, samples, samples] as const;
              const tail = [pixels, panels, samples, samples] as const;
              kernels.sparseLists(images, ...sizes, scale, starts, rows, ends, columns, 8 * samples);
              kernels.sparseForward(weights, bias, starts, out, scratch, ...tail, pixels > 16, 0.1);
              kernels.sparseGradient(columns, 8 * samples, ends, out, scratch, dw, ...tail, samples > 8);
            },
          };
        });
      }
    }
  });

  test('convolve as WebAssembly does, forward and both ways back', async () => {
    for (const [i, cout] of [1, 3, 4, 5, 8, 10, 12, 13, 16, 17, 20, 33].entries()) {
      for (const kernel of [1, 2, 4, 5]) {
        const [cin, size, samples, width] = [[1, 2, 3, 8, 10][(i + kernel) % 5]!, (i % 3) + 1, 3, 13 + (i % 4)];
        const pooled = Math.floor((width - kernel + 1) / size);
        const rows = pooled * size;
        const add = i % 2 === 1;
        const what = `${cin} to ${cout} channels, kernel ${kernel}, pool ${size}`;
        await expectEqual(what, ({ kernels, floats, bytes, room }) => {
          const draw = seededUniform(i);
          const image = bytes(Uint8Array.from({ length: samples * width * width }, () => (draw() < 0.03 ? 200 : 0)));
          const input = floats(samples * width * width * cin + 16, 1);
          const [weights, bias] = [floats(cout * cin * kernel * kernel, 2), floats(cout, 3)];
          const channels = 4 * Math.ceil(cout / 4);
          const row = 4 * Math.ceil((kernel * cin) / 4);
          const packed = floats(channels * (1 + kernel * kernel * cin) + 16, 4);
          const back = floats(cout * kernel * row + 16, 5);
          const output = floats(samples * rows * rows * cout + 16, 6);
          const [pool, grad] = [7, 8].map((seed) => floats(samples * pooled * pooled * cout + 16, seed));
          const inputGrad = floats(samples * width * width * cin + 16, 9);
          const [sums, argmax] = [
            floats(cout * kernel * row + channels + 16, 10),
            room(samples * pooled ** 2 * cout + 16),
          ];
          const [masks, shape] = [room(8 * samples * width), [samples, width, width, cin, cout, kernel] as const];
          const bytesOfLists = kernels.convGradWeightsScratch(width, width, cin, cout, pooled, pooled, size);
          const scratchBytes = Math.max(bytesOfLists, kernels.convGradInputScratch(cout, size));
          const scratch = room(scratchBytes);
          return {
            scratch: [scratch, scratchBytes],
            run() {
              const live = cin === 1 ? masks : 0;
              if (cin === 1) kernels.imagesToFloats(image, width * width, input, samples, width * width);
              kernels.imageRowMasks(image, width * width, masks, samples, width, width);
              kernels.convPackForward(weights, bias, packed, cin, cout, kernel);
              kernels.convPackGradInput(weights, back, cin, cout, kernel);
              kernels.convForward(input, live, packed, output, ...shape, rows, rows, add);
              kernels.maxPoolForward(output, pool!, argmax, samples, rows, rows, cout, size);
              const index = size === 1 ? 0 : argmax;
              const cells = [pooled, pooled, size, add] as const;
              kernels.convGradWeights(input, live, grad!, index, sums, scratch, ...shape, ...cells);
              kernels.convGradInput(grad!, index, back, inputGrad, scratch, ...shape, ...cells);
            },
          };
        });
      }
    }
  });

  test('update parameters as WebAssembly does, whatever the count', async () => {
    for (const count of [4, 12, 16, 20, 60, 64, 100, 1028]) {
      await expectEqual(`${count} parameters`, ({ kernels, floats, room }) => {
        const [p, grad, m, v, buffer] = [
          floats(count, 1),
          floats(count, 2),
          floats(count, 3),
          room(4 * count),
          room(4 * count),
        ];
        return {
          run() {
            for (const rate of [1e-3, 1e-2]) {
              kernels.adamUpdate(p, grad, m, v, count, rate, 0.9, 0.999, 1e-8, 1e-4, 0.99);
              kernels.sgdUpdate(p, grad, buffer, count, rate, 0.9, 1e-4);
            }
          },
        };
      });
    }
  });

  test('resume where WebAssembly stopped, and it where they did: the run ends in the same bits', async () => {
    const options: TrainerOptions = {
      network: mlp([1, 30, 20, 1], 'tanh'),
      loss: 'mse',
      optimizer: { kind: 'adam', learningRate: 0.01 },
      batchSize: 40,
      stop: { epochs: 20 },
      seed: 1,
      data: functionDataset('sinc'),
    };
    const finish = async (tiers: readonly (NativeTier | undefined)[]): Promise<readonly number[]> => {
      let state: Awaited<ReturnType<typeof createTrainer>> | undefined;
      for (const [i, each] of tiers.entries()) {
        useKernels(each);
        const next = await createTrainer(options);
        if (state) next.restore(state.state());
        next.run(i === tiers.length - 1 ? {} : { untilStep: 30 * (i + 1) });
        state = next;
      }
      return Array.from(state!.finish().parameters);
    };
    const wasm = await finish([undefined]);
    expect(await finish([tier])).toEqual(wasm);
    expect(await finish([undefined, tier, undefined, tier])).toEqual(wasm);
  });

  test('are refused at load where one operation is another: a line says so, and WebAssembly serves', () => {
    vi.stubEnv('DESCENT_CACHE', join(folder, 'cache'));
    const [source, out] = [join(folder, 'mutated-source'), join(folder, 'mutated')];
    mkdirSync(source);
    for (const name of ['addon.c', 'addon.h', 'vector.h', 'optimizer.c']) {
      cpSync(join(nativeSources, name), join(source, name));
    }
    expect(turbo(out, { args: ['--source', source] }).status).toBe(0);
    const optimizer = readFileSync(join(source, 'optimizer.c'), 'utf8');
    const mutated = optimizer.replace('g + buffer[i] * momentum', 'g - buffer[i] * momentum');
    expect(mutated).not.toBe(optimizer);
    writeFileSync(join(source, 'optimizer.c'), mutated);
    // What other sources made is not taken for theirs; their own is kept.
    expect(turbo(out, { args: ['--source', source] }).stdout).not.toContain('unchanged');
    expect(turbo(out, { args: ['--source', source] }).stdout).toContain('unchanged');
    vi.stubEnv('DESCENT_NATIVE', join(out, 'kernels.node'));
    expect(() => chooseKernels('native')).toThrow('expected the bits of the WebAssembly kernels, got others');
    expect(chooseKernels()).toMatch(/^native kernels: expected the bits .*; WebAssembly serves$/);
    expect([nativeKernels(), kernelTier()]).toEqual([undefined, 'wasm']);
  });

  test('and WebAssembly write one store between them, which doctor finds well', async () => {
    const env = { DESCENT_CACHE: join(folder, 'cache'), DESCENT_NATIVE: path };
    const [store, other] = [join(folder, 'store'), join(folder, 'other')];
    const run = async (kernels: string, into: string, seeds: string) => {
      const args = ['run', 'function-fit-sinc', '--preset', 'smoke', '--protocol', 'as-coded', '--workers', '1'];
      const ended = await descent([...args, '--seeds', seeds, '--store', into, '--kernels', kernels], { env });
      expect(ended.code, ended.stderr).toBe(0);
      return ended.stdout;
    };
    await run('wasm', store, '1');
    await run('native', store, '1,2');
    await run('native', other, '1');
    expect(await run('wasm', other, '1,2')).toContain('stored');
    const hashes = async (of: string) => {
      const { stdout } = await descent(['query', 'select id, hash from trials order by id', '--store', of, '--json']);
      return stdout;
    };
    expect(await hashes(store)).toBe(await hashes(other));
    const doctor = await descent(['doctor', '--store', store], { env });
    expect(doctor.stdout).toMatch(/^ok +tier +native, vectors of \d+ bits .*proven/m);
    expect(doctor.code, doctor.stdout).toBe(0);
  });

  test('of a choice that is not there are an error, of none are not', async () => {
    const env = { DESCENT_NATIVE: join(folder, 'nothing') };
    const asked = await descent(['doctor', '--kernels', 'native'], { env });
    expect(asked.code).not.toBe(0);
    expect(asked.stderr).toBe('descent: native kernels: expected what npm run turbo builds, got nothing\n');
    const silent = await descent(['train', join(folder, 'nothing.json')], { env });
    expect(silent.stderr).toMatch(/nothing\.json/);
    expect(silent.stderr).not.toContain('kernels');
  });
});
