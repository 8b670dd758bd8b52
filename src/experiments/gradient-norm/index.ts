import type { Experiment, Protocol } from '../../study/experiment.js';
import { count, parametersOf } from '../../study/vocabulary/index.js';
import { codedPresets, curvatureEvery, edgeOfStability, intendedPresets, lastEpoch, model } from './arms.js';
import { claims } from './claims.js';
import { disagreements } from './disagreements.js';
import { codedFigures, intendedFigures } from './figures.js';
import { codedQuantities, intendedQuantities } from './quantities.js';

const asCoded: Protocol = {
  id: 'as-coded',
  note:
    `1-500-1 with ReLU, ${count(parametersOf(model))} parameters, 300 points as one batch, Adam at 0.001 with weight ` +
    'decay 1e-4 as L2 in the gradient. The norm is of the gradient of the loss alone, without weight decay. ' +
    `Training ends by the rule of 1.1.1, or after ${count(lastEpoch)} epochs. There is no run as written: where the text ` +
    'parts from the code it is about what this run shows (D18, D19), not about what is run.',
  presets: codedPresets,
  figures: codedFigures,
  quantities: codedQuantities,
};

const asIntended: Protocol = {
  id: 'as-intended',
  note:
    `The same training, and every ${curvatureEvery} epochs the largest eigenvalue of the Hessian of the loss, plain ` +
    `and as Adam sees it (divided by the root of its second moments). Above ${edgeOfStability.text} a step of Adam ` +
    'overshoots (Cohen et al. 2022): if the spikes come where that bound is crossed, they are an edge of stability ' +
    'and not noise.',
  presets: intendedPresets,
  figures: intendedFigures,
  quantities: intendedQuantities,
};

/** 1.2.2: what does the gradient do while the loss falls? */
export const gradientNorm: Experiment = {
  id: 'gradient-norm',
  section: '1.2.2',
  title: 'Observe the gradient norm during training',
  question: 'How do the gradient norm and the loss go together, and what are the late spikes?',
  protocols: [asCoded, asIntended],
  claims,
  disagreements,
};
