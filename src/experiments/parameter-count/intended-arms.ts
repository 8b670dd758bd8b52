import type { Arm, Protocol } from '../../study/experiment.js';
import {
  count,
  denseClassifier,
  fullSize,
  type MnistSize,
  miniature,
  type PresetWords,
  percent,
  presets,
} from '../../study/vocabulary/index.js';
import { armOf, sizes, widths } from './arms.js';

/** Networks trained until they have fitted, and small ones that just do, on labels of which some are random. */

/** Hidden units of the small networks. */
export const smallWidths = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;
/** The arm of one of the ten sizes, trained for long. */
export const longId = (hidden: number): string => `long${hidden}`;
/** The arm of a small network. */
export const noisyId = (hidden: number): string => `noisy${hidden}`;
const moreId = (hidden: number): string => `noisy-more${hidden}`;

/** The ten sizes, trained for long. */
export const longIds = widths.map(longId);

/** The small networks, with random labels. */
export const noisyIds = smallWidths.map(noisyId);

/** The same with more images: where the claims are judged alone. */
export const moreIds = smallWidths.map(moreId);

const fraction = 0.15;

/** How many labels are random. */
export const noise = `${percent(fraction)} % random labels`;

interface Sizes {
  readonly long: MnistSize;
  readonly noisy: MnistSize;
  /** The small networks again, on more images. */
  readonly more?: MnistSize;
}

const smoke: Sizes = { long: { ...sizes.smoke, epochs: 2 }, noisy: { ...sizes.smoke, epochs: 2 } };
const quick: Sizes = {
  long: { trainSize: 1000, testSize: 2000, batchSize: 50, epochs: 20 },
  noisy: { trainSize: 500, testSize: 2000, batchSize: 50, epochs: 200 },
};
const study = {
  long: { trainSize: 10_000, testSize: 10_000, batchSize: 100, epochs: 40 },
  noisy: { trainSize: 1000, testSize: 10_000, batchSize: 50, epochs: 1000 },
  more: { trainSize: 4000, testSize: 10_000, batchSize: 50, epochs: 1000 },
} satisfies Sizes;

/** Training images of the ten sizes where claims are judged. */
export const longImages = study.long.trainSize;

/** Training images of the small networks there, and of the same with more. */
export const noisyImages = { few: study.noisy.trainSize, more: study.more.trainSize };

/** Where claims are judged, each seed draws images of its own. */
const ownImages = (isJudged: boolean): readonly string[] => (isJudged ? ['data.subsetSeed'] : []);

function noisyArm(id: string, hidden: number, size: MnistSize, isJudged: boolean): Arm {
  const { spec, ...arm } = armOf(id, denseClassifier(hidden), size);
  const data = { ...spec.data, randomLabels: { fraction, seed: 1 } };
  return {
    ...arm,
    label: `${arm.label}${size === study.more ? `, ${count(size.trainSize)} images` : ''}`,
    numbers: { ...arm.numbers, hidden },
    group: 'noisy',
    spec: { ...spec, data },
    follows: ['data.randomLabels.seed', ...ownImages(isJudged)],
  };
}

const longArm = (hidden: number, { long }: Sizes): Arm => ({
  ...armOf(longId(hidden), denseClassifier(hidden), long),
  ...(long === study.long && { follows: ownImages(true) }),
});

function partsOf(sizes: Sizes, words: PresetWords) {
  const { noisy, more } = sizes;
  const small = (idOf: (hidden: number) => string, size: MnistSize): readonly Arm[] =>
    smallWidths.map((hidden) => noisyArm(idOf(hidden), hidden, size, sizes === study));
  return {
    arms: [
      ...widths.map((hidden) => longArm(hidden, sizes)),
      ...small(noisyId, noisy),
      ...(more ? small(moreId, more) : []),
    ],
    ...words,
  };
}

const textOf = ({ long, noisy, more }: Sizes): string =>
  `${count(long.trainSize)} images for ${long.epochs} epochs; with random labels ${count(noisy.trainSize)}` +
  `${more ? ` and ${count(more.trainSize)}` : ''} images for ${count(noisy.epochs)} epochs.`;

/** Both groups of networks. */
export const intendedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 1, study: 5 }, (name) => {
  if (name === 'smoke') {
    const { trainSize, epochs } = smoke.long;
    return partsOf(smoke, miniature(`${trainSize} images, ${epochs} epochs: shows that it runs.`));
  }
  return name === 'quick' ? partsOf(quick, miniature(textOf(quick))) : partsOf(study, fullSize(textOf(study)));
});
