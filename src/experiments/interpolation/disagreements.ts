import type { Disagreement } from '../../study/experiment.js';

const retrained: Disagreement = {
  id: 'D36',
  about: 'What is measured on the line',
  quantities: ['test-loss-2', 'barrier'],
  written: '"All of these models are trained once"',
  coded: 'each of the 31 networks is trained for an epoch before it is tested',
  consequence:
    'The curve is no slice of the loss: an epoch mends most of what interpolation broke. Switch: ' +
    'retrainAfterInterpolation.',
};
const runningCurve: Disagreement = {
  id: 'D37',
  about: 'Training curve',
  written: 'loss and accuracy of training and testing by alpha',
  coded: 'training: running mean during that epoch; testing: after it',
  consequence: 'The two curves are of different networks. Switch: runningTrainCurve.',
};
const epochs: Disagreement = {
  id: 'D39',
  about: 'Epochs of the ends',
  quantities: ['end-train-loss', 'curve-last'],
  written: '15',
  coded: '15 for the loss curve, 5 for the networks that were interpolated',
};

/** Where text, code and figures of the first half of section 1.3.3 part. */
export const batchDisagreements: readonly Disagreement[] = [
  retrained,
  runningCurve,
  { id: 'D38', about: 'Batches after interpolation', written: 'training 100, testing 64', coded: '500 and 500' },
  epochs,
  {
    id: 'D40',
    about: 'Better from 0.5 to 1.5',
    quantities: ['test-loss-0.53', 'test-loss-0.93', 'test-loss-1.6'],
    written: '"for alpha value between 0.5 to 1.5, it improves"',
    coded: 'test loss rises all the way from alpha -0.13 to 2, in the figure and in the log',
  },
  {
    id: 'D42',
    about: 'Initial values',
    quantities: ['barrier'],
    written: 'not mentioned',
    coded:
      'the same for both ends; at equal epochs batches of 64 take 938 updates an epoch and batches of 1000 take 60',
    consequence: 'Flatness is mixed up with both ends lying in one valley. Switch: sharedInitialisation.',
  },
];

/** Where text, code and figures of the second half of section 1.3.3 part. */
export const rateDisagreements: readonly Disagreement[] = [
  retrained,
  runningCurve,
  {
    id: 'D38',
    about: 'Batches after interpolation',
    quantities: ['test-loss--2', 'figure-test-loss--2'],
    written: 'training 100, testing 100',
    coded: '100 in the version that drew the figure, 1000 in the one that was saved',
  },
  epochs,
  {
    id: 'D41',
    about: 'The end at learning rate 0.001',
    quantities: ['end-train-loss'],
    written: 'both ends are trained',
    coded:
      'the optimizer was bound to the last interpolated network: the first end did not move (a level line at ' +
      '0.0047) and kept 15 epochs, beside a fresh end of 5',
    consequence: 'Unequal training is part of the curve. Switch: staleOptimizer.',
  },
  {
    id: 'D43',
    about: 'Weight decay',
    written: '15 epochs, weight decay 1e-4, learning rate 0.0015, once for both halves',
    coded: 'none in this half',
  },
];
