import type { Experiment, Protocol, Quantity } from '../../study/experiment.js';
import { bugs, count, switchable } from '../../study/vocabulary/index.js';
import { codedPresets, ids, writtenPresets } from './arms.js';
import { claims } from './claims.js';
import { disagreements } from './disagreements.js';
import { intendedFigures, sizeFigures } from './figures.js';
import { intendedPresets, longIds, moreIds, noise, noisyIds, noisyImages, smallWidths } from './intended-arms.js';
import { sizeQuantities } from './quantities.js';

const codedBugs = bugs({
  runningTraining: {
    about: 'Training loss and accuracy are running means within an epoch, the best of all epochs',
  },
});

const asCoded = switchable(codedBugs, ({ runningTraining }) => ({
  id: 'as-coded',
  note:
    'Ten networks 784-h-10, batches of 600, Adam at 0.001 without weight decay, 10 epochs, the seed set anew before ' +
    'each. Training loss and accuracy are the best running means of an epoch, test loss and accuracy those after the ' +
    'last epoch.',
  presets: codedPresets,
  figures: sizeFigures(ids, runningTraining),
  quantities: sizeQuantities(ids, runningTraining, true),
}));

const asWritten: Protocol = {
  id: 'as-written',
  note:
    'Ten CNNs as the text describes them: two convolutions with kernel 4 and two dense layers, of which the first is ' +
    "as wide as comes nearest to the text's numbers of parameters; dropout 0.25 after it, learning rate 0.0001. " +
    'Channels, batch and epochs, which the text leaves out, are those of 1.1.2 and of the code.',
  presets: writtenPresets,
  figures: sizeFigures(ids),
  quantities: sizeQuantities(ids, false, true),
};

const noisyQuantities: readonly Quantity[] = sizeQuantities([...noisyIds, ...moreIds]).map((one) => ({
  ...one,
  id: `noisy-${one.id}`,
  label: `${one.label} (${noise})`,
  headline: false,
}));

const asIntended: Protocol = {
  id: 'as-intended',
  note:
    'The ten networks trained until they have fitted, on fewer images, instead of for 10 epochs: only then can they ' +
    `overfit. Beside them networks of ${smallWidths[0]} to ${smallWidths.at(-1)} hidden units on few images with ` +
    `${noise}, which go through the size at which the training set is just fitted: the place where test error may ` +
    'have a peak (double descent, Belkin et al. 2019, Nakkiran et al. 2020); on ' +
    `${count(noisyImages.more)} images as well, where that size should be larger.`,
  presets: intendedPresets,
  figures: intendedFigures,
  quantities: [...sizeQuantities(longIds), ...noisyQuantities],
};

/** 1.3.2: do larger networks generalise worse? */
export const parameterCount: Experiment = {
  id: 'parameter-count',
  section: '1.3.2',
  title: 'Number of parameters against generalisation',
  question:
    'Do more parameters do better on images that were not seen, and is there a size at which they begin to overfit?',
  protocols: [asCoded, asWritten, asIntended],
  claims,
  disagreements,
};
