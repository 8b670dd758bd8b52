import type { Arm } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import {
  allImages,
  count,
  denseClassifier,
  fullSize,
  miniature,
  mnistTrial,
  type PresetWords,
  parametersOf,
} from '../../study/vocabulary/index.js';
import type { ModelSpec } from '../../tasks/trial-spec.js';

/** Section 1.2.1: eight runs of one network on MNIST, their weights seen in two principal components. */

const runs = Array.from({ length: 8 }, (_, run) => run);

/** The arm of a run, counted from 0. */
export const runId = (run: number): string => `run${run}`;

/** All eight. */
export const runIds = runs.map(runId);

/** The same of the network that made the original's figures. */
export const figureRunId = (run: number): string => `wide${run}`;

/** All eight. */
export const figureRunIds = runs.map(figureRunId);

const batchSize = 100;
/** Of the runs that made the original's figures, by what their marks say of the accuracy after few epochs. */
const figureBatchSize = 1000;
/** Of runs of which no number is printed. */
const fewTwins = 1;
/** Drawn by an epoch's data loader: two numbers of 64 bits. */
const drawsPerEpoch = 4;

interface Size {
  readonly trainSize: number;
  readonly hidden: number;
  readonly epochs: number;
}

const full: Size = { trainSize: 60_000, hidden: 500, epochs: 45 };
/** What each preset trains. */
export const sizes: Readonly<Record<PresetName, Size>> = {
  smoke: { trainSize: 200, hidden: 20, epochs: 15 },
  quick: { ...full, trainSize: 1000, hidden: 100 },
  report: full,
  study: full,
};
const { smoke, quick } = sizes;

/** Epochs of a run at full size, and so its points. */
export const lastEpoch = full.epochs;

/** Weights of a network's first layer, at full size and in the `quick` miniature. */
export const firstLayer = { full: 784 * full.hidden, quick: 784 * quick.hidden } as const;

const fullWords = fullSize(
  `Full size: ${runs.length} runs of ${full.epochs} epochs on ${count(full.trainSize)} images, batches of ` +
    `${batchSize}.`,
);
/** What each preset changes. */
export const words: Readonly<Record<PresetName, PresetWords>> = {
  smoke: miniature(
    `${smoke.trainSize} images, ${smoke.hidden} hidden units, ${smoke.epochs} epochs: shows that it runs.`,
  ),
  quick: miniature(
    `${count(quick.trainSize)} images and ${quick.hidden} hidden units instead of ${count(full.trainSize)} and ` +
      `${full.hidden}; ${runs.length} runs of ${quick.epochs} epochs.`,
  ),
  report: fullWords,
  study: fullWords,
};

/** How the runs are made and how often their weights are kept. */
export interface Plan {
  readonly snapshotsEvery: number;
  /** Whether the seed is set again before each run, so that all are one. */
  readonly seedResetInLoop: boolean;
}

const optimizer = { learningRate: 4e-4, weightDecay: 1e-4 } as const;

/** The network of the original's figures, 784-500-50-10 (417,500 weights), in batches of 1000, as eight runs. */
export function figureArms(
  { trainSize, epochs }: Size,
  { seedResetInLoop }: Pick<Plan, 'seedResetInLoop'>,
): readonly Arm[] {
  const model: ModelSpec = { kind: 'mlp', widths: [784, 500, 50, 10], activation: 'relu' };
  const draws = parametersOf(model) + drawsPerEpoch * epochs;
  return runs.map((run) => ({
    id: figureRunId(run),
    label: `run ${run}, 784-500-50-10`,
    numbers: { run },
    mostTwins: fewTwins,
    spec: mnistTrial(
      { trainSize, testSize: 1000, batchSize: figureBatchSize, epochs },
      {
        ...optimizer,
        model,
        init: { kind: 'pytorch', skip: seedResetInLoop ? 0 : run * draws },
        observe: { loss: 'epoch', accuracy: 'epoch', snapshots: { every: 1, parameters: 'weights' } },
      },
    ),
  }));
}

/** A run of the version that printed the tables. */
export const tableRunId = (run: number): string => `table${run}`;

/** All eight. */
export const tableRunIds = runs.map(tableRunId);

/** Drawn by a data loader that does not shuffle: one number of 64 bits. */
const drawsPerTest = 2;

/**
 * The runs of the printed tables: the network is tested after each of them, and the loader of the test images takes a
 * number from the stream that the next run starts on. The accuracy is observed batch by batch, as the tables average
 * it. With the seed reset, all are one.
 */
export const tableArms = (size: Size, { seedResetInLoop }: Pick<Plan, 'seedResetInLoop'>): readonly Arm[] =>
  runs.map((run) => ({
    id: tableRunId(run),
    label: `run ${run} of the tables`,
    numbers: { run },
    spec: mnistTrial(
      { ...size, testSize: allImages.testSize, batchSize },
      {
        ...optimizer,
        model: denseClassifier(size.hidden),
        init: { kind: 'pytorch', skip: seedResetInLoop ? 0 : run * (drawsPerRun(size) + drawsPerTest) },
        observe: { loss: 'epoch', accuracy: 'step', test: 'end', snapshots: { every: 1, parameters: 'weights' } },
      },
    ),
  }));

/** Drawn by a training: its weights, and the batches of its epochs. */
const drawsPerRun = ({ hidden, epochs }: Size): number =>
  parametersOf(denseClassifier(hidden)) + drawsPerEpoch * epochs;

/** Without a reset, as in the code, each run starts in the stream of random numbers where the one before stopped. */
export const armsOf = (size: Size, { snapshotsEvery, seedResetInLoop }: Plan): readonly Arm[] =>
  runs.map((run) => ({
    id: runId(run),
    label: `run ${run}`,
    numbers: { run },
    mostTwins: fewTwins,
    spec: mnistTrial(
      { ...size, testSize: 1000, batchSize },
      {
        ...optimizer,
        model: denseClassifier(size.hidden),
        init: { kind: 'pytorch', skip: seedResetInLoop ? 0 : run * drawsPerRun(size) },
        observe: { loss: 'epoch', accuracy: 'epoch', snapshots: { every: snapshotsEvery, parameters: 'weights' } },
      },
    ),
  }));
