import { networkOf } from '../../engine/model-spec.js';
import { parameterCount } from '../../engine/shapes.js';
import type { ClaimTest } from '../../study/claim.js';
import type { Arm, Disagreement, MeasurementArm, Preset, Quantity } from '../../study/experiment.js';
import type { Figure } from '../../study/figure.js';
import type { Reading } from '../../study/reading.js';
import { last, term, value } from '../../study/vocabulary.js';
import type { ModelSpec } from '../../tasks/trial-spec.js';

/** Section 1.1.1, what its two functions share: three networks of one size and of depths 7, 4 and 1 learn a function from 300 points. */

const networks = [
  { id: 'm1', label: 'M1, 7 hidden layers', widths: [1, 5, 10, 10, 10, 10, 10, 5, 1] },
  { id: 'm2', label: 'M2, 4 hidden layers', widths: [1, 10, 18, 15, 4, 1] },
  { id: 'm3', label: 'M3, 1 hidden layer', widths: [1, 190, 1] },
] as const;

export type NetworkId = (typeof networks)[number]['id'];
export const networkIds: readonly NetworkId[] = networks.map(({ id }) => id);

/** One way to train the three networks. */
export interface FitSetting {
  readonly function: 'sinc' | 'signSin';
  readonly epochs: number;
  /** Whether training ends by the report's rule. */
  readonly stopsEarly: boolean;
  readonly learningRates: Readonly<Record<NetworkId, number>>;
  /** Put behind the id and the label of each network. Default nothing. */
  readonly suffix?: { readonly id: string; readonly label: string };
}

export const allAt = (rate: number): FitSetting['learningRates'] => ({ m1: rate, m2: rate, m3: rate });

/** The report builds its networks one after the other on one stream of random numbers: each starts where the one before ended. */
export function fitArms({ function: name, epochs, stopsEarly, learningRates, suffix }: FitSetting): readonly Arm[] {
  let skip = 0;
  return networks.map(({ id, label, widths }) => {
    const model: ModelSpec = { kind: 'mlp', widths, activation: 'leakyRelu' };
    const arm: Arm = {
      id: `${id}${suffix?.id ?? ''}`,
      label: `${label}${suffix?.label ?? ''}`,
      numbers: { hiddenLayers: widths.length - 2, learningRate: learningRates[id] },
      spec: {
        data: { kind: 'function', name, points: 300 },
        model,
        loss: 'mse',
        optimizer: { kind: 'adam', learningRate: learningRates[id], weightDecay: 1e-4 },
        batchSize: 'full',
        stop: { epochs, ...(stopsEarly && { converged: { below: 0.001, change: 1e-5 } }) },
        init: { kind: 'pytorch', skip },
        observe: { loss: 'step' },
      },
    };
    skip += parameterCount(networkOf(model));
    return arm;
  });
}

/** The error of each arm between the points that it learnt from: on 10,000 points. */
export const gridErrors = (arms: readonly Arm[], excludeAroundJumps?: number): readonly MeasurementArm[] =>
  arms.map(({ id, label, numbers }) => ({
    id: `${id}-grid`,
    label,
    ...(numbers && { numbers }),
    measure: { name: 'gridError', points: 10_000, ...(excludeAroundJumps && { excludeAroundJumps }) },
    of: [id],
  }));

export const fitNotes: Readonly<Record<'smoke' | 'full', Pick<Preset, 'note' | 'miniature'>>> = {
  smoke: { note: 'The first 200 epochs only: shows that it runs, not who wins.', miniature: true },
  full: { note: 'Full size: 300 points, at most 25,000 epochs.', miniature: false },
};

const inputAxis = { label: 'x (input, dimensionless)' };
export const lossFigure: Extract<Figure, { kind: 'metric' }> = {
  kind: 'metric',
  id: 'loss',
  title: 'Training loss of the three networks',
  caption:
    'A line ends where its network converged, or at the last epoch. See who crosses the threshold first, and who is ahead on the way there.',
  series: [{ metric: 'loss' }],
  threshold: { value: 0.001, label: 'threshold 0.001' },
  x: { label: 'epoch (1 epoch = 1 full-batch step)' },
  y: { label: 'training loss (mean squared error)', scale: 'log' },
};

export const truthFigure = (formula: string): Figure => ({
  kind: 'truth',
  id: 'function',
  title: `The function ${formula}`,
  caption: 'The 300 points that the networks learn from. There are no others: every loss here is on these points.',
  x: inputAxis,
  y: { label: 'f(x) (target, dimensionless)' },
});

export const predictionsFigure: Extract<Figure, { kind: 'predictions' }> = {
  kind: 'predictions',
  id: 'predictions',
  title: 'Predictions against the truth',
  caption:
    'Each network at the end of its training, drawn over the target in grey. See where a line leaves the grey: at peaks, at jumps and at both ends.',
  x: inputAxis,
  y: { label: 'f(x) (dimensionless)' },
};

/** Epochs, final loss and the error between the points; for arms of any suffix. */
export const fitQuantities = (
  epochs: Quantity['reported'],
  loss: Pick<Quantity, 'reported' | 'source'>,
  arms?: readonly string[],
): readonly Quantity[] => [
  {
    id: 'epochs',
    label: 'Epochs to convergence',
    reading: { kind: 'epochs' },
    ...(arms && { arms }),
    decimals: 0,
    headline: true,
    reported: epochs,
    source: "the report's text",
  },
  { id: 'loss', label: 'Final loss', reading: last('loss'), ...(arms && { arms }), decimals: 4, ...loss },
  {
    id: 'grid-error',
    label: 'Mean squared error on 10,000 points',
    reading: value('mse'),
    arms: (arms ?? networkIds).map((id) => `${id}-grid`),
    decimals: 4,
    reported: {},
    source: 'none: the report has no points but those it trains on',
  },
];

/** Each pair of networks alike in a reading, within a factor of 1.5. */
export const similarPairs = (label: string, reading: Reading, suffix: string): readonly ClaimTest[] =>
  (
    [
      ['m1', 'm2'],
      ['m1', 'm3'],
      ['m2', 'm3'],
    ] as const
  ).map(([a, b]) => ({
    kind: 'similar',
    label: `${label}, ${a.toUpperCase()} / ${b.toUpperCase()}`,
    of: term(`${a}${suffix}`, reading),
    to: term(`${b}${suffix}`, reading),
    factor: 1.5,
  }));

export const fitNote =
  'Full batch, so one Adam step an epoch; weight decay 1e-4 as L2 in the gradient. A network has converged when, after epoch 5, the loss is below 0.001 and ' +
  'its last two changes are below 0.00001; else training ends at epoch 25,000. The networks are built one after the other from one seed, so M2 starts 571 and M3 1,143 draws into the stream.';

export const noHeldOutData: Disagreement = {
  id: 'D5',
  about: 'Weight decay against overfitting',
  written: 'weight decay "prevents the model from overfitting"',
  coded: 'no held-out points: losses and predictions are on the training grid',
  consequence:
    'Nothing in the report can show overfitting, or the lack of it; here the error is taken on 10,000 points as well.',
};
