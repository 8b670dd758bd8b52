/** Sizes that claims compare by: seeds 501 to 503 chose them, by 10,000 training images that were held out. */

/** How they were chosen, in words. */
export const how = 'medians of seeds 501 to 503, 10,000 training images held out';

/**
 * Hidden units of the small networks at the peak, where test loss is largest and the training set just fitted, and at
 * the trough before it. Test error has no peak on these seeds: it is judged where it should be.
 */
export const rise = {
  peak: 8,
  trough: { error: 4, loss: 1 },
} as const;
