import type { Disagreement } from '../../study/experiment.js';

/** Where text, code and figures of section 1.1.2 part. */
export const disagreements: readonly Disagreement[] = [
  {
    id: 'D6',
    about: 'Learning rate',
    quantities: ['test-accuracy'],
    written: '0.0001',
    coded: '0.001',
    consequence: 'The reported numbers come from 0.001.',
  },
  {
    id: 'D7',
    about: 'CNN-3',
    written: 'kernel 4, 25,550 parameters',
    coded: 'kernel 5, 10 and 15 channels, 25,621 parameters',
    consequence:
      'The text cannot be right: with the stack of CNN-1 and one hidden layer, 25,550 parameters would need 66.92 ' +
      'hidden units.',
  },
  { id: 'D8', about: 'Dropout', written: '0.25 in all three', coded: '0.25 after the first dense layer of CNN-1 only' },
  {
    id: 'D9',
    about: 'The quoted loss',
    quantities: ['last-batch-loss', 'train-loss'],
    written: 'Loss 0.0744, 0.0880, 0.0242',
    coded: 'the last minibatch of epoch 15 (600 images), and a running training accuracy with dropout on',
    consequence: 'One minibatch says little: the mean of the epoch is beside it in the table.',
  },
  {
    id: 'D10',
    about: 'Loss curves',
    written: 'training loss by epoch',
    coded: 'sum of losses / 99 + 1',
    consequence: "The original's curves never go below 1.0. The switch lossCurvePlusOne draws the mean instead.",
  },
  {
    id: 'D11',
    about: 'What differs between the networks',
    quantities: ['test-accuracy'],
    written: 'number of layers only, at a similar number of parameters',
    coded: 'kernel size, channels, dropout and number of parameters differ as well',
    consequence:
      'Depth is confounded. And 98.66 against 98.80 % of 10,000 images is z = 0.9: one seed cannot tell them apart.',
  },
  {
    id: 'D12',
    about: 'What is left out',
    written: 'neither batch size nor number of epochs; accuracy axes labelled "Function" and "Target"',
    coded: 'batches of 600, 15 epochs',
  },
];
