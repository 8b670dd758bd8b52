import { createRequire } from 'node:module';
import { UserError } from '../../../base/errors.js';
import { type Kernels, type KernelTier, kernelsBinaryDigest } from '../../../engine/bindings/kernels.js';
import { kernelCallers } from './kernel-callers.generated.js';

/** What src/native compiles to. */
interface Addon {
  /** Bits of its vectors. */
  readonly width: number;
  /** The compiler that made it, with its version. */
  readonly compiler: string;
  /** SHA-256 of the WebAssembly kernels that they are twins of. */
  readonly kernels: string;
  /** Where calls find their arguments, as doubles. */
  readonly arguments: ArrayBuffer;
  /** Kernels over the bytes of a memory, and what to call when those have moved. */
  bind(buffer: ArrayBuffer): { readonly kernels: NativeKernels; readonly rebind: (buffer: ArrayBuffer) => void };
}

type KernelName = keyof ReturnType<typeof kernelCallers>;
type NativeKernels = Partial<Record<KernelName, () => never>>;

/** Native kernels, loaded in this thread. */
export interface NativeTier extends KernelTier {
  readonly width: number;
  readonly compiler: string;
}

/**
 * Loads compiled kernels into this thread.
 * @throws the system's error if the file is no such thing
 * @throws UserError if it was compiled beside other WebAssembly kernels, whose arguments may differ
 */
export function loadNativeTier(path: string): NativeTier {
  const addon = createRequire(import.meta.url)(path) as Addon;
  if (addon.kernels !== kernelsBinaryDigest) {
    throw new UserError(`${path}: expected twins of today's kernels, got older ones; make them again: npm run turbo`);
  }
  const callers = kernelCallers(new Float64Array(addon.arguments));
  return {
    name: `native, ${addon.width} bit`,
    width: addon.width,
    compiler: addon.compiler,
    over: (kernels) => ({ ...kernels, ...functionsOver(kernels.memory, addon, callers) }),
  };
}

/** The native kernels over a memory, which is followed where it goes as it grows. */
function functionsOver(
  memory: WebAssembly.Memory,
  addon: Addon,
  callers: ReturnType<typeof kernelCallers>,
): Partial<Kernels> {
  const { kernels, rebind } = addon.bind(memory.buffer);
  memory.grow = (pages) => {
    const before = WebAssembly.Memory.prototype.grow.call(memory, pages);
    rebind(memory.buffer);
    return before;
  };
  const names = Object.keys(kernels) as KernelName[];
  return Object.fromEntries(names.map((name) => [name, callers[name](kernels[name]!)]));
}
