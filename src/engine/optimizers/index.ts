import { byKind, type KindSpec } from '../../base/fields.js';
import { adam, adamW } from './adam.js';
import { rmsprop } from './rmsprop.js';
import { sgd } from './sgd.js';

/** All kinds of optimizers, in the order in which messages name them. */
export const optimizers = [sgd, adam, adamW, rmsprop] as const;

/** The same by their words. */
export const optimizersByKind = byKind(optimizers);

/** How parameters move: an optimizer with its settings, as data. Defaults are PyTorch's. */
export type OptimizerSpec = KindSpec<(typeof optimizers)[number]>;
