import { defineMeasurement } from './measurement.js';

/**
 * On how many test images two classifiers are both right, either alone, or neither.
 * Values: bothRight, onlyFirstRight, onlySecondRight, bothWrong.
 */
export const predictions = defineMeasurement({
  name: 'predictions',
  of: [2, 2],
  fields: {},
  command: { word: 'predictions', options: {} },
  work: (_, [of]) => ({ evaluated: 2 * (of?.test ?? 0) }),
  run: async (context) => (await import('./run/predictions.js')).measurePredictions(context),
});
