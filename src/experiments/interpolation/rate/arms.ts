import type { Arm, Protocol } from '../../../study/experiment.js';
import type { PresetName } from '../../../study/names.js';
import { bugs, presets, type Switches } from '../../../study/vocabulary/index.js';
import {
  bothLines,
  codedAlphas,
  codedLine,
  endArm,
  epochsIn,
  ownStart,
  retrainedArms,
  sizes,
  type Training,
  words,
} from '../arms.js';
import { lineBugs } from '../bugs.js';
import { flatnessOf } from '../flatness.js';

/** Section 1.3.3, second half: the line between a network trained at learning rate 0.001 and one at 0.01. */

/** The end at the smaller rate. */
export const low = 'rate1e-3';
/** The end at the larger rate. */
export const high = 'rate1e-2';
/** The end at the larger rate with a start of its own. */
export const own = 'rate1e-2-own';

/** The end at the larger rate in the version of the code that drew the original's figure. */
export const highOfFigure = 'rate1e-2-figure';
/** The networks on the line of that version. */
export const figureIds = codedAlphas.map((_, i) => `figure-alpha${i}`);

/** What the code does otherwise than one would think. */
export const codedBugs = {
  ...lineBugs,
  ...bugs({
    staleOptimizer: {
      about: 'The first end keeps its 15 epochs, as its optimizer belongs to another network; the second has 5',
      disagreement: 'D41',
    },
  }),
};

/** Which of it is on. */
export type CodedSwitches = Switches<typeof codedBugs>;

/** How a line is made: the ends, and how the networks on it are trained further. */
export interface Plan {
  readonly epochs: readonly [low: number, high: number];
  readonly weightDecay: number;
  readonly retraining: Training;
  /** How the version that drew the figure trained the networks on its line; it is run at full size alone. */
  readonly figure?: Training;
}

interface EndParts {
  readonly epochs: number;
  /** What stands behind the learning rate in the label. */
  readonly suffix?: string;
  readonly weightDecay?: number;
  readonly own?: boolean;
}

function endOf(id: string, learningRate: number, name: PresetName, parts: EndParts): Arm {
  const { epochs, weightDecay = 0, own: isOwn = false, suffix = isOwn ? ', start of its own' : '' } = parts;
  return endArm(
    {
      id,
      label: `learning rate ${learningRate}${suffix}`,
      training: { learningRate, weightDecay, batchSize: 64, epochs: epochsIn(name, epochs) },
      skip: isOwn ? ownStart : 0,
    },
    sizes[name],
  );
}

/** The code's line from so many seeds of each preset; its networks trained further or not. */
export const linePresets = (
  seeds: Readonly<Partial<Record<PresetName, number>>>,
  { epochs, weightDecay, retraining, figure }: Plan,
  retrains: boolean,
): Protocol['presets'] =>
  presets(seeds, (name) => {
    const ends = [
      endOf(low, 1e-3, name, { epochs: epochs[0], weightDecay }),
      endOf(high, 1e-2, name, { epochs: epochs[1], weightDecay }),
    ] as const;
    const { arms, measurements } = codedLine(ends, sizes[name], retrains ? retraining : undefined);
    const more = figure && retrains && !words[name].miniature ? figureArms(name, figure) : [];
    return { arms: [...arms, ...more], measurements, ...words[name] };
  });

/** Epochs of the ends, as written and as intended. */
export const endEpochs = 15;

/** The line of the version that drew the figure; its end at the smaller rate is that of the code. */
const figureArms = (name: PresetName, training: Training): readonly Arm[] => [
  endOf(highOfFigure, 1e-2, name, { epochs: endEpochs, suffix: `, ${endEpochs} epochs` }),
  ...retrainedArms(sizes[name], { from: [low, highOfFigure], training, ids: figureIds, suffix: ', figure' }),
];

/** The ends, the lines as they are, and how flat the ends are. */
export const intendedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 1, study: 5 }, (name) => {
  const ends = [endOf(low, 1e-3, name, { epochs: endEpochs }), endOf(high, 1e-2, name, { epochs: endEpochs })];
  const flatness = words[name].miniature ? [] : flatnessOf(ends, name);
  return {
    arms: [...ends, endOf(own, 1e-2, name, { epochs: endEpochs, own: true })],
    measurements: [...bothLines(low, high, own), ...flatness],
    ...words[name],
  };
});
