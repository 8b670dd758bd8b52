import { afterEach, expect, test, vi } from 'vitest';
import { kernelOutcomes } from './kernel-bits.js';
import { knownOutcomes } from './kernel-cases.js';
import { kernelsDigest } from './kernels.js';

/** The name of the kernels that first computed what older trials call, and their outcomes. */
const known = {
  kernels: '0bcefc4856715b711e674649423b1f3f6708a767d476578f109c509220a1a96d',
  first: '2c440a4fbe37de7f4229970d74c0cac9154171a2d9828acd75d86200ab3ac342',
} as const;

/** Names the kernels' functions that were called since. */
function watchKernels(): { readonly called: Set<string>; readonly all: Set<string> } {
  const called = new Set<string>();
  const all = new Set<string>();
  const instantiate = WebAssembly.instantiate as (module: WebAssembly.Module) => Promise<WebAssembly.Instance>;
  vi.spyOn(WebAssembly, 'instantiate').mockImplementation((async (module: WebAssembly.Module) => {
    const { exports } = await instantiate(module);
    const watched = Object.entries(exports).map(([name, value]) => {
      if (typeof value !== 'function') return [name, value];
      all.add(name);
      return [
        name,
        (...values: unknown[]) => {
          called.add(name);
          return value(...values);
        },
      ];
    });
    return { exports: Object.fromEntries(watched) };
  }) as unknown as typeof WebAssembly.instantiate);
  return { called, all };
}

afterEach(() => {
  vi.restoreAllMocks();
});

test('the kernels compute the bits that kernelsDigest names, each of them', async () => {
  const { called, all } = watchKernels();
  const found = await kernelOutcomes();
  expect([...all].filter((name) => !called.has(name))).toEqual([]);
  const help = "where other bits are meant, kernelsDigest is the new binary's SHA-256, and knownOutcomes what is found";
  expect(found, help).toEqual(knownOutcomes);
  expect({ kernels: kernelsDigest, first: found['first'] }).toEqual(known);
});
