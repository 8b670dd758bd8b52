import type { Experiment, Protocol } from '../../study/experiment.js';
import { bugs, count, switchable } from '../../study/vocabulary/index.js';
import { codedPresets, fractions, intendedPresets, lastEpoch } from './arms.js';
import { claims } from './claims.js';
import { disagreements } from './disagreements.js';
import { codedFigures, intendedFigures } from './figures.js';
import { codedQuantities, intendedQuantities } from './quantities.js';

const codedBugs = bugs({
  quoteLastBatch: {
    about: 'The training loss that is drawn and quoted is that of one minibatch',
    disagreement: 'D28',
  },
});

const asCoded = switchable(codedBugs, ({ quoteLastBatch }) => ({
  id: 'as-coded',
  note:
    `784-500-10, batches of 100, Adam at 0.0001 without weight decay, ${count(lastEpoch)} epochs on labels drawn ` +
    'evenly from 0 to 9; test labels are true. The labels of the original were drawn without a seed and are lost: ' +
    'these are others, at full size three draws; a run with true labels, which the original lacks, stands beside them.',
  presets: codedPresets,
  figures: codedFigures(quoteLastBatch),
  quantities: codedQuantities(quoteLastBatch),
}));

const shares = fractions.map((fraction) => String(100 * fraction));
const asIntended: Protocol = {
  id: 'as-intended',
  note:
    `The same network on labels of which ${shares.slice(0, -1).join(', ')} and ${shares.at(-1)} % are random, few ` +
    'enough images that all can be learnt: the run with true labels, which the original lacks, is what random labels ' +
    'are to be held against (Zhang et al. 2017).',
  presets: intendedPresets,
  figures: intendedFigures,
  quantities: intendedQuantities,
};

/** 1.3.1: can a network learn by heart? */
export const randomLabels: Experiment = {
  id: 'random-labels',
  section: '1.3.1',
  title: 'Can a network fit random labels?',
  question:
    'Does the network learn labels that mean nothing, at what price in time, and what does it then make of images it ' +
    'has not seen?',
  protocols: [asCoded, asIntended],
  claims,
  disagreements,
};
