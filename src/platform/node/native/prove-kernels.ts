/** Prints what the kernels' bit test computes with the compiled kernels of a file: a program for `proofOf`. */
import { canonicalJson } from '../../../base/canonical-json.js';
import { kernelOutcomes } from '../../../engine/bindings/kernel-bits.js';
import { useKernels } from '../../../engine/bindings/kernels.js';
import { loadNativeTier } from './addon.js';

try {
  useKernels(loadNativeTier(process.argv[2]!));
  console.log(canonicalJson(await kernelOutcomes()));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
