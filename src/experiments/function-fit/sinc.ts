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

/** Section 1.1.1, function 1: sin(5 pi x) / (5 pi x). */

const formula = 'sin(5πx) / (5πx)';
const coded: FitSetting = {
  function: 'sinc',
  epochs: 25_000,
  stopsEarly: true,
  learningRates: { m1: 0.0012, m2: 0.0012, m3: 0.0011 },
};

function codedPreset(kind: 'smoke' | 'full', seeds: readonly number[]) {
  const arms = fitArms(kind === 'smoke' ? { ...coded, epochs: 200 } : coded);
  return preset({ seeds, arms, measurements: gridErrors(arms), ...fitNotes[kind] });
}

const asCoded: Protocol = {
  id: 'as-coded',
  note: fitNote,
  presets: {
    smoke: codedPreset('smoke', [1]),
    quick: codedPreset('full', seedsTo(3)),
    report: codedPreset('full', [1]),
    study: codedPreset('full', seedsTo(20)),
  },
  figures: [lossFigure, truthFigure(formula), predictionsFigure],
  quantities: fitQuantities(
    { m1: { value: 961 }, m2: { value: 857 }, m3: { value: 2186 } },
    { reported: { m1: { value: 0.001 }, m2: { value: 0.001 }, m3: { value: 0.001 } }, source: "the report's notebook" },
  ),
};

const rates = [
  { id: '-rate3e-4', text: '0.0003', value: 3e-4 },
  { id: '-rate1e-3', text: '0.001', value: 1e-3 },
  { id: '-rate3e-3', text: '0.003', value: 3e-3 },
] as const;
const equalRate = '-rate1e-3';
const equalEpochs = '-1000-epochs';
const withSuffix = (suffix: string): readonly string[] => networkIds.map((id) => `${id}${suffix}`);

function intendedPreset(kind: 'smoke' | 'full', seeds: readonly number[]) {
  const epochs = (n: number): number => (kind === 'smoke' ? 200 : n);
  const arms = [
    ...rates.flatMap(({ id, text, value: rate }) =>
      fitArms({
        ...coded,
        epochs: epochs(25_000),
        learningRates: allAt(rate),
        suffix: { id, label: `, rate ${text}` },
      }),
    ),
    ...fitArms({
      ...coded,
      epochs: epochs(1000),
      stopsEarly: false,
      learningRates: allAt(1e-3),
      suffix: { id: equalEpochs, label: ', rate 0.001, 1,000 epochs' },
    }),
  ];
  const shown = new Set([...withSuffix(equalRate), ...withSuffix(equalEpochs)]);
  const measurements = gridErrors(arms.filter(({ id }) => shown.has(id)));
  return preset({ seeds, arms, measurements, ...fitNotes[kind] });
}

const asIntended: Protocol = {
  id: 'as-intended',
  note: 'As coded, but with one learning rate for all three networks: 0.001, and 0.0003 and 0.003 beside it, so that each network can be seen at its best. A fourth group trains for 1,000 epochs whatever the loss is, for fits at equal epochs.',
  presets: {
    smoke: intendedPreset('smoke', [1]),
    quick: intendedPreset('full', seedsTo(3)),
    study: intendedPreset('full', seedsTo(20)),
  },
  figures: [
    { ...lossFigure, title: 'Training loss at one learning rate, 0.001', arms: withSuffix(equalRate) },
    {
      kind: 'by-arm',
      id: 'epochs-by-rate',
      title: 'Epochs to convergence by learning rate',
      caption:
        'Each network at three learning rates; 25,000 means that it did not converge. See whether the order of the three is the same at each rate, and which is the best that each can do.',
      at: 'learningRate',
      series: networkIds.map((id) => ({
        label: id.toUpperCase(),
        arms: rates.map((rate) => `${id}${rate.id}`),
        reading: { kind: 'epochs' },
      })),
      x: { label: 'learning rate (parameter units per step)', scale: 'log' },
      y: { label: 'epochs to convergence (full-batch steps)', scale: 'log' },
    },
    { ...predictionsFigure, title: 'Predictions at one learning rate, 0.001', arms: withSuffix(equalRate) },
    {
      ...predictionsFigure,
      id: 'predictions-equal-epochs',
      title: 'Predictions after 1,000 epochs, whatever the loss',
      arms: withSuffix(equalEpochs),
    },
  ],
  quantities: fitQuantities({}, { reported: {}, source: 'none' }, [
    ...withSuffix(equalRate),
    ...withSuffix(equalEpochs),
  ]),
};

const epochsOf = (arm: string): Term => term(arm, { kind: 'epochs' });
const atBest = (network: string): Term => ({ least: rates.map(({ id }) => epochsOf(`${network}${id}`)) });

const slower = (label: string, of: Term, to: Term, margin: number): ClaimTest => ({
  kind: 'ratio',
  label: `epochs, ${label}`,
  of,
  to,
  direction: 'above',
  margin,
  noEffect: 1,
});

/** A ratio of epochs, as intended: at one learning rate, and each network at its best. */
const slowerBothWays = (a: string, b: string, margin: number): readonly ClaimTest[] => {
  const label = `${a.toUpperCase()} / ${b.toUpperCase()}`;
  return [
    slower(`${label} at rate 0.001`, epochsOf(`${a}${equalRate}`), epochsOf(`${b}${equalRate}`), margin),
    slower(`${label}, each at its best rate`, atBest(a), atBest(b), margin),
  ];
};

const claims: readonly Claim[] = [
  {
    id: 'depth-speeds-fit',
    statement: 'More layers reach convergence much quicker: M1 and M2 before M3.',
    metric: 'epochs to convergence, M3 / M1 and M3 / M2; not converged counts as the maximum, 25,000',
    margin: 'both ratios above 1.1',
    least: { count: 20, unit: 'seeds' },
    tests: {
      'as-coded': [
        slower('M3 / M1', epochsOf('m3'), epochsOf('m1'), 1.1),
        slower('M3 / M2', epochsOf('m3'), epochsOf('m2'), 1.1),
      ],
      'as-intended': [...slowerBothWays('m3', 'm1', 1.1), ...slowerBothWays('m3', 'm2', 1.1)],
    },
  },
  {
    id: 'depth-speeds-fit-monotone',
    statement: 'The same, read strictly: seven layers converge before four.',
    metric: 'epochs to convergence, M2 / M1',
    margin: 'ratio above 1',
    least: { count: 20, unit: 'seeds' },
    tests: {
      'as-coded': [slower('M2 / M1', epochsOf('m2'), epochsOf('m1'), 1)],
      'as-intended': slowerBothWays('m2', 'm1', 1),
    },
  },
  {
    id: 'fits-are-similar-f1',
    statement: 'All three models perform similarly.',
    metric: 'mean squared error on a grid of 10,000 points, each pair',
    margin: 'within a factor of 1.5 (two one-sided tests)',
    least: { count: 20, unit: 'seeds' },
    tests: {
      'as-coded': similarPairs('error at convergence', value('mse'), '-grid'),
      'as-intended': [
        ...similarPairs('error at convergence', value('mse'), `${equalRate}-grid`),
        ...similarPairs('error after 1,000 epochs', value('mse'), `${equalEpochs}-grid`),
      ],
    },
  },
];

/** 1.1.1, function 1: the initial weights of the report are known, so its numbers can be met. */
export const functionFitSinc: Experiment = {
  id: 'function-fit-sinc',
  section: '1.1.1',
  title: `Simulate a function: ${formula}`,
  question: 'Do more layers fit a smooth function sooner, at the same number of parameters?',
  protocols: [asCoded, asIntended],
  claims,
  disagreements: [
    {
      id: 'D1',
      about: 'Which function',
      written: '"(sin(5x)·π(x))/5π(x)" in the introduction, and "5πx" in a list of functions',
      coded: formula,
    },
    {
      id: 'D2',
      about: 'More layers, sooner converged',
      quantities: ['epochs'],
      written: 'M1 and M2, with more layers, converge quicker: 961 and 857 epochs against 2,186',
      coded: 'M2 with 4 hidden layers is before M1 with 7; M3 has a learning rate of its own, 0.0011 instead of 0.0012',
      consequence:
        "M1's 961 is rounding noise: the same weights and data gave 749 and 946 epochs with two matrix kernels of one machine, and 722 to 2,010 over orders of summation. M2 (857-863) and M3 (2,180-2,186) hold.",
    },
    {
      id: 'D3',
      about: 'When a network has converged',
      written: 'the loss is "almost equal to zero (loss stops dropping further)"',
      coded: 'loss below 0.001 and two changes in a row below 0.00001, after epoch 5',
      consequence: 'A noisy loss that once touches the threshold between two small changes counts as converged.',
    },
    noHeldOutData,
  ],
};
