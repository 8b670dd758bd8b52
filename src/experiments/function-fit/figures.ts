import type { Figure, FigureOf } from '../../study/figure.js';
import { fitCurves, fitPoints, fitted } from '../../study/vocabulary/index.js';

const inputAxis = { label: 'x (input, dimensionless)' };

/** Loss by epoch, with the threshold of convergence. */
export const lossFigure: FigureOf<'metric'> = fitCurves({
  title: 'Training loss of the three networks',
  caption:
    'A line ends where its network converged, or at the last epoch. See who crosses the threshold first, and who is ' +
    'ahead on the way there.',
  threshold: { value: fitted.below, label: `threshold ${fitted.below}` },
});

/** The function that is learnt. */
export const truthFigure = (formula: string): Figure => ({
  kind: 'truth',
  id: 'function',
  title: `The function ${formula}`,
  caption:
    `The ${fitPoints} points that the networks learn from. There are no others: every loss here is on these ` +
    'points.',
  x: inputAxis,
  y: { label: 'f(x) (target, dimensionless)' },
});

/** What the networks make of it. */
export const predictionsFigure: FigureOf<'predictions'> = {
  kind: 'predictions',
  id: 'predictions',
  title: 'Predictions against the truth',
  caption:
    'Each network at the end of its training, drawn over the target in grey. See where a line leaves the grey: at ' +
    'peaks, at jumps and at both ends.',
  x: inputAxis,
  y: { label: 'f(x) (dimensionless)' },
};
