import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../../base/errors.js';
import { useKernels } from '../../../engine/bindings/kernels.js';
import { loadNativeTier, type NativeTier } from './addon.js';
import { type Proof, proofOf } from './proof.js';

/** By hand: WebAssembly alone, or nothing but proven native kernels. */
export const kernelChoices = ['wasm', 'native'] as const;

/** One of them. */
export type KernelChoice = (typeof kernelChoices)[number];

/** Where `npm run turbo` puts the native kernels of a clone; `$DESCENT_NATIVE` names another file. */
const builtPath = fileURLToPath(new URL('../../../../build/native/kernels.node', import.meta.url));

/** The native kernels that this process computes with. */
export interface NativeKernels {
  readonly path: string;
  readonly tier: NativeTier;
  readonly proof: Proof;
}

let inUse: NativeKernels | undefined;

/** The native kernels that this process has chosen, or undefined: WebAssembly. */
export const nativeKernels = (): NativeKernels | undefined => inUse;

/**
 * Chooses the kernels of this process and of the workers that it starts: by default native ones where they are built
 * and proven to compute the same bits, else WebAssembly. Returns why native kernels that are there are left aside.
 * @throws UserError if native kernels are asked for, and there are none, or none that are proven
 */
export function chooseKernels(choice?: KernelChoice): string | undefined {
  inUse = undefined;
  useKernels(undefined);
  if (choice === 'wasm') return undefined;
  const path = process.env['DESCENT_NATIVE'] || builtPath;
  const refused = existsSync(path) ? tryKernels(path) : 'expected what npm run turbo builds, got nothing';
  if (refused === undefined) return undefined;
  if (choice === 'native') throw new UserError(`native kernels: ${refused}`);
  return existsSync(path) ? `native kernels: ${refused}; WebAssembly serves` : undefined;
}

/** Takes kernels into use, or returns why not. */
function tryKernels(path: string): string | undefined {
  const proof = proofOf(path);
  if (!proof.holds) return refusalOf(proof);
  const tier = loadNativeTier(path);
  inUse = { path, tier, proof };
  useKernels(tier);
  return undefined;
}

/** Outcomes are JSON; a test that failed said why. */
const refusalOf = ({ outcomes }: Proof): string =>
  outcomes.startsWith('{') ? 'expected the bits of the WebAssembly kernels, got others' : outcomes;
