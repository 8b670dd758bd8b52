import type { Arm } from '../../study/experiment.js';
import { allImages, count, denseClassifier, mnistTrial, percent } from '../../study/vocabulary/index.js';

/** Networks that have fitted their training set, alike but for one thing (Novak et al. 2018). */

interface Setting {
  readonly hidden: number;
  readonly learningRate: number;
  readonly batchSize: number;
  /** Share of random labels. */
  readonly noise: number;
}

const common: Setting = { hidden: 200, learningRate: 1e-3, batchSize: 100, noise: 0 };
const images = { trainSize: 10_000, testSize: allImages.testSize };
/** No setting takes half as many to fit its images. */
const mostEpochs = 500;

const varied = {
  hidden: { values: [25, 50, 100, 200, 400, 800], words: (hidden: number) => `${hidden} hidden units` },
  learningRate: {
    values: [1e-4, 3e-4, 1e-3, 3e-3, 5e-3, 1e-2],
    words: (rate: number) => `learning rate ${rate}`,
  },
  batchSize: { values: [10, 32, 100, 320, 1000, 2500], words: (size: number) => `batch ${size}` },
  noise: {
    values: [0, 0.04, 0.08, 0.12, 0.16, 0.2],
    words: (share: number) => `${percent(share)} % random labels`,
  },
} as const;

/** What differs between the networks of one row. */
export type Varied = keyof typeof varied;

const idOf = (by: Varied, value: number): string =>
  value === common[by] ? 'fitted' : `fitted-${by === 'noise' ? `noise${percent(value)}` : `${by}${value}`}`;

/** The networks that differ in one thing, in the order of its values; one of them is in every row. */
export const fittedIds = (by: Varied): readonly string[] => varied[by].values.map((value) => idOf(by, value));

function armOf(id: string, words: string, { hidden, learningRate, batchSize, noise }: Setting): Arm {
  const spec = mnistTrial(
    { ...images, batchSize, epochs: mostEpochs },
    { model: denseClassifier(hidden), learningRate, observe: { train: 'end', test: 'end' } },
  );
  return {
    id,
    label: `${words}, fitted`,
    numbers: { hidden, learningRate, batchSize, noise },
    group: 'fitted',
    spec: {
      ...spec,
      data: { ...spec.data, ...(noise > 0 && { randomLabels: { fraction: noise, seed: 1 } }) },
      stop: { epochs: mostEpochs, evaluated: { accuracy: 1 } },
    },
    follows: ['data.subsetSeed', ...(noise > 0 ? ['data.randomLabels.seed'] : [])],
  };
}

const others = (by: Varied): readonly Arm[] =>
  varied[by].values
    .filter((value) => value !== common[by])
    .map((value) => armOf(idOf(by, value), varied[by].words(value), { ...common, [by]: value }));

/** All of them, each trained on 10,000 images of its seed until every training label is right. */
export const fittedArms: readonly Arm[] = [
  armOf('fitted', varied.hidden.words(common.hidden), common),
  ...(Object.keys(varied) as readonly Varied[]).flatMap(others),
];

/** How they are trained, in words. */
export const fittedText = `${count(images.trainSize)} images of its own each seed, trained until every label is right`;
