import type { Arm, MeasurementArm, Protocol } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import {
  allImages,
  count,
  fullSize,
  type MnistSize,
  miniature,
  mnistTrial,
  type PresetWords,
  presets,
} from '../../study/vocabulary/index.js';
import { type Cnn, codedNetworks, intendedNetworks, writtenNetworks } from './networks.js';

/** What a protocol trains: its networks, and the one that is claimed to be the best, against each other one. */
export interface Plan {
  readonly networks: readonly Cnn[];
  readonly learningRate: number;
  readonly best: string;
  /** That one, in a sentence. */
  readonly bestName: string;
}

/** The networks of the code at its learning rate. */
export const codedPlan: Plan = { networks: codedNetworks, learningRate: 0.001, best: 'cnn3', bestName: 'CNN-3' };

/** The networks of the text at its learning rate. */
export const writtenPlan: Plan = {
  networks: writtenNetworks,
  learningRate: 0.0001,
  best: 'cnn3',
  bestName: 'CNN-3',
};

/** Networks that differ in depth alone. */
export const intendedPlan: Plan = {
  networks: intendedNetworks,
  learningRate: 0.001,
  best: 'depth1',
  bestName: 'one dense layer',
};

const full: MnistSize = { ...allImages, batchSize: 600, epochs: 15 };
const sizes: Readonly<Record<PresetName, MnistSize>> = {
  smoke: { trainSize: 600, testSize: 500, batchSize: 60, epochs: 2 },
  quick: { trainSize: 3_000, testSize: 2_000, batchSize: 30, epochs: 15 },
  report: full,
  study: full,
};
const { smoke, quick } = sizes;

/** Updates of a training. */
const updatesOf = ({ trainSize, batchSize, epochs }: MnistSize): number => (trainSize / batchSize) * epochs;

const fullWords = fullSize(
  `Full size: ${count(full.trainSize)} images in batches of ${full.batchSize}, ${full.epochs} epochs.`,
);
const words: Readonly<Record<PresetName, PresetWords>> = {
  smoke: miniature(`${smoke.trainSize} images, ${smoke.epochs} epochs: shows that it runs, not who wins.`),
  quick: miniature(
    `One in ${full.trainSize / quick.trainSize} of the training images, in batches as much smaller: the same ` +
      `${count(updatesOf(quick))} updates as the original, ${count(quick.testSize)} test images. ` +
      'Test accuracies are some points lower than with all the images.',
  ),
  report: fullWords,
  study: fullWords,
};

const armsOf = ({ networks, learningRate }: Plan, name: PresetName): readonly Arm[] =>
  networks.map(({ id, label, depth, model }) => ({
    id,
    label,
    numbers: { denseLayers: depth },
    spec: mnistTrial(sizes[name], {
      model,
      learningRate,
      weightDecay: 1e-4,
      observe: {
        loss: 'epoch',
        lastBatchLoss: 'epoch',
        accuracy: 'epoch',
        test: 'epoch',
        // Claims of training are judged by evaluations, which the original does not make.
        ...(name === 'study' && { train: 'end' }),
      },
    }),
  }));

/** Learning rates that each depth is tried with, that of the other arms among them. */
export const triedRates = [3e-4, intendedPlan.learningRate, 3e-3, 1e-2] as const;

/** The arm of a network at one of them. */
export const triedId = (id: string, learningRate: number): string =>
  learningRate === intendedPlan.learningRate ? id : `${id}-rate${learningRate.toExponential().replace('+', '')}`;

/** Every depth at each of the rates that is not among the other arms. */
export const triedArms = (name: PresetName): readonly Arm[] =>
  triedRates
    .filter((learningRate) => learningRate !== intendedPlan.learningRate)
    .flatMap((learningRate) =>
      armsOf({ ...intendedPlan, learningRate }, name).map((arm) => ({
        ...arm,
        id: triedId(arm.id, learningRate),
        label: `${arm.label}, learning rate ${learningRate}`,
      })),
    );

/** The networks that the best one is held against. */
export const othersOf = ({ networks, best }: Plan): readonly Cnn[] => networks.filter(({ id }) => id !== best);

/** Both networks on the same test images: the best, and each other one. */
export const pairsOf = (plan: Plan): readonly MeasurementArm[] => {
  const { networks, best } = plan;
  const first = networks.find(({ id }) => id === best)!;
  return othersOf(plan).map(({ id, label }) => ({
    id: `${best}-${id}`,
    label: `${first.label}, against ${label}`,
    measure: { name: 'predictions' },
    of: [best, id],
  }));
};

/** The measurement of which test images each network has right, over all seeds: the best first. */
export const hitsId = 'hits';

const hitsOf = (plan: Plan): MeasurementArm => ({
  id: hitsId,
  label: `${plan.best} against the better of the others, every seed`,
  measure: { name: 'hits', networks: plan.networks.length },
  of: [plan.best, ...othersOf(plan).map(({ id }) => id)],
  acrossSeeds: true,
});

/** The presets of a plan, from so many seeds each; `more` are arms beside its networks. */
export const presetsOf = (
  plan: Plan,
  seeds: Readonly<Partial<Record<PresetName, number>>>,
  more: (name: PresetName) => readonly Arm[] = () => [],
): Protocol['presets'] =>
  presets(seeds, (name) => ({
    arms: [...armsOf(plan, name), ...more(name)],
    measurements: [...pairsOf(plan), ...(words[name].miniature ? [] : [hitsOf(plan)])],
    ...(name === 'report' && { twins: 4 }),
    ...words[name],
  }));
