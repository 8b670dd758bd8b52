import type { Figure } from '../../study/figure.js';
import {
  count,
  fitCurves,
  fitPoints,
  fitted,
  fullBatchAxis,
  normCurves,
  parametersOf,
} from '../../study/vocabulary/index.js';
import { edgeOfStability, model } from './arms.js';

/** Gradient norm and loss by epoch. */
export const codedFigures: readonly Figure[] = [
  normCurves({
    caption:
      `L2 norm over all ${count(parametersOf(model))} parameters of the gradient of the loss, before each step. See ` +
      'how early it falls, and the spikes that come back again and again after some 900 epochs: what the text calls ' +
      'a slight rise, a dip, and a trend that goes on to the end.',
  }),
  fitCurves({
    title: 'Training loss',
    caption:
      `Mean squared error on the ${fitPoints} points, before each step. On this logarithmic axis a plateau is a ` +
      'level ' +
      'line: see whether the fall ever stops, or only slows down.',
    threshold: { value: fitted.below, label: `threshold ${fitted.below}` },
  }),
];

/** The same, and the curvature. */
export const intendedFigures: readonly Figure[] = [
  ...codedFigures,
  {
    kind: 'metric',
    id: 'edge-of-stability',
    title: 'Curvature as Adam sees it',
    caption:
      "Largest eigenvalue of the Hessian, divided by Adam's step scale. See whether it climbs to the dashed line and " +
      'stays about it, and compare its crossings with the spikes of the gradient norm above.',
    series: [{ metric: 'preconditionedLambdaMax' }],
    threshold: { value: edgeOfStability.level, label: edgeOfStability.text },
    x: fullBatchAxis,
    y: { label: 'preconditioned lambda max (1 / learning rate unit)', scale: 'log' },
  },
];
