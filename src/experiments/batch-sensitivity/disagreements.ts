import type { Disagreement } from '../../study/experiment.js';

/** Where text, code and figures of section 1.3.4 part. */
export const disagreements: readonly Disagreement[] = [
  {
    id: 'D44',
    about: 'Sensitivity',
    quantities: ['sensitivity', 'probabilitiesTest'],
    written: "the model's sensitivity",
    coded:
      'norm of the gradient by the parameters (mean of four tensors) of the current minibatch, averaged over all ' +
      'steps; the gradient by the images is switched on too late to have an effect',
    consequence:
      'The norm of a minibatch gradient falls with batch size by averaging already, and rises again from 1135 to ' +
      '1510. Switch: parameterGradientSensitivity.',
  },
  {
    id: 'D45',
    about: 'Flatness',
    quantities: ['sharpness'],
    written: 'the part is called flatness against generalisation',
    coded: 'nothing is measured at the minimum',
    consequence: 'Sharpness at the end of training is measured here, as intended.',
  },
  {
    id: 'D46',
    about: 'Training worse than testing',
    quantities: ['train-accuracy', 'test-accuracy'],
    written: 'train and test loss by batch size',
    coded: 'training: mean from step 1 of epoch 1 on; testing: at the end',
    consequence: 'Training looks worse than testing at every size. Switch: runningTraining.',
  },
  {
    id: 'D47',
    about: 'Printed training loss',
    written: 'not mentioned',
    coded: 'sum / i + 1, so 1 too high (printed, not drawn); a function called minScore takes a mean',
  },
  {
    id: 'D48',
    about: 'Equal epochs',
    quantities: ['test-accuracy', 'test-accuracy-updates'],
    written: '"for the same no. of epochs"',
    coded: '5 epochs are 30,000 updates in batches of 10 and 200 in batches of 1510',
    consequence: 'A difference of 150 times in updates: see equal updates, as intended.',
  },
];
