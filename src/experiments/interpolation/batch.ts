import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import { preset } from '../../study/estimate.js';
import type { Arm, Experiment, Preset, Protocol } from '../../study/experiment.js';
import { seedsTo, term, value } from '../../study/vocabulary.js';
import {
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
  parameters,
  retrainedArms,
  type Size,
  type SizeName,
  type Training,
  testLossAt,
} from './common.js';
import { interpolationBatchDisagreements } from './disagreements.js';

/** Section 1.3.3, first half: the line between a network trained in batches of 64 and one in batches of 1000. */

const training = (batchSize: number, epochs: number): Training => ({
  learningRate: 0.0015,
  weightDecay: 1e-4,
  batchSize,
  epochs,
});
const small = 'batch64';
const large = 'batch1000';

interface Bugs extends LineBugs {
  /** D42: both ends start from the same values. */
  readonly sharedInitialisation: boolean;
}

const endsOf = (size: Size, epochs: number, shared: boolean): readonly Arm[] => [
  endArm(small, 'batch 64', size, training(64, epochs)),
  endArm(large, 'batch 1000', size, training(1000, epochs), shared ? 0 : parameters),
];

const epochsOf = (size: SizeName, epochs: number): number => (size === 'smoke' ? 1 : epochs);

interface Plan {
  readonly measuresFlatness: boolean;
  readonly epochs: number;
  readonly retraining: Training;
  readonly bugs: Bugs;
}

function linePreset(
  size: SizeName,
  seeds: readonly number[],
  { epochs, retraining, bugs, measuresFlatness }: Plan,
): Preset {
  const ends = endsOf(lineSizes[size], epochsOf(size, epochs), bugs.sharedInitialisation);
  const arms = bugs.retrainAfterInterpolation
    ? [...ends, ...retrainedArms([small, large], lineSizes[size], retraining)]
    : ends;
  const line = bugs.retrainAfterInterpolation ? [] : [lineOf('line', 'the line as it is', [small, large])];
  // A miniature leaves sharpness, which takes seconds, to the intended protocol.
  const flatness = measuresFlatness && size === 'full' ? flatnessOf(ends, size) : [];
  return preset({ seeds, arms, measurements: [...line, ...flatness], ...lineNotes[size] });
}

const reported: readonly (readonly [number, number])[] = [
  [-2, 0.1725],
  [-1.07, 0.0857],
  [-0.13, 0.0518],
  [0, 0.052],
  [0.13, 0.053],
  [0.53, 0.0696],
  [0.93, 0.0982],
  [1.07, 0.1041],
  [1.6, 0.1256],
  [2, 0.1746],
];

const endsCaption =
  'Mean loss of each epoch. At equal epochs batches of 64 take 938 updates an epoch and batches of 1000 take 60: see how far apart that leaves them.';

const quantitiesOf = (bugs: Bugs) => [...lineQuantities(bugs, reported), ...endQuantities([small, large])];

function asCoded(bugs: Bugs): Protocol {
  const plan: Plan = {
    measuresFlatness: true,
    epochs: 5,
    retraining: { learningRate: 4e-4, weightDecay: 1e-4, batchSize: 500, epochs: 1 },
    bugs,
  };
  return {
    id: 'as-coded',
    note: 'As the notebook that drew the figure: both ends from the same initial values, 5 epochs at learning rate 0.0015 with weight decay 1e-4, in batches of 64 and of 1000; then 31 networks on the line, each trained for one epoch at 0.0004 in batches of 500 before it is measured.',
    presets: {
      smoke: linePreset('smoke', [1], plan),
      quick: linePreset('quick', seedsTo(3), plan),
      report: linePreset('full', [1], plan),
      study: linePreset('full', seedsTo(5), plan),
    },
    figures: [endsFigure([small, large], endsCaption), lineFigure(bugs)],
    quantities: [...quantitiesOf(bugs), ...flatnessQuantities([small, large])],
    bugs: {
      ...lineBugs,
      sharedInitialisation: {
        about: 'Both ends start from the same initial values',
        disagreement: 'D42',
        standard: true,
      },
    },
    withBugs: (changed) => asCoded({ ...bugs, ...changed }),
  };
}

const allBugs: Bugs = { retrainAfterInterpolation: true, runningTrainCurve: true, sharedInitialisation: true };
const writtenPlan: Plan = {
  measuresFlatness: false,
  epochs: 15,
  retraining: { learningRate: 0.0015, weightDecay: 1e-4, batchSize: 100, epochs: 1 },
  bugs: allBugs,
};

const asWritten: Protocol = {
  id: 'as-written',
  note: "As the text has it: 15 epochs for both ends, and the 31 networks trained once in batches of 100. The text gives no learning rate for that; the ends' own 0.0015.",
  presets: {
    smoke: linePreset('smoke', [1], writtenPlan),
    quick: linePreset('quick', [1], writtenPlan),
    study: linePreset('full', seedsTo(5), writtenPlan),
  },
  figures: [endsFigure([small, large], endsCaption), lineFigure(allBugs)],
  quantities: quantitiesOf(allBugs),
};

const own = 'batch1000-own';
const [smallFitted, largeFitted] = ['batch64-fitted', 'batch1000-fitted'];

function intendedPreset(size: SizeName, seeds: readonly number[]): Preset {
  const images = lineSizes[size];
  const [first, second] = endsOf(images, epochsOf(size, 15), true);
  const fitted = (arm: Arm, id: string): Arm => ({
    ...arm,
    id,
    label: `${arm.label}, to a loss of 0.02`,
    spec: { ...arm.spec, stop: { epochs: epochsOf(size, 60), converged: { below: 0.02, change: 1 } } },
  });
  const ends = [first!, second!, fitted(first!, smallFitted), fitted(second!, largeFitted)];
  const independent = endArm(
    own,
    'batch 1000, start of its own',
    images,
    training(1000, epochsOf(size, 15)),
    parameters,
  );
  const lines = [
    lineOf('line-shared', 'one start for both', [small, large]),
    lineOf('line-own', 'a start for each', [small, own]),
  ];
  return preset({
    seeds,
    arms: [...ends, independent],
    measurements: [...lines, ...flatnessOf(size === 'full' ? ends : ends.slice(0, 2), size)],
    ...lineNotes[size],
  });
}

const intendedEnds = [small, large, smallFitted, largeFitted];

const asIntended: Protocol = {
  id: 'as-intended',
  note: 'Nothing is trained after interpolation, as Goodfellow et al. 2015 and Keskar et al. 2017 have it; ends of 15 epochs, with one start for both and with a start for each. Sharpness and largest curvature at both ends, at equal epochs and (a second pair) where the minibatch loss first falls below 0.02.',
  presets: {
    smoke: intendedPreset('smoke', [1]),
    quick: intendedPreset('quick', seedsTo(3)),
    study: intendedPreset('full', seedsTo(5)),
  },
  figures: [
    endsFigure([small, large, own], endsCaption),
    columnsFigure(
      'line-shared',
      ['line-shared'],
      'The line between both networks, which share a start',
      'Networks on the line as they are, nothing trained after. See the valley between 0 and 1 and the steep walls beyond it, on both sides.',
    ),
    columnsFigure(
      'line-own',
      ['line-own'],
      'The line between networks with a start of their own',
      'The same between two networks that started apart. See the barrier between 0 and 1: a shared start hides it.',
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
    ...endQuantities([...intendedEnds, own]),
    ...flatnessQuantities(intendedEnds),
  ],
};

/** A change of test loss along the line, in the direction that the report tells. */
const change = (
  at: (alpha: number) => Term,
  from: number,
  to: number,
  direction: 'above' | 'below',
  line: string,
): ClaimTest => ({
  kind: 'difference',
  label: `change of test loss from alpha ${from} to ${to}${line}`,
  of: at(to),
  to: at(from),
  direction,
  margin: 0,
  noEffect: 0,
});
const shape = (at: (alpha: number) => Term, line = ''): readonly ClaimTest[] => [
  change(at, 0, 0.5, 'above', line),
  change(at, 0.5, 1.5, 'below', line),
  change(at, 1.5, 2, 'above', line),
];
const retrained = (alpha: number): Term => testLossAt(allBugs, alpha);
const onLine =
  (arm: string) =>
  (alpha: number): Term =>
    term(arm, { kind: 'cell', column: 'testLoss', where: 'alpha', is: alpha });

const sharper = (a: string, b: string, what: string): readonly ClaimTest[] =>
  (
    [
      ['sharpness', '-sharpness', 'epsilon-sharpness'],
      ['lambdaMax', '-curvature', 'lambdaMax'],
    ] as const
  ).map(([name, suffix, label]) => ({
    kind: 'ratio',
    label: `${label}, batch 1000 / batch 64${what}`,
    of: term(`${b}${suffix}`, value(name)),
    to: term(`${a}${suffix}`, value(name)),
    direction: 'above',
    margin: 1.2,
    noEffect: 1,
  }));

const claims: readonly Claim[] = [
  {
    id: 'interpolation-batch-shape',
    statement: 'Best near alpha 0, worse up to 0.5, better from 0.5 to 1.5, a steep decline after 1.5.',
    metric: 'sign of the change of test loss over [0, 0.5], [0.5, 1.5] and [1.5, 2]',
    margin: 'all three as told',
    least: { count: 5, unit: 'seeds' },
    tests: {
      'as-written': shape(retrained),
      'as-coded': shape(retrained),
      'as-intended': [
        ...shape(onLine('line-shared'), ', one start'),
        ...shape(onLine('line-own'), ', a start for each'),
      ],
    },
  },
  {
    id: 'large-batch-sharper',
    statement: 'What the part is about (Keskar et al. 2017): large batches end in sharper minima.',
    metric: 'epsilon-sharpness and largest eigenvalue of the Hessian, batch 1000 / batch 64',
    margin: 'both above 1.2; as intended at equal epochs and at equal training loss',
    least: { count: 5, unit: 'seeds' },
    tests: {
      'as-coded': sharper(small, large, ''),
      'as-intended': [
        ...sharper(small, large, ', equal epochs'),
        ...sharper(smallFitted!, largeFitted!, ', equal training loss'),
      ],
    },
  },
];

/** 1.3.3, first half: what lies between a small-batch and a large-batch network? */
export const interpolationBatch: Experiment = {
  id: 'interpolation-batch',
  section: '1.3.3',
  title: 'Flatness against generalisation, part 1: batch size',
  question:
    'How does the loss run on the straight line through a network trained in small batches and one trained in large ones?',
  protocols: [asCoded(allBugs), asWritten, asIntended],
  claims,
  disagreements: interpolationBatchDisagreements,
};
