import type { Experiment, Protocol } from '../../study/experiment.js';
import { count, switchable } from '../../study/vocabulary/index.js';
import { codedPresets, lastEpoch, learningRate, writtenParameters, writtenPresets } from './arms.js';
import { codedBugs } from './bugs.js';
import { claims } from './claims.js';
import { disagreements } from './disagreements.js';
import { codedFigures, intendedFigures, writtenFigures } from './figures.js';
import { codedQuantities, intendedQuantities, writtenQuantities } from './quantities.js';
import { intendedPresets, search, smoothSearch } from './searches.js';

const asCoded = switchable(codedBugs, (on) => ({
  id: 'as-coded',
  note:
    `One run of ${lastEpoch} epochs at learning rate ${learningRate}, one point an epoch, each fault of the code a ` +
    "switch of its own. The code's optimizer steps along the gradient of the sum of the outputs, so the loss rises; " +
    'its ratio counts the signs of rounding errors of a matrix that has no negative eigenvalue. Initial weights from ' +
    'seed 1; those of the notebook are lost.',
  presets: codedPresets(on),
  figures: codedFigures(on.swapAxes),
  quantities: codedQuantities,
}));

const asWritten: Protocol = {
  id: 'as-written',
  note:
    `As the text has it: 1-500-1 (${count(writtenParameters)} parameters) is trained for ${lastEpoch} epochs with ` +
    'Adam, on the loss, and the eigenvalues of its Hessian are taken there. The text gives no learning rate; ' +
    `${learningRate} as in the code. After ${lastEpoch} epochs the gradient is not zero.`,
  presets: writtenPresets,
  figures: writtenFigures,
  quantities: writtenQuantities,
};

const asIntended: Protocol = {
  id: 'as-intended',
  note:
    `Every seed a fresh network on ${search.points} points: ${search.warmUpEpochs} epochs of Adam at 0.001, then ` +
    `Newton steps in float64 until the gradient norm is below ${search.gradNorm}; there the exact Hessian and the ` +
    'signs of all its eigenvalues. Saddle-free steps end at minima, damped ones also at saddles. Points where the ' +
    'gradient is flat but not zero, or where the search stalled (at a kink of relu no gradient need be zero), are ' +
    'left out of the verdict and counted. Verdicts are on networks of tanh, whose gradient has zeros wherever the loss is ' +
    `level: after ${smoothSearch.warmUpEpochs} epochs at ${smoothSearch.learningRate}, to a norm below ` +
    `${smoothSearch.gradNorm}, as the course's assignment has it.`,
  presets: intendedPresets,
  figures: intendedFigures,
  quantities: intendedQuantities,
};

/** 1.2.3: what kind of point is it where the gradient is almost zero? */
export const minimalRatio: Experiment = {
  id: 'minimal-ratio',
  section: '1.2.3',
  title: 'What happens when the gradient is almost zero',
  question: 'At points of zero gradient, does a low loss go with a large share of positive curvature?',
  protocols: [asCoded, asWritten, asIntended],
  claims,
  disagreements,
};
