import type { Dataset } from '../base/dataset.js';
import type { Mt19937 } from '../base/mt19937.js';
import { normalVector } from '../base/normal-vector.js';
import { namedStream, permutation } from '../base/streams.js';
import { newLike } from './shared.js';

/** What becomes of pixels, and by which draws. */
export interface PixelChange {
  readonly how: 'shuffled' | 'random' | 'gaussian';
  readonly seed: number;
}

/** What is learnt, and what it is tested on. */
interface Parts {
  readonly train: Dataset;
  readonly test: Dataset;
}

/**
 * Images whose pixels mean less than before, with the labels that they had.
 *
 * `shuffled`: one order of the pixels, drawn once, for all images of both sets. `random`: an order for each training
 * image. `gaussian`: normal numbers in place of the training images, with the mean and the variance of all their
 * pixels, which are numbers, no bytes. Test images keep their pixels, but for `shuffled`.
 * Streams: `pixels/shuffled`, `pixels/random`, `pixels/gaussian`. Reference: Zhang et al. 2017, "Understanding deep
 * learning requires rethinking generalization", section 2.1.
 * Shapes: inputs [size, product(inputShape)]
 */
export function changePixels({ train, test }: Parts, { how, seed }: PixelChange): Parts {
  const rng = namedStream(`pixels/${how}`, seed);
  if (how === 'gaussian') return { train: { ...train, inputs: drawnLike(train, rng) }, test: inNumbers(test) };
  const width = train.inputs.length / train.size;
  if (how === 'random') return { train: reordered(train, () => permutation(rng, width)), test };
  const order = permutation(rng, width);
  return { train: reordered(train, () => order), test: reordered(test, () => order) };
}

function reordered(dataset: Dataset, orderOf: (image: number) => Int32Array): Dataset {
  const { inputs, size } = dataset;
  const width = inputs.length / size;
  const moved = newLike(inputs, inputs.length);
  for (let image = 0; image < size; image++) {
    const start = image * width;
    orderOf(image).forEach((from, to) => {
      moved[start + to] = inputs[start + from]!;
    });
  }
  return { ...dataset, inputs: moved };
}

/** Bytes stand for byte / 255. */
const scale = 255;

function inNumbers(dataset: Dataset): Dataset {
  return { ...dataset, inputs: Float32Array.from(dataset.inputs, (byte) => byte / scale) };
}

/** Normal numbers, as many as there are pixels and with their mean and variance. */
function drawnLike({ inputs }: Dataset, rng: Mt19937): Float32Array {
  const n = inputs.length;
  let [sum, squares] = [0, 0];
  for (const byte of inputs) {
    sum += byte;
    squares += byte * byte;
  }
  const mean = sum / n;
  const deviation = Math.sqrt(squares / n - mean * mean);
  return Float32Array.from(normalVector(rng, n), (normal) => (mean + deviation * normal) / scale);
}
