import { SpecError } from '../../base/errors.js';
import { byDefault, fraction, nested, optional, seed, whole, word } from '../../base/fields.js';
import { mnistFiles } from '../mnist.js';
import { dataRevision, defineSource } from './source.js';

const all = { train: mnistFiles.trainLabels.shape[0], test: mnistFiles.testLabels.shape[0] };

/** Images of handwritten digits. */
export const mnistSource = defineSource({
  kind: 'mnist',
  fields: {
    trainSize: byDefault(
      whole('training images; fewer than all are drawn without replacement from the stream `subset`', 1, all.train),
      all.train,
    ),
    subsetSeed: byDefault(seed('seed of the subset'), 0),
    testSize: byDefault(whole('test images, the first so many', 1, all.test), all.test),
    testFrom: byDefault(
      word("where test images are from: MNIST's own, or its training images that are not trained on", [
        'test',
        'training',
      ]),
      'test',
    ),
    randomLabels: optional(
      nested('training labels replaced by uniform draws from 0-9, fixed for the run', {
        fraction: fraction('share of the labels'),
        seed: seed('seed of the draws'),
      }),
    ),
    pixels: optional(
      nested('pixels that mean less: one order for all images, one for each, or normal numbers in their place', {
        how: word('what becomes of them', ['shuffled', 'random', 'gaussian']),
        seed: seed('seed of the draws'),
      }),
    ),
  },
  withoutEffect: ({ trainSize, randomLabels }: { trainSize: number; randomLabels?: { fraction: number } }) => [
    ...(trainSize === all.train ? ['subsetSeed'] : []),
    ...(randomLabels?.fraction === 0 ? ['randomLabels'] : []),
  ],
  sizes: ({ trainSize, testSize }) => ({ train: trainSize, test: testSize }),
  shape: ({ pixels }) => ({
    input: [1, 28, 28],
    inputs: pixels?.how === 'gaussian' ? 'floats' : 'bytes',
    outputs: 10,
    targets: 'labels',
  }),
  digest: () => ({ revision: dataRevision, md5: Object.values(mnistFiles).map((file) => file.md5) }),
  check({ trainSize, testSize, testFrom }) {
    const left = all.train - trainSize;
    if (testFrom === 'training' && testSize > left)
      throw new SpecError('data.testSize', `expected at most the ${left} images that are left over, got ${testSize}`);
  },
  readsMnist: true,
  // Loaded when it is needed: drawing takes a package, which a list of experiments does without.
  load: async (data, loadMnist) => (await import('../mnist-part.js')).mnistPart(await loadMnist(), data),
});
