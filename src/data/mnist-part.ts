import type { Mnist } from './mnist.js';
import { type RandomLabels, randomizeLabels } from './random-labels.js';
import { firstSamples, subset } from './subset.js';

/** Which images of MNIST, with which labels. */
export interface MnistPart {
  readonly trainSize: number;
  readonly subsetSeed: number;
  readonly testSize: number;
  readonly randomLabels?: RandomLabels;
}

/** A part of MNIST: a subset of its training images, some of its labels drawn anew, and its first test images. */
export function mnistPart(mnist: Mnist, { trainSize, subsetSeed, testSize, randomLabels }: MnistPart): Mnist {
  const train = subset(mnist.train, trainSize, subsetSeed);
  const targets = randomLabels ? randomizeLabels(train.targets as Uint8Array, randomLabels) : train.targets;
  return { train: { ...train, targets }, test: firstSamples(mnist.test, testSize) };
}
