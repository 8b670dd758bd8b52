import { byDefault, count, flag, nested, positive, type SpecOf, whole } from '../base/fields.js';
import { defineMeasurement } from './measurement.js';

const mostHidden = 4000;
/** Points of sinc. */
const samples = 300;

const bugs = {
  stepOnWrongGradient: byDefault(
    flag('D21: the optimizer steps along the gradient of the sum of the outputs, not of the loss'),
    true,
  ),
  gaussNewtonByLayer: byDefault(
    flag('D22: the Gauss-Newton matrix of each weight matrix in float32, not the Hessian in float64'),
    true,
  ),
  accumulateOverEpochs: byDefault(flag('D23: matrices are added up over all epochs and samples, never reset'), true),
  meanOfWeightNorms: byDefault(
    flag('D24: the gradient norm is the mean of the norms of the two weight matrices'),
    true,
  ),
};

/** Bugs of the public notebook of section 1.2.3. Default: all true, as that code is. */
export type MinimalRatioBugs = SpecOf<typeof bugs>;

/**
 * Of no network: section 1.2.3 as its public notebook does it, with its bugs one by one.
 * Columns: epoch, loss, ratio, gradNorm. Values: firstLoss, finalLoss, finalRatio, firstGradNorm, finalGradNorm.
 */
export const minimalRatioAsCoded = defineMeasurement({
  name: 'minimalRatioAsCoded',
  of: [0, 0],
  fields: {
    hidden: whole('hidden units', 1, mostHidden),
    epochs: count('epochs'),
    learningRate: byDefault(positive('of Adam'), 0.0004),
    bugs: byDefault(nested('bugs of the notebook, each by itself', bugs), {}),
  },
  work: ({ epochs, hidden }) => ({ multiplications: epochs * (hidden ** 2 * 2 * samples + 3 * hidden ** 3) }),
  numbers: ({ hidden }) => 3 * hidden ** 2,
  run: async (context) => (await import('./run/minimal-ratio-as-coded.js')).measureMinimalRatioAsCoded(context),
});
