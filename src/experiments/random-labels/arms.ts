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
  percent,
  presets,
} from '../../study/vocabulary/index.js';

/** Section 1.3.1: a network of 397,510 parameters learns MNIST with labels that mean nothing. */

/** Shares of labels that are random. */
export const fractions = [0, 0.25, 0.5, 0.75, 1] as const;

/** The arm of a share. */
export const armId = (fraction: number): string => `random${100 * fraction}`;

/** The arm whose labels are all random: the original's. */
export const random = armId(1);

const labelOf = (fraction: number): string =>
  fraction === 0 ? 'true labels' : fraction === 1 ? 'random labels' : `${percent(fraction)} % random labels`;

const observed = { loss: 'epoch', lastBatchLoss: 'epoch', accuracy: 'epoch', train: 'end', test: 'epoch' } as const;

function armOf(fraction: number, size: MnistSize, observe: Arm['spec']['observe'] = observed): Arm {
  const spec = mnistTrial(size, { model: denseClassifier(500), learningRate: 1e-4, observe });
  const data = { ...spec.data, ...(fraction > 0 && { randomLabels: { fraction, seed: 1 } }) };
  return {
    id: armId(fraction),
    label: labelOf(fraction),
    numbers: { fraction },
    spec: { ...spec, data },
    ...(fraction > 0 && { follows: ['data.randomLabels.seed'] }),
  };
}

const sizes: Readonly<Record<PresetName, MnistSize>> = {
  smoke: { trainSize: 200, testSize: 200, batchSize: 100, epochs: 3 },
  quick: { trainSize: 300, testSize: 500, batchSize: 20, epochs: 200 },
  report: { ...allImages, batchSize: 100, epochs: 1000 },
  study: { ...allImages, trainSize: 5000, batchSize: 100, epochs: 500 },
};
const { smoke, quick, report, study } = sizes;

/** Epochs of the original's run. */
export const lastEpoch = report.epochs;

const steps = (report.trainSize / report.batchSize) * report.epochs;
const words: Readonly<Record<PresetName, PresetWords>> = {
  smoke: miniature(`${smoke.trainSize} images, ${smoke.epochs} epochs: shows that it runs.`),
  quick: miniature(
    `${quick.trainSize} images in batches of ${quick.batchSize} for ${quick.epochs} epochs instead of ` +
      `${count(report.trainSize)} in batches of ${report.batchSize} for ${count(report.epochs)}: few images are ` +
      'learnt ' +
      'by heart sooner.',
  ),
  report: fullSize(`Full size: ${count(steps)} steps. The original has one run.`),
  study: fullSize(
    `${count(study.trainSize)} images and ${study.epochs} epochs instead of ${count(report.trainSize)} and ` +
      `${count(report.epochs)}, so that three seeds end in minutes; network, batch and learning rate as reported.`,
  ),
};

const partsOf = (name: PresetName, which: readonly number[]) => ({
  arms: which.map((fraction) => armOf(fraction, sizes[name])),
  ...words[name],
});

/** The step of 600 whose loss the original's log has of each epoch, and its text of the last (D28). */
export const quotedStep = 501;

const withQuotedStep = { ...observed, stepLoss: { step: quotedStep } } as const;

/** Other draws of the random labels, all else as in the original's run: its own draw is lost (D29). */
const draws = [2, 3] as const;

/** The arms of these draws. */
export const drawIds = draws.map((draw) => `labels${draw}`);

const drawArms: readonly Arm[] = draws.map((draw, i) => {
  const { follows: _, ...arm } = armOf(1, report, withQuotedStep);
  const data = { ...arm.spec.data, randomLabels: { fraction: 1, seed: draw } } as Arm['spec']['data'];
  return { ...arm, id: drawIds[i]!, label: `random labels, draw ${draw}`, spec: { ...arm.spec, data } };
});

/** With true labels 95 % are right within some ten epochs: what claims need of that run. */
const trueLabelEpochs = 100;

/** Arms of the code: random labels; at full size other draws of them and true labels beside, which it lacks. */
const codedArms: Readonly<Partial<Record<PresetName, readonly Arm[]>>> = {
  report: [armOf(1, report), ...drawArms, armOf(0, report, withQuotedStep)],
  study: [armOf(1, report), armOf(0, { ...report, epochs: trueLabelEpochs })],
};

/** Random labels; for the verdicts true ones beside them. */
export const codedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 3, report: 1, study: 3 }, (name) => {
  const { arms, ...parts } = partsOf(name === 'study' ? 'report' : name, [1]);
  return { arms: codedArms[name] ?? arms, ...parts };
});

/** Arms that train to zero error on images of their own, with random and with true labels (Zhang et al. 2017). */
export const toZero = { random: 'random-to-zero', true: 'true-to-zero' } as const;

/** The same with true labels and pixels that mean less. */
const changes = { shuffled: 'shuffled pixels', random: 'random pixels', gaussian: 'Gaussian pixels' } as const;
type Change = keyof typeof changes;
const changeNames = Object.keys(changes) as readonly Change[];
const changedId = (how: Change): string => `${how}-pixels-to-zero`;

/** All that train to zero error. */
export const toZeroIds: readonly string[] = [toZero.true, ...changeNames.map(changedId), toZero.random];

const zhang = { ...allImages, trainSize: 10_000, batchSize: 100, epochs: 1000 };
const toZeroText = `${count(zhang.trainSize)} images, to zero training error`;

/** Where training ends by an evaluation, epochs are bounded only so that it ends at all. */
function toZeroArm(id: string, isRandom: boolean): Arm {
  const spec = mnistTrial(zhang, {
    model: denseClassifier(500),
    learningRate: 1e-3,
    observe: { loss: 'epoch', accuracy: 'epoch', train: 'epoch', test: 'end' },
  });
  return {
    id,
    label: `${labelOf(isRandom ? 1 : 0)}, ${toZeroText}`,
    spec: {
      ...spec,
      data: { ...spec.data, ...(isRandom && { randomLabels: { fraction: 1, seed: 1 } }) },
      stop: { epochs: zhang.epochs, evaluated: { accuracy: 1 } },
    },
    follows: ['data.subsetSeed', ...(isRandom ? ['data.randomLabels.seed'] : [])],
  };
}

function changedArm(how: Change): Arm {
  const { spec, follows = [] } = toZeroArm(toZero.true, false);
  const data = { ...spec.data, pixels: { how, seed: 1 } } as Arm['spec']['data'];
  return {
    id: changedId(how),
    label: `${changes[how]}, ${toZeroText}`,
    spec: { ...spec, data },
    follows: [...follows, 'data.pixels.seed'],
  };
}

const shown: Readonly<Partial<Record<PresetName, readonly number[]>>> = { smoke: [0, 1], quick: [0, 0.5, 1] };

/** Random labels beside true ones; for the verdicts also trained to zero error. */
export const intendedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 3, study: 3 }, (name) => {
  const parts = partsOf(name, shown[name] ?? fractions);
  const fitted = [toZeroArm(toZero.random, true), toZeroArm(toZero.true, false), ...changeNames.map(changedArm)];
  return name === 'study' ? { ...parts, arms: [...parts.arms, ...fitted] } : parts;
});
