import { UserError } from '../../src/base/errors.js';
import { namedStream, sampleWithoutReplacement } from '../../src/base/streams.js';
import type { Mnist } from '../../src/data/index.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
// What is served with the page: so many training images of the subset of seed 0, and the first test images.
import served from '../mnist-part.json' with { type: 'json' };

const pixels = 28 * 28;
const all = { train: 60_000, test: 10_000 } as const;

/** The images of the served subset, in their order. Shapes: [served.train] */
const servedImages = (): Int32Array => sampleWithoutReplacement(namedStream('subset', 0), all.train, served.train);

/**
 * @throws UserError if a spec asks for images that are not served with the page
 */
export function requireServed({ data }: TrialSpec): void {
  if (data.kind !== 'mnist') return;
  const { trainSize = all.train, testSize = all.test, subsetSeed = 0 } = data;
  if (trainSize > served.train || testSize > served.test || subsetSeed !== 0) {
    throw new UserError(
      `data: expected at most ${served.train} training images of subset seed 0 and ${served.test} test images, ` +
        `as this page carries no more of MNIST, got ${trainSize} of seed ${subsetSeed} and ${testSize}; ` +
        'the command `descent train` takes all of them',
    );
  }
}

/**
 * MNIST with the served images in their places, and zeros elsewhere. Fetched from below an address: labels and pixels
 * of the training images, then of the test images, by deflate.
 * @throws UserError if the file does not come
 */
export async function fetchPart(base: string): Promise<Mnist> {
  const url = new URL(served.file, base);
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok || !response.body) {
    throw new UserError(`${url.href}: expected the images, got ${response?.status ?? 'no answer'}`);
  }
  const plain = response.body.pipeThrough(new DecompressionStream('deflate-raw'));
  return placed(new Uint8Array(await new Response(plain).arrayBuffer()));
}

function placed(bytes: Uint8Array): Mnist {
  const expected = (served.train + served.test) * (1 + pixels);
  if (bytes.length !== expected) {
    throw new UserError(`${served.file}: expected ${expected} bytes, got ${bytes.length}; load the page again`);
  }
  const [train, test] = [emptySet('mnist-train', all.train), emptySet('mnist-test', all.test)];
  let at = 0;
  const take = (count: number): Uint8Array => {
    at += count;
    return bytes.subarray(at - count, at);
  };
  const [labels, images] = [take(served.train), take(served.train * pixels)];
  servedImages().forEach((place, i) => {
    train.targets[place] = labels[i]!;
    train.inputs.set(images.subarray(i * pixels, (i + 1) * pixels), place * pixels);
  });
  test.targets.set(take(served.test));
  test.inputs.set(take(served.test * pixels));
  return { train, test };
}

const emptySet = (name: string, size: number) => ({
  name,
  size,
  inputShape: [1, 28, 28],
  inputs: new Uint8Array(size * pixels),
  targets: new Uint8Array(size),
});
