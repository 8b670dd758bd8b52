import type { Quantity } from '../../study/experiment.js';
import {
  count,
  epochs,
  last,
  quantity,
  type Reported,
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
