/** Sizes that claims compare by: chosen by seeds from 501 on and 10,000 training images that were held out. */

/** How they were chosen, in words. */
export const how = 'medians of seeds 501 to 503, 10,000 training images held out';

/**
 * Hidden units of the network with the least test loss among those smaller than the largest, and what was compared.
 * At full size these are the three of the nine that do best in the original's table.
 */
export const best = {
  coded: { hidden: 1500, of: '1000, 1050 and 1500 hidden units', how },
  intended: { hidden: 1500, of: 'the nine smaller networks', how: 'seed 501, 10,000 training images held out' },
} as const;

/**
 * Hidden units of the small networks at the peak, where test loss is largest and the training set just fitted, and at
 * the trough before it. Test error has no peak on these seeds: it is judged where it should be.
 */
export const rise = {
  peak: 8,
  trough: { error: 4, loss: 1 },
} as const;
