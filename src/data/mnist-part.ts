import type { Mnist } from './mnist.js';
import { changePixels, type PixelChange } from './pixels.js';
import { type RandomLabels, randomizeLabels } from './random-labels.js';
import { firstSamples, heldOut, subset } from './subset.js';

/** Which images of MNIST, with which labels. */
export interface MnistPart {
  readonly trainSize: number;
  readonly subsetSeed: number;
  readonly testSize: number;
  readonly testFrom: 'test' | 'training';
  readonly randomLabels?: RandomLabels;
  readonly pixels?: PixelChange;
}

/**
 * A part of MNIST: a subset of its training images, some of its labels drawn anew, and its first test images or as many
 * training images that are not in the subset, with their own labels.
 */
export function mnistPart(mnist: Mnist, part: MnistPart): Mnist {
  const { trainSize, subsetSeed: seed, testSize, testFrom, randomLabels, pixels } = part;
  const train = subset(mnist.train, trainSize, seed);
  const test =
    testFrom === 'training'
      ? heldOut(mnist.train, { after: trainSize, size: testSize, seed })
      : firstSamples(mnist.test, testSize);
  const targets = randomLabels ? randomizeLabels(train.targets as Uint8Array, randomLabels) : train.targets;
  const parts = { train: { ...train, targets }, test };
  return pixels ? changePixels(parts, pixels) : parts;
}
