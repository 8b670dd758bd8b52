import type { Arm, MeasurementArm } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import {
  allImages,
  count,
  denseClassifier,
  evenly,
  fullSize,
  imagesOf,
  type MnistSize,
  miniature,
  mnistTrial,
  type PresetWords,
  parametersOf,
} from '../../study/vocabulary/index.js';

/** Section 1.3.3: two trained ends of 784-500-10, and what lies between and beyond them. */

const model = denseClassifier(500);

/** Draws behind which a network has an initialisation of its own. */
export const ownStart = parametersOf(model);

/** As the original has them: 1 itself is not among them. */
export const codedAlphas = evenly(-2, 2, 31);
/** With 0, 0.5, 1, 1.5 and 2 themselves. */
export const intendedAlphas = evenly(-2, 2, 41);

/** Images of a preset. */
export type Images = Pick<MnistSize, 'trainSize' | 'testSize'>;

/** Images of each preset. */
export const sizes: Readonly<Record<PresetName, Images>> = {
  smoke: { trainSize: 300, testSize: 200 },
  quick: { trainSize: 3000, testSize: 2000 },
  report: allImages,
  study: allImages,
};
const { smoke, quick, report } = sizes;

const fullWords = fullSize(`Full size: ${count(report.trainSize)} images.`);
/** What each preset changes. */
export const words: Readonly<Record<PresetName, PresetWords>> = {
  smoke: miniature(
    `${smoke.trainSize} images, 1 epoch, ${codedAlphas.length} or ${intendedAlphas.length} points: shows that it runs.`,
  ),
  quick: miniature(`${imagesOf(quick)} instead of ${count(report.trainSize)} and ${count(report.testSize)}.`),
  report: fullWords,
  study: fullWords,
};

/** So many epochs, or the one of a smoke preset. */
export const epochsIn = (name: PresetName, epochs: number): number => (name === 'smoke' ? 1 : epochs);

/** How a network is trained. */
export interface Training {
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly batchSize: number;
  readonly epochs: number;
}

/** A network between which and another a line is drawn. */
export interface End {
  readonly id: string;
  readonly label: string;
  readonly training: Training;
  /** Draws further on where it has an initialisation of its own. Default 0. */
  readonly skip?: number;
}

/** The training of an end, from drawn values. */
export function endArm({ id, label, training, skip = 0 }: End, images: Images): Arm {
  const { learningRate, weightDecay, batchSize, epochs } = training;
  return {
    id,
    label,
    numbers: { batchSize, learningRate },
    spec: mnistTrial(
      { ...images, batchSize, epochs },
      {
        model,
        learningRate,
        weightDecay,
        init: { kind: 'pytorch', skip },
        observe: { loss: 'epoch', accuracy: 'epoch', train: 'end', test: 'end' },
      },
    ),
  };
}

/** The networks on the line that are trained further. */
export const alphaIds = codedAlphas.map((_, i) => `alpha${i}`);

/** Both ends of a line, by their ids. */
export type Ends = readonly [string, string];

/** A line whose networks are trained further: which they are, and how. */
export interface RetrainedLine {
  readonly from: Ends;
  readonly training: Training;
  /** Ids of its networks, one for each alpha of the code. */
  readonly ids: readonly string[];
  /** What stands behind the alpha in the labels of its networks. */
  readonly suffix?: string;
}

/** The networks between and beyond two ends, each trained for one epoch more, as the original does (D36). */
export const retrainedArms = (images: Images, { from, training, ids, suffix = '' }: RetrainedLine): readonly Arm[] =>
  codedAlphas.map((alpha, i) => {
    const arm = endArm({ id: ids[i]!, label: `alpha ${alpha.toFixed(2)}${suffix}`, training }, images);
    return {
      ...arm,
      numbers: { alpha },
      group: `interpolated${suffix}`,
      spec: { ...arm.spec, init: { kind: 'interpolated', from, alpha } },
    };
  });

/** The place of the alpha that is nearest to a number, of equal ones the first. */
export function nearestTo(alphas: readonly number[], alpha: number): number {
  const distances = alphas.map((candidate) => Math.abs(candidate - alpha));
  return distances.indexOf(Math.min(...distances));
}

/** The arm whose alpha is nearest to a number, of those of a line. */
export const nearestAlpha = (alpha: number, ids: readonly string[] = alphaIds): string =>
  ids[nearestTo(codedAlphas, alpha)]!;

/** The networks on the line as they are, without any training after. */
export const lineOf = (id: string, label: string, of: Ends): MeasurementArm => ({
  id,
  label,
  measure: { name: 'interpolation', alphas: intendedAlphas },
  of,
});

/** The line between two ends of one start, and between the first and one with a start of its own. */
export const bothLines = (first: string, second: string, own: string): readonly MeasurementArm[] => [
  lineOf('line-shared', 'one start for both', [first, second]),
  lineOf('line-own', 'a start for each', [first, own]),
];

/** The arms of a line as the code has it: its networks trained further, or the line itself measured. */
export function codedLine(
  ends: readonly [Arm, Arm],
  images: Images,
  retraining: Training | undefined,
): { readonly arms: readonly Arm[]; readonly measurements: readonly MeasurementArm[] } {
  const from: Ends = [ends[0].id, ends[1].id];
  return retraining === undefined
    ? { arms: ends, measurements: [lineOf('line', 'the line as it is', from)] }
    : { arms: [...ends, ...retrainedArms(images, { from, training: retraining, ids: alphaIds })], measurements: [] };
}
