import type { Disagreement } from '../../study/experiment.js';

/** Where text, code and figures of section 1.3.2 part. */
export const disagreements: readonly Disagreement[] = [
  {
    id: 'D32',
    about: 'Networks',
    written: '10 CNNs with two convolutions (kernel 4), two dense layers and 25,550 parameters',
    coded: 'ten networks 784-h-10 without convolution',
    consequence: 'The settings of 1.1.2 were copied. The ten numbers of parameters are 795 h + 10.',
  },
  {
    id: 'D33',
    about: 'Learning rate, dropout',
    quantities: ['test-accuracy'],
    written: '0.0001 and 0.25',
    coded: '0.001; dropout is defined and not used; no weight decay',
  },
  {
    id: 'D34',
    about: 'Epochs',
    written: 'not given',
    coded: '10 (num_epochs); a max_epochs of 15 is not used',
  },
  {
    id: 'D35',
    about: 'Overfitting',
    quantities: ['test-loss', 'noisy-test-loss'],
    written: 'testing plateaus before training "due to overfitting"',
    coded:
      'test loss falls with size to the end (but for 834,760 parameters), and no network reaches 100 % training ' +
      'accuracy',
    consequence:
      'Ten epochs on 60,000 clean images leave no network with all of them right, so neither overfitting by size nor ' +
      'double descent would show: see as intended.',
  },
];
