import type { ReferenceLoss } from '../losses/define.js';
import { type LossName, lossesByKind } from '../losses/index.js';

export { softmax } from '../losses/cross-entropy.js';
export type { ReferenceLoss } from '../losses/define.js';

/** The loss of a name in float64, for `samples` rows of `outputs` numbers. */
export const referenceLoss = (name: LossName, samples: number, outputs: number): ReferenceLoss =>
  lossesByKind[name].reference(samples, outputs);
