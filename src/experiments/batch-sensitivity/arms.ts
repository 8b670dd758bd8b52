import type { Arm } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import { allImages, denseClassifier, type MnistSize, mnistTrial } from '../../study/vocabulary/index.js';

/** Section 1.3.4: the trainings. */

/** Images in a batch, as reported. */
export const batchSizes = [10, 385, 760, 1135, 1510] as const;

/** Hidden units, as reported. */
const reportedHidden = 500;
const baseRate = 1e-3;
/** Adam's learning rate goes with the root of the batch; scaled from here. */
const rateBatch = 385;

/** Images of a preset. */
export type Images = Pick<MnistSize, 'trainSize' | 'testSize'>;

/** Images of each preset. */
export const sizes: Readonly<Record<PresetName, Images>> = {
  smoke: { trainSize: 200, testSize: 200 },
  quick: { trainSize: 3000, testSize: 2000 },
  report: allImages,
  study: allImages,
};

interface Training {
  readonly batchSize: number;
  readonly epochs: number;
  readonly learningRate?: number;
  readonly hidden?: number;
  readonly weightDecay?: number;
}

function armOf(id: string, label: string, images: Images, training: Training): Arm {
  const { batchSize, epochs, learningRate = baseRate, hidden = reportedHidden, weightDecay = 1e-4 } = training;
  return {
    id,
    label,
    numbers: { batchSize, learningRate, hidden },
    spec: mnistTrial(
      { ...images, batchSize, epochs },
      {
        model: denseClassifier(hidden),
        learningRate,
        weightDecay,
        observe: { loss: 'epoch', accuracy: 'step', train: 'end', test: 'end', tensorGradNorm: 'epoch' },
      },
    ),
  };
}

const armId = (batchSize: number): string => `b${batchSize}`;

/** The five batch sizes at equal epochs. */
export const ids = batchSizes.map(armId);

/** The five batch sizes in another group. */
export const withSuffix = (suffix: string): readonly string[] => ids.map((id) => `${id}${suffix}`);

/** Epochs at each batch size. */
export const epochsOf = (name: PresetName): number => (name === 'smoke' ? 1 : 5);

/** The five batch sizes, each trained in its own way; at equal epochs if nothing else is said. */
const batchArms = (
  name: PresetName,
  [suffix, text]: readonly [suffix: string, text: string] = ['', ''],
  training: (batchSize: number) => Partial<Training> = () => ({}),
): readonly Arm[] =>
  batchSizes.map((batchSize) =>
    armOf(`${armId(batchSize)}${suffix}`, `batch ${batchSize}${text}`, sizes[name], {
      batchSize,
      epochs: epochsOf(name),
      ...training(batchSize),
    }),
  );

/** The five batch sizes at equal epochs. */
export const epochArms = (name: PresetName): readonly Arm[] => batchArms(name);

/** Put behind the ids of the five batch sizes at equal updates. */
export const equalUpdates = '-updates';
/** Put behind the ids of the five batch sizes without weight decay. */
export const noDecay = '-no-decay';
/** Put behind the ids of the five batch sizes with a learning rate that goes with the root of the batch. */
export const scaledRate = '-scaled';

/** Whole epochs of a batch size that come nearest to one epoch of the smallest: the fewest that all can take. */
function epochsAtEqualUpdates(name: PresetName, batchSize: number): number {
  const { trainSize } = sizes[name];
  const steps = (size: number): number => Math.ceil(trainSize / Math.min(size, trainSize));
  const updates = name === 'smoke' ? 1 : steps(batchSizes[0]);
  return Math.max(1, Math.round(updates / steps(batchSize)));
}

const scaled = (batchSize: number): number => Number((baseRate * Math.sqrt(batchSize / rateBatch)).toPrecision(4));

const rates = [
  { id: 'rate3e-4', learningRate: 3e-4 },
  { id: 'rate3e-3', learningRate: 3e-3 },
  { id: 'rate1e-2', learningRate: 1e-2 },
] as const;
const widths = [50, 100, 250, 1000] as const;
const widthId = (hidden: number): string => `h${hidden}`;
const reference = armId(rateBatch);

/** Arms that differ in learning rate, and in width, the one that is among the batch sizes at its place. */
export const byRate = [rates[0].id, reference, rates[1].id, rates[2].id];
/** The same by width. */
export const byWidth = [...widths.slice(0, 3).map(widthId), reference, widthId(widths[3])];

/** Learning rates that each batch size is tried with: the code's own and three others. */
export const triedRates = [rates[0].learningRate, baseRate, rates[1].learningRate, rates[2].learningRate];

/** The arm of a batch size with one of them. */
export function triedId(batchSize: number, learningRate: number): string {
  const rate = rates.find((one) => one.learningRate === learningRate);
  if (rate === undefined) return armId(batchSize);
  return batchSize === rateBatch ? rate.id : `${armId(batchSize)}-${rate.id}`;
}

/** Every batch size at each of them that is not among the other arms. */
export const triedArms = (name: PresetName): readonly Arm[] =>
  batchSizes
    .filter((size) => size !== rateBatch)
    .flatMap((batchSize) =>
      rates.map(({ learningRate }) =>
        armOf(triedId(batchSize, learningRate), `batch ${batchSize}, learning rate ${learningRate}`, sizes[name], {
          batchSize,
          learningRate,
          epochs: epochsOf(name),
        }),
      ),
    );

/** The five batch sizes without weight decay. */
export const noDecayArms = (name: PresetName): readonly Arm[] =>
  batchArms(name, [noDecay, ', no weight decay'], () => ({ weightDecay: 0 }));

/** The five batch sizes at equal epochs, at equal updates and with a scaled rate; other rates and widths. */
export function intendedArms(name: PresetName): readonly Arm[] {
  const other = (id: string, label: string, training: Partial<Training>): Arm =>
    armOf(id, label, sizes[name], { batchSize: rateBatch, epochs: epochsOf(name), ...training });
  return [
    ...epochArms(name),
    ...batchArms(name, [equalUpdates, ', equal updates'], (size) => ({ epochs: epochsAtEqualUpdates(name, size) })),
    ...batchArms(name, [scaledRate, ', scaled rate'], (size) => ({ learningRate: scaled(size) })),
    ...rates.map(({ id, learningRate }) => other(id, `learning rate ${learningRate}`, { learningRate })),
    ...widths.map((hidden) => other(widthId(hidden), `${hidden} hidden units`, { hidden })),
  ];
}
