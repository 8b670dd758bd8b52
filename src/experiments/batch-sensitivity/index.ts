import type { Experiment, Protocol } from '../../study/experiment.js';
import { switchable } from '../../study/vocabulary/index.js';
import { ids } from './arms.js';
import { codedBugs } from './bugs.js';
import { claims } from './claims.js';
import { disagreements } from './disagreements.js';
import { intendedFigures, sensitivityFigures } from './figures.js';
import { codedPresets, intendedPresets } from './presets.js';
import { codedQuantities, intendedQuantities } from './quantities.js';

const asCoded = switchable(codedBugs, (on) => ({
  id: 'as-coded',
  note:
    '784-500-10, Adam at 0.001 with weight decay 1e-4, 5 epochs at each of five batch sizes (30,000 to 200 updates), ' +
    'the seed set anew before each. "Sensitivity" is the mean over the four tensors of the norm of the gradient of ' +
    'each minibatch, averaged over all steps of training.',
  presets: codedPresets(!on.parameterGradientSensitivity),
  figures: sensitivityFigures(ids, on),
  quantities: codedQuantities(on),
}));

const asIntended: Protocol = {
  id: 'as-intended',
  note:
    'Sensitivity is the Frobenius norm of the Jacobian of the trained network by its input, on test images (Novak et ' +
    'al. 2018): of probabilities and of logits. The five batch sizes at equal epochs, at equal updates (those of one ' +
    'epoch in batches of 10) and with a learning rate scaled by the root of the batch size; other learning rates and ' +
    'widths beside them; sharpness at the end.',
  presets: intendedPresets,
  figures: intendedFigures,
  quantities: intendedQuantities,
};

/** 1.3.4: is a network that answers less to its inputs one that generalises better? */
export const batchSensitivity: Experiment = {
  id: 'batch-sensitivity',
  section: '1.3.4',
  title: 'Flatness against generalisation, part 2: batch size and sensitivity',
  question:
    'What does the batch size do to accuracy and to sensitivity, and does sensitivity tell how well a network ' +
    'generalises?',
  protocols: [asCoded, asIntended],
  claims,
  disagreements,
};
