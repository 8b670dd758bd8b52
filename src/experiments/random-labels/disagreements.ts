import type { Disagreement } from '../../study/experiment.js';

/** Where text, code and figures of section 1.3.1 part. */
export const disagreements: readonly Disagreement[] = [
  {
    id: 'D28',
    about: 'Training loss 0.0588',
    quantities: ['train-loss', 'step-loss-1000', 'train-accuracy'],
    written: '"at the end of 1000 epoch ... train loss value of 0.0588"',
    coded:
      'the loss of one minibatch of 100 (step 501 of 600), neighbours between 0.03 and 0.11; the figure draws the ' +
      'last minibatch of each epoch',
    consequence:
      'Training accuracy is computed and not reported: that the labels are learnt by heart is not shown. Switch: ' +
      'quoteLastBatch.',
  },
  {
    id: 'D29',
    about: 'Random labels',
    quantities: ['test-loss-1000'],
    written: 'labels are randomised',
    coded: 'drawn without a seed',
    consequence:
      'The run cannot be repeated; here the labels have a seed. Other draws of them, all else the same, show how far ' +
      'its numbers depend on the draw.',
  },
  {
    id: 'D30',
    about: 'Settings',
    written: 'no batch size; epochs in the observation alone',
    coded: 'batches of 100; a first attempt with a CNN stalled after 998 epochs and was dropped',
  },
  {
    id: 'D31',
    about: 'Test loss of 10.7',
    quantities: ['test-accuracy'],
    written: 'the model performs poorly against test data',
    coded: 'test accuracy 9.92 %: a guess',
    consequence:
      'No other outcome is possible with random labels. What tells something is the run with true labels, which is ' +
      'missing: it stands beside the original at full size.',
  },
];
