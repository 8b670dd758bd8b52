import type { Figure } from '../../../study/figure.js';
import { byArm, count, epochs } from '../../../study/vocabulary/index.js';
import { lastEpoch, networkIds, withSuffix } from '../arms.js';
import { lossFigure, predictionsFigure, truthFigure } from '../figures.js';
import { equalEpochs, equalRate, rates } from './arms.js';

/** The function as people write it. */
export const formula = 'sin(5πx) / (5πx)';

/** As the original draws it. */
export const codedFigures: readonly Figure[] = [
  { ...lossFigure, arms: networkIds },
  truthFigure(formula),
  { ...predictionsFigure, arms: networkIds },
];

const byRate: Figure = byArm({
  id: 'epochs-by-rate',
  title: 'Epochs to convergence by learning rate',
  caption:
    `Each network at three learning rates; ${count(lastEpoch)} means that it did not converge. See whether the order ` +
    'of the three is the same at each rate, and which is the best that each can do.',
  at: 'learningRate',
  series: networkIds.map((id) => ({
    label: id.toUpperCase(),
    arms: rates.map((rate) => `${id}${rate.id}`),
    reading: epochs,
  })),
  x: { label: 'learning rate (parameter units per step)', scale: 'log' },
  y: { label: 'epochs to convergence (full-batch steps)', scale: 'log' },
});

/** At one learning rate, by learning rate, and at equal epochs. */
export const intendedFigures: readonly Figure[] = [
  {
    ...lossFigure,
    title: `Training loss at one learning rate, ${equalRate.rate}`,
    arms: withSuffix(equalRate.id),
  },
  byRate,
  {
    ...predictionsFigure,
    title: `Predictions at one learning rate, ${equalRate.rate}`,
    arms: withSuffix(equalRate.id),
  },
  {
    ...predictionsFigure,
    id: 'predictions-equal-epochs',
    title: `Predictions after ${count(equalEpochs.epochs)} epochs, whatever the loss`,
    arms: withSuffix(equalEpochs.id),
  },
];
