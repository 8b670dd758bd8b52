import type { KernelExports } from './kernel-signatures.generated.js';
import { kernelsBase64, kernelsBinaryDigest } from './kernels-binary.generated.js';

export { epilogue } from './kernel-signatures.generated.js';
export { kernelsBinaryDigest };

/**
 * Names the bits that the kernels compute: the SHA-256 of the first binary that computed them. It is part of every
 * trial's id, so a binary that computes the same bits faster keeps all trials of a store. `kernel-bits.test.ts` holds
 * the binary to it.
 */
export const kernelsDigest = '0bcefc4856715b711e674649423b1f3f6708a767d476578f109c509220a1a96d';

/**
 * The functions that src/kernels exports, read from it when it is built: a parameter that changes there is a type error
 * in the callers. All pointers are byte addresses in `memory`, all counts are in elements. What each does, with shapes
 * and the order of its sums, stands at its definition in src/kernels.
 */
export type Kernels = KernelExports;

/** Other code for some of the kernels: the same functions, to the same bits. */
export interface KernelTier {
  /** As provenance names it. */
  readonly name: string;
  /** The kernels, some of them replaced by functions over the same memory. */
  over(kernels: Kernels): Kernels;
}

let tier: KernelTier | undefined;

/** Chooses what computes in networks that this thread makes from now on: a tier, or, by default, WebAssembly alone. */
export function useKernels(chosen: KernelTier | undefined): void {
  tier = chosen;
}

/** What computes in networks that this thread makes: `wasm`, or the name of a tier. */
export const kernelTier = (): string => tier?.name ?? 'wasm';

let compiled: Promise<WebAssembly.Module> | undefined;

/** A fresh instance of the kernels with a memory of its own; the module is compiled once in a process. */
export async function instantiateKernels(): Promise<Kernels> {
  compiled ??= WebAssembly.compile(decodeBase64(kernelsBase64));
  const instance = await WebAssembly.instantiate(await compiled, {});
  const kernels = instance.exports as unknown as Kernels;
  return tier?.over(kernels) ?? kernels;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
