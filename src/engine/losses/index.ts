import { byKind } from '../../base/fields.js';
import { crossEntropy } from './cross-entropy.js';
import type { LossDefinition } from './define.js';
import { mse } from './squared-error.js';

/** All kinds of losses, in the order in which messages name them. */
export const losses = [mse, crossEntropy] as const;

/** The same by their words. */
export const lossesByKind = byKind(losses);

/** The word of a loss. */
export type LossName = (typeof losses)[number]['kind'];

/** The loss that compares outputs with such targets. */
export const lossFor = (targets: LossDefinition['targets']): LossName =>
  losses.find((loss) => loss.targets === targets)!.kind;
