import { SpecError } from '../../base/errors.js';
import { byDefault, range, seed, whole, word } from '../../base/fields.js';
import { mostSamples } from './function.js';
import { idleLabelNoise, labelNoise, withLabelNoise } from './label-noise.js';
import { dataRevision, defineSource } from './source.js';

/** Classes of a set that has any number of them. */
const mostClasses = 10;
/** Sets that are of two classes alone. */
const ofTwo: readonly string[] = ['xor', 'moons'];

/** Points in the plane, in classes that no line separates (but for gaussians). */
export const planeSource = defineSource({
  kind: 'plane',
  fields: {
    set: word('the set', ['spiral', 'circles', 'xor', 'moons', 'gaussians']),
    trainSize: byDefault(whole('training points', 2, mostSamples), 200),
    testSize: byDefault(whole('test points, of other draws', 0, mostSamples), 200),
    classes: byDefault(whole('arms, rings or clouds; 2 for xor and moons', 2, mostClasses), 2),
    noise: byDefault(range('standard deviation of normal noise on both coordinates', 0, 10), 0.1),
    seed: byDefault(seed('seed of the points'), 0),
    randomLabels: labelNoise,
  },
  withoutEffect: ({ randomLabels }: { randomLabels?: { fraction: number; seed: number } }) =>
    idleLabelNoise(randomLabels),
  sizes: ({ trainSize, testSize }) => ({ train: trainSize, test: testSize }),
  shape: ({ classes }) => ({ input: [2], inputs: 'floats', outputs: classes, targets: 'labels' }),
  digest: () => ({ revision: dataRevision }),
  check({ set, classes }) {
    if (!ofTwo.includes(set) || classes === 2) return;
    throw new SpecError('data.classes', `expected 2, as ${set} has two classes, got ${classes}`);
  },
  readsMnist: false,
  async load({ trainSize, testSize, randomLabels, ...options }) {
    const { planeDataset } = await import('../plane.js');
    const train = planeDataset({ ...options, size: trainSize, use: 'train' });
    return {
      train: await withLabelNoise(train, randomLabels, options.classes),
      ...(testSize > 0 && { test: planeDataset({ ...options, size: testSize, use: 'test' }) }),
    };
  },
});
