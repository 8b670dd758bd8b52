import type { Arm, Protocol } from '../../../study/experiment.js';
import type { PresetName } from '../../../study/names.js';
import { bugs, presets, type Switches } from '../../../study/vocabulary/index.js';
import { bothLines, codedLine, type End, endArm, epochsIn, ownStart, sizes, type Training, words } from '../arms.js';
import { lineBugs } from '../bugs.js';
import { flatnessOf } from '../flatness.js';

/** Section 1.3.3, first half: the line between a network trained in batches of 64 and one in batches of 1000. */

/** The end in small batches. */
export const small = 'batch64';
/** The end in large batches. */
export const large = 'batch1000';
/** The end in large batches with a start of its own. */
export const own = 'batch1000-own';
/** Both ends for as many epochs as the original's figure of their training shows. */
export const longEnds = ['batch64-15', 'batch1000-15'] as const;
/** The small end again, to a loss instead of an epoch. */
export const smallFitted = 'batch64-fitted';
/** The large end again, to the same loss. */
export const largeFitted = 'batch1000-fitted';

/** The same pair without weight decay, which Keskar et al. do not have. */
export const fittedNoDecay = [`${smallFitted}-no-decay`, `${largeFitted}-no-decay`] as const;

/** What the code does otherwise than one would think. */
export const codedBugs = {
  ...lineBugs,
  ...bugs({ sharedInitialisation: { about: 'Both ends start from the same initial values', disagreement: 'D42' } }),
};

/** Which of it is on. */
export type CodedSwitches = Switches<typeof codedBugs>;

const learningRate = 0.0015;

const training = (batchSize: number, epochs: number): Training => ({
  learningRate,
  weightDecay: 1e-4,
  batchSize,
  epochs,
});

interface EndsParts {
  readonly epochs: number;
  /** Default true. */
  readonly shared?: boolean;
  readonly ids?: readonly [string, string];
  /** What stands behind the batch size in their labels. */
  readonly suffix?: string;
}

function endsOf(name: PresetName, parts: EndsParts): readonly [Arm, Arm] {
  const { epochs, shared = true, ids = [small, large], suffix = '' } = parts;
  const end = (id: string, batchSize: number, skip = 0): Arm => {
    const described: End = {
      id,
      label: `batch ${batchSize}${suffix}`,
      training: training(batchSize, epochsIn(name, epochs)),
      skip,
    };
    return endArm(described, sizes[name]);
  };
  return [end(ids[0], 64), end(ids[1], 1000, shared ? 0 : ownStart)];
}

/** How a line is made: epochs of the ends, and how the networks on it are trained further. */
export interface Plan {
  readonly epochs: number;
  readonly retraining: Training;
  /** Full size alone: sharpness of the ends. */
  readonly measuresFlatness: boolean;
  /** Full size alone: the ends for as long as the original's figure of their training shows. */
  readonly showsLongEnds: boolean;
}

/** The code's line from so many seeds of each preset, with some of its bugs on. */
export const linePresets = (
  seeds: Readonly<Partial<Record<PresetName, number>>>,
  { epochs, retraining, measuresFlatness, showsLongEnds }: Plan,
  { retrainAfterInterpolation, sharedInitialisation }: CodedSwitches,
): Protocol['presets'] =>
  presets(seeds, (name) => {
    const ends = endsOf(name, { epochs, shared: sharedInitialisation });
    const { arms, measurements } = codedLine(ends, sizes[name], retrainAfterInterpolation ? retraining : undefined);
    const isWhole = !words[name].miniature;
    // A miniature leaves sharpness, which takes seconds, to the intended protocol.
    const flatness = measuresFlatness && isWhole ? flatnessOf(ends, name) : [];
    const long = { epochs: endEpochs, shared: sharedInitialisation, ids: longEnds, suffix: `, ${endEpochs} epochs` };
    const more = showsLongEnds && isWhole ? endsOf(name, long) : [];
    return { arms: [...arms, ...more], measurements: [...measurements, ...flatness], ...words[name] };
  });

/** The loss of the whole training set below which the second pair of ends stops. */
export const fittedLoss = 0.02;

/** Epochs of the ends, as written and as intended. */
export const endEpochs = 15;

/** The ends, and those whose flatness is measured. */
function intendedArms(name: PresetName): { readonly arms: readonly Arm[]; readonly flat: readonly Arm[] } {
  const [first, second] = endsOf(name, { epochs: endEpochs });
  const fitted = (arm: Arm, id: string, { decays = true } = {}): Arm => ({
    ...arm,
    id,
    label: `${arm.label}, to a loss of ${fittedLoss}${decays ? '' : ', no weight decay'}`,
    spec: {
      ...arm.spec,
      ...(!decays && { optimizer: { kind: 'adam', learningRate } }),
      stop: { epochs: epochsIn(name, 60), evaluated: { lossBelow: fittedLoss } },
    },
  });
  const independent: End = {
    id: own,
    label: `${second.label}, start of its own`,
    training: training(1000, epochsIn(name, endEpochs)),
    skip: ownStart,
  };
  const pairs = [first, second, fitted(first, smallFitted), fitted(second, largeFitted)];
  const without = [first, second].map((arm, i) => fitted(arm, fittedNoDecay[i]!, { decays: false }));
  const isWhole = !words[name].miniature;
  return {
    arms: [...pairs, endArm(independent, sizes[name]), ...(isWhole ? without : [])],
    flat: isWhole ? [...pairs, ...without] : pairs.slice(0, 2),
  };
}

/** Both pairs of ends, the lines as they are, and how flat the ends are. */
export const intendedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 3, study: 5 }, (name) => {
  const { arms, flat } = intendedArms(name);
  return { arms, measurements: [...bothLines(small, large, own), ...flatnessOf(flat, name)], ...words[name] };
});
