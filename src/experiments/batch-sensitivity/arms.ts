import type { Arm, MeasurementArm } from '../../study/experiment.js';
import type { Reading } from '../../study/reading.js';
import type { ModelSpec } from '../../tasks/trial-spec.js';

/** Section 1.3.4: the trainings, and what is measured at their ends. */

export const batchSizes = [10, 385, 760, 1135, 1510] as const;
const baseRate = 1e-3;
/** Adam's learning rate goes with the root of the batch; scaled from here. */
export const rateBatch = 385;

interface Images {
  readonly trainSize: number;
  readonly testSize: number;
}

interface Training {
  readonly batchSize: number;
  readonly epochs: number;
  readonly learningRate?: number;
  readonly hidden?: number;
}

const mlpOf = (hidden: number): ModelSpec => ({ kind: 'mlp', widths: [784, hidden, 10], activation: 'relu' });

function armOf(
  id: string,
  label: string,
  images: Images,
  { batchSize, epochs, learningRate = baseRate, hidden = 500 }: Training,
): Arm {
  return {
    id,
    label,
    numbers: { batchSize, learningRate, hidden },
    spec: {
      data: { kind: 'mnist', ...images },
      model: mlpOf(hidden),
      loss: 'crossEntropy',
      optimizer: { kind: 'adam', learningRate, weightDecay: 1e-4 },
      batchSize,
      stop: { epochs },
      observe: { loss: 'epoch', accuracy: 'step', train: 'end', test: 'end', tensorGradNorm: 'epoch' },
    },
  };
}

export const epochArms = (images: Images, epochs: number): readonly Arm[] =>
  batchSizes.map((batchSize) => armOf(`b${batchSize}`, `batch ${batchSize}`, images, { batchSize, epochs }));
export const ids = batchSizes.map((batchSize) => `b${batchSize}`);

export const sizes = {
  smoke: { trainSize: 200, testSize: 200 },
  quick: { trainSize: 3000, testSize: 2000 },
  full: { trainSize: 60_000, testSize: 10_000 },
} as const;
export type SizeName = keyof typeof sizes;

/** Images that sensitivity (of each set) and sharpness are taken over. */
const effort: Readonly<Record<SizeName, { readonly sensitivity: number; readonly sharpness: number }>> = {
  smoke: { sensitivity: 10, sharpness: 50 },
  quick: { sensitivity: 100, sharpness: 200 },
  full: { sensitivity: 500, sharpness: 1000 },
};

/** Sensitivity of the trained network to its inputs. */
export const sensitivityOf = (arms: readonly Arm[], size: SizeName): readonly MeasurementArm[] =>
  arms.map(({ id, label, numbers }) => ({
    id: `${id}-jacobian`,
    label,
    ...(numbers && { numbers }),
    measure: { name: 'sensitivity', samples: effort[size].sensitivity },
    of: [id],
  }));

export const sharpnessOf = (arms: readonly Arm[], size: SizeName): readonly MeasurementArm[] =>
  arms.map(({ id, label, numbers }) => ({
    id: `${id}-sharpness`,
    label,
    ...(numbers && { numbers }),
    measure: { name: 'sharpness', epsilon: 1e-3, samples: effort[size].sharpness },
    of: [id],
  }));

/** Groups that the intended protocol adds to the five batch sizes at equal epochs. */
export const equalUpdates = '-updates';
export const scaledRate = '-scaled';
const rates = [
  { id: 'rate3e-4', label: 'learning rate 0.0003', learningRate: 3e-4 },
  { id: 'rate3e-3', label: 'learning rate 0.003', learningRate: 3e-3 },
  { id: 'rate1e-2', label: 'learning rate 0.01', learningRate: 1e-2 },
] as const;
const hiddenWidths = [50, 100, 250, 1000] as const;

export function intendedArms(size: SizeName): readonly Arm[] {
  const images = sizes[size];
  const epochs = size === 'smoke' ? 1 : 5;
  const stepsAt = (batchSize: number): number => Math.ceil(images.trainSize / Math.min(batchSize, images.trainSize));
  // One epoch of the smallest batch: the fewest updates that all can take in whole epochs.
  const updates = size === 'smoke' ? 1 : stepsAt(batchSizes[0]);
  const each = (
    suffix: string,
    text: string,
    training: (batchSize: number) => Omit<Training, 'batchSize'>,
  ): readonly Arm[] =>
    batchSizes.map((batchSize) =>
      armOf(`b${batchSize}${suffix}`, `batch ${batchSize}${text}`, images, { batchSize, ...training(batchSize) }),
    );
  const batchSize = rateBatch;
  return [
    ...epochArms(images, epochs),
    ...each(equalUpdates, ', equal updates', (size) => ({ epochs: Math.max(1, Math.round(updates / stepsAt(size))) })),
    ...each(scaledRate, ', scaled rate', (size) => ({
      epochs,
      learningRate: Number((baseRate * Math.sqrt(size / rateBatch)).toPrecision(4)),
    })),
    ...rates.map(({ id, label, learningRate }) => armOf(id, label, images, { batchSize, epochs, learningRate })),
    ...hiddenWidths.map((hidden) =>
      armOf(`h${hidden}`, `${hidden} hidden units`, images, { batchSize, epochs, hidden }),
    ),
  ];
}

/** A metric over all steps of training. */
export const allSteps = (metric: 'loss' | 'tensorGradNorm'): Reading => ({ kind: 'mean', metric });
