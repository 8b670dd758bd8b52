import type { NetworkSpec } from '../network-spec.js';

/**
 * Most samples that go through the layers at once. A batch is split so that the activations of convolutions stay in the
 * cache and the memory of large batches stays bounded; gradients add up over the parts in order, so this is part of
 * what the bits depend on.
 */
export const microBatchLimit = (spec: NetworkSpec): number =>
  spec.layers.some((layer) => layer.kind === 'conv2d') ? 40 : 640;

/** The sizes 8, 16, ... that kernels work in. */
export const paddedSize = (samples: number): number => Math.ceil(samples / 8) * 8;

/** Samples in each part of a batch (fewer in the last): parts as equal as multiples of 8 allow. */
export const microBatchSize = (samples: number, limit: number): number =>
  paddedSize(Math.ceil(samples / Math.ceil(samples / limit)));
