import type { Quantity } from '../../study/experiment.js';
import {
  count,
  epochs,
  last,
  parameters,
  quantity,
  type Reported,
  reportedBy,
  setting,
  sources,
  unreported,
  value,
} from '../../study/vocabulary/index.js';
import { gridPoints, networkIds } from './arms.js';

/** Epochs until convergence. */
export const epochsToConvergence = (reported: Quantity['reported']): Quantity =>
  quantity({
    id: 'epochs',
    label: 'Epochs to convergence',
    reading: epochs,
    decimals: 0,
    headline: true,
    reported,
    source: sources.text,
  });

/** What the text says of the networks and of their training, beside what is trained here. */
export const settings = (reportedRates: readonly number[]): readonly Quantity[] =>
  [
    { id: 'parameters', label: 'Parameters', reading: parameters, decimals: 0, values: [571, 572, 571] },
    {
      id: 'learning-rate',
      label: 'Learning rate',
      reading: setting('optimizer.learningRate'),
      decimals: 4,
      values: reportedRates,
    },
    {
      id: 'weight-decay',
      label: 'Weight decay',
      reading: setting('optimizer.weightDecay'),
      decimals: 4,
      values: [1e-4, 1e-4, 1e-4],
    },
  ].map(({ values, ...parts }) =>
    quantity({ ...parts, arms: networkIds, ...reportedBy(networkIds, values, sources.text) }),
  );

/** The loss at the end, and the error between the points; of the three networks, or of other arms. */
export const fitErrors = (loss: Reported = unreported, arms?: readonly string[]): readonly Quantity[] => [
  quantity({ id: 'loss', label: 'Final loss', reading: last('loss'), ...(arms && { arms }), decimals: 4, ...loss }),
  quantity({
    id: 'grid-error',
    label: `Mean squared error on ${count(gridPoints)} points`,
    reading: value('mse'),
    arms: (arms ?? networkIds).map((id) => `${id}-grid`),
    decimals: 4,
    source: 'none: the original has no points but those it trains on',
  }),
];
