import type { LayerSpec } from '../../engine/network-spec.js';
import type { Arm, Protocol } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import {
  allImages,
  count,
  denseClassifier,
  fullSize,
  type MnistSize,
  miniature,
  mnistTrial,
  type PresetWords,
  parametersOf,
  presets,
} from '../../study/vocabulary/index.js';
import type { ModelSpec } from '../../tasks/trial-spec.js';

/** Section 1.3.2: ten networks of 39,760 to 1,590,010 parameters on MNIST. */

/** Hidden units of the ten networks. */
export const widths = [50, 100, 250, 500, 550, 750, 1000, 1050, 1500, 2000] as const;

/** The arm of a network. */
export const armId = (hidden: number): string => `h${hidden}`;

/** The ten, by size. */
export const ids = widths.map(armId);

/** A network of some size, as one of the arms. */
export function armOf(id: string, model: ModelSpec, size: MnistSize, learningRate = 1e-3): Arm {
  const parameters = parametersOf(model);
  return {
    id,
    label: `${count(parameters)} parameters`,
    numbers: { parameters },
    group: 'sizes',
    spec: mnistTrial(size, {
      model,
      learningRate,
      observe: { loss: 'epoch', accuracy: 'epoch', train: 'end', test: 'end' },
    }),
  };
}

const full: MnistSize = { ...allImages, batchSize: 600, epochs: 10 };
/** The sizes of the code's networks. */
export const sizes = {
  smoke: { trainSize: 200, testSize: 200, batchSize: 100, epochs: 1 },
  quick: { trainSize: 2000, testSize: 2000, batchSize: 100, epochs: 10 },
  report: full,
  study: full,
} as const satisfies Record<PresetName, MnistSize>;
const { smoke, quick } = sizes;
const writtenQuick: MnistSize = { trainSize: 500, testSize: 1000, batchSize: 25, epochs: 10 };

const fullWords = fullSize(
  `Full size: ${count(full.trainSize)} images in batches of ${full.batchSize}, ${full.epochs} epochs.`,
);
const words: Readonly<Record<PresetName, PresetWords>> = {
  smoke: miniature(`${smoke.trainSize} images, ${smoke.epochs} epoch: shows that it runs.`),
  quick: miniature(
    `${count(quick.trainSize)} images in batches of ${quick.batchSize} (as written ${writtenQuick.trainSize} in ` +
      `batches of ${writtenQuick.batchSize}) instead of ${count(full.trainSize)} in batches of ${full.batchSize}; ` +
      `${quick.epochs} epochs.`,
  ),
  report: fullWords,
  study: fullWords,
};

/** The networks of the code. */
export const codedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 3, report: 1, study: 5 }, (name) => ({
  arms: widths.map((hidden) => armOf(armId(hidden), denseClassifier(hidden), sizes[name])),
  ...words[name],
}));

const relu: LayerSpec = { kind: 'relu' };
const convolution = (channels: number): readonly LayerSpec[] => [
  { kind: 'conv2d', channels, kernel: 4 },
  relu,
  { kind: 'maxPool2d', size: 2 },
];

/** Two convolutions with kernel 4 as in 1.1.2, and two dense layers of `dense` and 100 units with dropout. */
const cnnOf = (dense: number): ModelSpec => ({
  kind: 'layers',
  input: [1, 28, 28],
  layers: [
    ...convolution(10),
    ...convolution(20),
    { kind: 'flatten' },
    { kind: 'linear', features: dense },
    relu,
    { kind: 'dropout', rate: 0.25 },
    { kind: 'linear', features: 100 },
    relu,
    { kind: 'linear', features: 10 },
  ],
});

/** Parameters of that network grow by the same number with each unit of `dense`. */
const [smallest, next] = [cnnOf(1), cnnOf(2)].map(parametersOf) as [number, number];
const perUnit = next - smallest;
const denseFor = (parameters: number): number => Math.round((parameters - (smallest - perUnit)) / perUnit);

/** A convolutional network of about as many parameters as a dense one. */
const cnnLike = (hidden: number): ModelSpec => cnnOf(denseFor(parametersOf(denseClassifier(hidden))));

/** The networks of the text. */
export const writtenPresets: Protocol['presets'] = presets({ smoke: 1, quick: 1, study: 5 }, (name) => ({
  arms: widths.map((hidden) =>
    armOf(armId(hidden), cnnLike(hidden), name === 'quick' ? writtenQuick : sizes[name], 1e-4),
  ),
  ...words[name],
}));
