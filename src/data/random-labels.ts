import { UserError } from '../base/errors.js';
import { namedStream, sampleWithoutReplacement, uniformInt } from '../base/streams.js';
import { newLike } from './shared.js';

/** How many labels are replaced, and by which draws. */
export interface RandomLabels {
  /** Share of labels replaced. Range: [0, 1]. */
  readonly fraction: number;
  readonly seed: number;
  /** Number of classes to draw from. Default 10. */
  readonly classes?: number;
}

/**
 * A copy of labels in which exactly round(fraction * n), at random places, are replaced by uniform draws from all
 * classes (the true one included).
 *
 * Places and values come from two named streams (`random-labels/places`, `random-labels/values`; one value is drawn for
 * every label, used or not),
 * so that with one seed the labels replaced at a small fraction are replaced by the same at every larger one.
 * Shapes: labels [n], result [n], in shared memory if `labels` is. Reference: Zhang et al. 2017, "Understanding deep
 * learning requires rethinking generalization".
 * @throws UserError if the fraction is not in [0, 1] or the number of classes not in [1, 256]
 */
export function randomizeLabels(labels: Uint8Array, { fraction, seed, classes = 10 }: RandomLabels): Uint8Array {
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new UserError(`randomLabels.fraction: expected a number from 0 to 1, got ${fraction}`);
  }
  if (!Number.isInteger(classes) || classes < 1 || classes > 256) {
    throw new UserError(`randomLabels.classes: expected a whole number from 1 to 256, got ${classes}`);
  }
  const values = namedStream('random-labels/values', seed);
  const drawn = Uint8Array.from(labels, () => uniformInt(values, classes));
  const places = namedStream('random-labels/places', seed);
  const result = newLike(labels, labels.length);
  result.set(labels);
  for (const i of sampleWithoutReplacement(places, labels.length, Math.round(fraction * labels.length))) {
    result[i] = drawn[i]!;
  }
  return result;
}
