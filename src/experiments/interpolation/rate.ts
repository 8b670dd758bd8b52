import type { Claim, ClaimTest } from '../../study/claim.js';
import { preset } from '../../study/estimate.js';
import type { Arm, Experiment, Preset, Protocol } from '../../study/experiment.js';
import { last, seedsTo, term, value } from '../../study/vocabulary.js';
import {
  alphaIds,
  codedAlphas,
  columnsFigure,
  endArm,
  endQuantities,
  endsFigure,
  flatnessOf,
  flatnessQuantities,
  type LineBugs,
  lineBugs,
  lineFigure,
  lineNotes,
  lineOf,
  lineQuantities,
  lineSizes,
  nearestAlpha,
  parameters,
  retrainedArms,
  type SizeName,
  type Training,
} from './common.js';
import { interpolationRateDisagreements } from './disagreements.js';

/** Section 1.3.3, second half: the line between a network trained at learning rate 0.001 and one at 0.01. */

const low = 'rate1e-3';
const high = 'rate1e-2';

interface Bugs extends LineBugs {
  /** D41: the optimizer of the first end belongs to another network, so that it keeps what 15 epochs before had made of it, beside a second end of 5. */
  readonly staleOptimizer: boolean;
}

interface Plan {
  readonly epochs: readonly [low: number, high: number];
  readonly weightDecay: number;
  readonly retraining: Training;
  readonly bugs: Bugs;
}

const training = (learningRate: number, epochs: number, weightDecay = 0): Training => ({
  learningRate,
  weightDecay,
  batchSize: 64,
  epochs,
});

function linePreset(size: SizeName, seeds: readonly number[], { epochs, weightDecay, retraining, bugs }: Plan): Preset {
  const images = lineSizes[size];
  const [first, second] = size === 'smoke' ? [1, 1] : epochs;
  const ends: readonly Arm[] = [
    endArm(low, 'learning rate 0.001', images, training(1e-3, first, weightDecay)),
    endArm(high, 'learning rate 0.01', images, training(1e-2, second, weightDecay)),
  ];
  const retrain = bugs.retrainAfterInterpolation;
  const arms = retrain ? [...ends, ...retrainedArms([low, high], images, retraining)] : ends;
  const line = retrain ? [] : [lineOf('line', 'the line as it is', [low, high])];
  return preset({ seeds, arms, measurements: line, ...lineNotes[size] });
}

const reported: readonly (readonly [number, number])[] = [
  [-2, 171.7],
  [-1.07, 21.7],
  [-0.13, 0.1425],
  [0, 0.0773],
  [0.13, 0.0617],
  [0.53, 0.0721],
  [0.93, 0.1132],
  [1.07, 0.136],
  [1.6, 0.292],
  [2, 0.4911],
];

const endsCaption =
  'Mean loss of each epoch, in batches of 64. See the noise of the larger learning rate, and what the smaller one reaches.';

const quantitiesOf = (bugs: Bugs) => [...lineQuantities(bugs, reported), ...endQuantities([low, high])];

function asCoded(bugs: Bugs): Protocol {
  const plan: Plan = {
    epochs: bugs.staleOptimizer ? [15, 5] : [15, 15],
    weightDecay: 0,
    retraining: { learningRate: 1e-3, weightDecay: 0, batchSize: 1000, epochs: 1 },
    bugs,
  };
  return {
    id: 'as-coded',
    note: 'As the notebook was saved: ends in batches of 64 without weight decay; the one at 0.001 had 15 epochs from an earlier cell and did not move again, the one at 0.01 had 5; then 31 networks on the line, each trained for one epoch at 0.001 in batches of 1000. The figure of the report is of an older version, with 15 epochs for both and batches of 100: see as written.',
    presets: {
      smoke: linePreset('smoke', [1], plan),
      quick: linePreset('quick', seedsTo(3), plan),
      report: linePreset('full', [1], plan),
      study: linePreset('full', seedsTo(5), plan),
    },
    figures: [endsFigure([low, high], endsCaption), lineFigure(bugs)],
    quantities: quantitiesOf(bugs),
    bugs: {
      ...lineBugs,
      staleOptimizer: {
        about: 'The first end keeps its 15 epochs, as its optimizer belongs to another network; the second has 5',
        disagreement: 'D41',
        standard: true,
      },
    },
    withBugs: (changed) => asCoded({ ...bugs, ...changed }),
  };
}

const allBugs: Bugs = { retrainAfterInterpolation: true, runningTrainCurve: true, staleOptimizer: true };
const writtenPlan: Plan = {
  epochs: [15, 15],
  weightDecay: 1e-4,
  retraining: { learningRate: 1e-3, weightDecay: 1e-4, batchSize: 100, epochs: 1 },
  bugs: { ...allBugs, staleOptimizer: false },
};

const asWritten: Protocol = {
  id: 'as-written',
  note: 'As the text has it: 15 epochs for both ends, weight decay 1e-4 as in the first half, and the 31 networks trained once at 0.001 in batches of 100.',
  presets: {
    smoke: linePreset('smoke', [1], writtenPlan),
    quick: linePreset('quick', [1], writtenPlan),
    study: linePreset('full', seedsTo(5), writtenPlan),
  },
  figures: [endsFigure([low, high], endsCaption), lineFigure(writtenPlan.bugs)],
  quantities: quantitiesOf(writtenPlan.bugs),
};

const own = 'rate1e-2-own';

function intendedPreset(size: SizeName, seeds: readonly number[]): Preset {
  const images = lineSizes[size];
  const epochs = size === 'smoke' ? 1 : 15;
  const ends = [
    endArm(low, 'learning rate 0.001', images, training(1e-3, epochs)),
    endArm(high, 'learning rate 0.01', images, training(1e-2, epochs)),
  ];
  const independent = endArm(own, 'learning rate 0.01, start of its own', images, training(1e-2, epochs), parameters);
  const lines = [
    lineOf('line-shared', 'one start for both', [low, high]),
    lineOf('line-own', 'a start for each', [low, own]),
  ];
  return preset({
    seeds,
    arms: [...ends, independent],
    measurements: [...lines, ...(size === 'full' ? flatnessOf(ends, size) : [])],
    ...lineNotes[size],
  });
}

const asIntended: Protocol = {
  id: 'as-intended',
  note: 'Both ends are trained for 15 epochs without weight decay, and nothing is trained after interpolation; with one start for both and with a start for each.',
  presets: {
    smoke: intendedPreset('smoke', [1]),
    quick: intendedPreset('quick', [1]),
    study: intendedPreset('full', seedsTo(5)),
  },
  figures: [
    endsFigure([low, high, own], endsCaption),
    columnsFigure(
      'line-shared',
      ['line-shared'],
      'The line between both networks, which share a start',
      'Networks on the line as they are. See how fast the loss climbs beyond either end, and whether it is level between them.',
    ),
    columnsFigure(
      'line-own',
      ['line-own'],
      'The line between networks with a start of their own',
      'The same between two networks that started apart. See whether a barrier stands between 0 and 1.',
    ),
  ],
  quantities: [
    {
      id: 'barrier',
      label: 'Test loss barrier between the ends',
      reading: value('barrierTest'),
      arms: ['line-shared', 'line-own'],
      decimals: 4,
      headline: true,
      reported: {},
      source: 'none',
    },
    ...endQuantities([low, high, own]),
    ...flatnessQuantities([low, high]),
  ],
};

const stable = { direction: 'below', margin: 1.5, noEffect: 1.5 } as const;
const beyondZero = alphaIds.filter((_, i) => codedAlphas[i]! >= 0);
const retrainedStable: readonly ClaimTest[] = [
  {
    kind: 'ratio',
    label: 'largest test loss on [0, 2] / at 0',
    of: { greatest: beyondZero.map((id) => term(id, last('testLoss'))) },
    to: term(nearestAlpha(0), last('testLoss')),
    ...stable,
  },
];
const lineStable = (arm: string, what: string): ClaimTest => ({
  kind: 'ratio',
  label: `largest test loss on [0, 2] / at 0, ${what}`,
  of: term(arm, { kind: 'greatestCell', column: 'testLoss', where: 'alpha', from: 0, to: 2 }),
  to: term(arm, { kind: 'cell', column: 'testLoss', where: 'alpha', is: 0 }),
  ...stable,
});

const claims: readonly Claim[] = [
  {
    id: 'interpolation-lr-stable',
    statement: 'Best near alpha 0, stable after.',
    metric: 'largest test loss on [0, 2] / test loss at 0',
    margin: 'below 1.5',
    least: { count: 5, unit: 'seeds' },
    tests: {
      'as-written': retrainedStable,
      'as-coded': retrainedStable,
      'as-intended': [lineStable('line-shared', 'one start'), lineStable('line-own', 'a start for each')],
    },
  },
];

/** 1.3.3, second half: what lies between networks of two learning rates? */
export const interpolationRate: Experiment = {
  id: 'interpolation-rate',
  section: '1.3.3',
  title: 'Flatness against generalisation, part 1: learning rate',
  question:
    'How does the loss run on the straight line through networks trained at a small and at a large learning rate?',
  protocols: [asCoded(allBugs), asWritten, asIntended],
  claims,
  disagreements: interpolationRateDisagreements,
};
