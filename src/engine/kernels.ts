import { kernelsBase64, kernelsDigest } from './kernels-binary.generated.js';

export { kernelsDigest };

/**
 * The functions that src/kernels exports. All pointers are byte addresses in `memory`, all counts are in elements.
 * What each does, with shapes and the order of its sums, stands at its definition in src/kernels.
 */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** A fresh instance of the kernels with a memory of its own; the module is compiled once in a process. */
export async function instantiateKernels(): Promise<Kernels> {
  compiled ??= WebAssembly.compile(decodeBase64(kernelsBase64));
  const instance = await WebAssembly.instantiate(await compiled, {});
  return instance.exports as unknown as Kernels;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
