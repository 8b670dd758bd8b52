import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import { preset } from '../../study/estimate.js';
import type { Experiment, Protocol } from '../../study/experiment.js';
import { seedsTo, term, value } from '../../study/vocabulary.js';
import {
  allAt,
  type FitSetting,
  fitArms,
  fitNote,
  fitNotes,
  fitQuantities,
  gridErrors,
  lossFigure,
  networkIds,
  noHeldOutData,
  predictionsFigure,
  similarPairs,
  truthFigure,
} from './common.js';

/** Section 1.1.1, function 2: sgn(sin(5 pi x)), which jumps. */

const formula = 'sgn(sin(5πx))';
const lastEpoch = 25_000;
/** On the fine grid, points nearer to a jump than this are left out: half of any ramp there is an error of 1. */
const aroundJumps = 0.01;
const coded: FitSetting = {
  function: 'signSin',
  epochs: lastEpoch,
  stopsEarly: true,
  learningRates: allAt(0.009),
};

function codedPreset(kind: 'smoke' | 'full', seeds: readonly number[]) {
  const arms = fitArms(kind === 'smoke' ? { ...coded, epochs: 200 } : coded);
  return preset({ seeds, arms, measurements: gridErrors(arms, aroundJumps), ...fitNotes[kind] });
}

const asCoded: Protocol = {
  id: 'as-coded',
  note: `${fitNote} The learning rate is 0.009 for all three. The report's cells were run several times over, so the weights it started from are lost: here the networks start as for the first function, and the numbers cannot be expected to agree epoch by epoch.`,
  presets: {
    smoke: codedPreset('smoke', [1]),
    quick: codedPreset('full', seedsTo(3)),
    report: codedPreset('full', [1]),
    study: codedPreset('full', seedsTo(20)),
  },
  figures: [lossFigure, truthFigure(formula), predictionsFigure],
  quantities: fitQuantities(
    {
      m1: { value: 8146 },
      m2: { value: 25_000, note: 'not converged' },
      m3: { value: 25_000, note: 'not converged' },
    },
    {
      reported: { m1: { value: 0.001 }, m2: { value: 0.0025 }, m3: { value: 0.0893 } },
      source: "the report's notebook",
    },
  ),
};

const rates = [
  { id: '-rate9e-3', text: '0.009', value: 0.009 },
  { id: '-rate1e-3', text: '0.001', value: 0.001 },
] as const;

function intendedPreset(kind: 'smoke' | 'full', seeds: readonly number[]) {
  const arms = rates.flatMap(({ id, text, value: rate }) =>
    fitArms({
      ...coded,
      epochs: kind === 'smoke' ? 200 : lastEpoch,
      stopsEarly: false,
      learningRates: allAt(rate),
      suffix: { id, label: `, rate ${text}` },
    }),
  );
  return preset({ seeds, arms, measurements: gridErrors(arms, aroundJumps), ...fitNotes[kind] });
}

const armsAt = (suffix: string): readonly string[] => networkIds.map((id) => `${id}${suffix}`);

const asIntended: Protocol = {
  id: 'as-intended',
  note: 'The same number of updates for all three networks, 25,000, at the learning rate of the report, 0.009, and at 0.001, where the loss is not so noisy. A network has converged if the mean loss of its last 100 epochs is below 0.001, so that touching the threshold once is not enough.',
  presets: {
    smoke: intendedPreset('smoke', [1]),
    quick: intendedPreset('full', [1]),
    study: intendedPreset('full', seedsTo(20)),
  },
  figures: rates.flatMap(({ id, text }) => [
    { ...lossFigure, id: `loss${id}`, title: `Training loss at learning rate ${text}`, arms: armsAt(id) },
    {
      ...predictionsFigure,
      id: `predictions${id}`,
      title: `Predictions after ${lastEpoch.toLocaleString('en-US')} updates at learning rate ${text}`,
      arms: armsAt(id),
    },
  ]),
  quantities: [
    {
      id: 'settled-loss',
      label: 'Mean loss of the last 100 epochs',
      reading: { kind: 'mean', metric: 'loss', from: lastEpoch - 99 },
      decimals: 4,
      headline: true,
      reported: {},
      source: 'none',
    },
    ...fitQuantities(
      {},
      { reported: {}, source: 'none' },
      rates.flatMap(({ id }) => armsAt(id)),
    ).filter(({ id }) => id !== 'epochs'),
  ],
};

const convergedByRule = (arm: string): Term => term(arm, { kind: 'converged' });
const settled = (arm: string): Term => ({
  difference: [{ number: 0.001 }, term(arm, { kind: 'mean', metric: 'loss', from: lastEpoch - 99 })],
});

const oftener = (other: string, of: Term, to: Term, at: string): ClaimTest => ({
  kind: 'rateDifference',
  label: `share of seeds that converge${at}, M1 - ${other.toUpperCase()}`,
  of,
  to,
  direction: 'above',
  margin: 0.5,
  noEffect: 0,
});

const claims: readonly Claim[] = [
  {
    id: 'only-deepest-converges',
    statement: 'Only M1, the deepest, converges within 25,000 epochs.',
    metric: 'share of seeds that converge, M1 less M2 and M1 less M3',
    margin: "both above 0.5 (Newcombe's interval)",
    least: { count: 20, unit: 'seeds' },
    tests: {
      'as-coded': ['m2', 'm3'].map((other) => oftener(other, convergedByRule('m1'), convergedByRule(other), '')),
      'as-intended': rates.flatMap(({ id, text }) =>
        ['m2', 'm3'].map((other) => oftener(other, settled(`m1${id}`), settled(`${other}${id}`), ` at rate ${text}`)),
      ),
    },
  },
  {
    id: 'fits-are-similar-f2',
    statement: 'Their predictions are similar even so.',
    metric: 'mean squared error on 10,000 points without 0.01 around the jumps, each pair',
    margin: 'within a factor of 1.5 (two one-sided tests)',
    least: { count: 20, unit: 'seeds' },
    tests: {
      'as-coded': similarPairs('error', value('mse'), '-grid'),
      'as-intended': rates.flatMap(({ id, text }) => similarPairs(`error at rate ${text}`, value('mse'), `${id}-grid`)),
    },
  },
];

/** 1.1.1, function 2: the state of the report's generator is lost, so its networks are built as for function 1. */
export const functionFitSignSin: Experiment = {
  id: 'function-fit-sign-sin',
  section: '1.1.1',
  title: `Simulate a function: ${formula}`,
  question: 'Does depth help more when the function jumps?',
  protocols: [asCoded, asIntended],
  claims,
  disagreements: [
    {
      id: 'D3',
      about: 'When a network has converged',
      quantities: ['epochs'],
      written: 'only M1, with the most layers, "could reach convergence"',
      coded: 'loss below 0.001 and two changes in a row below 0.00001, after epoch 5',
      consequence:
        "M1's loss is noisy at learning rate 0.009, with spikes up to 0.4: it touches the threshold, it does not settle below it. From the start used here PyTorch takes 15,693 epochs for M1.",
    },
    {
      id: 'D4',
      about: 'How alike the predictions are',
      quantities: ['loss', 'grid-error'],
      written: '"their prediction performance is similar"',
      coded: 'final losses 0.0010, 0.0025 and 0.0893: up to 90 times apart; M3 draws ramps where the target steps',
      consequence:
        'M1 was run again after the other two: which run was reported is a choice that the text does not mention.',
    },
    noHeldOutData,
  ],
};
