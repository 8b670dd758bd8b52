import type { Experiment, Protocol } from '../../study/experiment.js';
import { bugs, count, switchable } from '../../study/vocabulary/index.js';
import { codedPlan, intendedPlan, presetsOf, triedArms, writtenPlan } from './arms.js';
import { claims } from './claims.js';
import { disagreements } from './disagreements.js';
import { figuresOf } from './figures.js';
import { nearestUnits, parametersOfAll } from './networks.js';
import { quantitiesOf } from './quantities.js';

const codedBugs = bugs({
  lossCurvePlusOne: {
    about: 'The loss curve is drawn as sum / 99 + 1 instead of the mean',
    disagreement: 'D10',
  },
});

const asCoded = switchable(codedBugs, ({ lossCurvePlusOne }) => ({
  id: 'as-coded',
  note:
    'Pixels divided by 255, Adam at 0.001 with weight decay 1e-4 as L2 in the gradient, the seed set anew before ' +
    'each network. Dropout 0.25 is in CNN-1 only, after its first dense layer. ' +
    "The code's early stop (a minibatch loss below 0.001 with still smaller changes) never came about and is left " +
    "out. The masks of CNN-1's dropout, and with them its batches after the first epoch, follow streams of our own.",
  presets: presetsOf(codedPlan, { smoke: 1, quick: 3, report: 1, study: 5 }),
  figures: figuresOf(codedPlan, lossCurvePlusOne),
  quantities: quantitiesOf(codedPlan),
}));

const asWritten: Protocol = {
  id: 'as-written',
  note:
    "The text's own settings: learning rate 0.0001, dropout 0.25 in all three (after the first dense layer), CNN-3 " +
    `with kernel 4. 25,550 parameters are not possible for it: ${nearestUnits} hidden units give ` +
    `${count(parametersOfAll(writtenPlan.networks)[2]!)}. Batch size and epochs, which the text leaves out, are the ` +
    "code's.",
  presets: presetsOf(writtenPlan, { smoke: 1, quick: 1, study: 5 }),
  figures: figuresOf(writtenPlan, false),
  quantities: quantitiesOf(writtenPlan),
};

const [one, two, four] = parametersOfAll(intendedPlan.networks).map(count);
const asIntended: Protocol = {
  id: 'as-intended',
  note:
    'One stack of convolutions (kernel 4, 10 and 20 channels) and 1, 2 or 4 dense layers behind it; ' +
    `${one}, ${two} and ${four} parameters; no dropout. Only depth differs.`,
  presets: presetsOf(intendedPlan, { smoke: 1, quick: 3, study: 5 }, (name) =>
    name === 'study' ? triedArms(name) : [],
  ),
  figures: figuresOf(intendedPlan, false),
  quantities: quantitiesOf(intendedPlan, false),
};

/** 1.1.2: does depth help on real images, at a similar number of parameters? */
export const mnistDepth: Experiment = {
  id: 'mnist-depth',
  section: '1.1.2',
  title: 'Train on an actual task: three CNNs on MNIST',
  question: 'Which does best on MNIST, two, four or one dense layers behind two convolutions?',
  protocols: [asCoded, asWritten, asIntended],
  claims,
  disagreements,
};
