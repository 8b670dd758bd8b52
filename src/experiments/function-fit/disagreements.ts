import type { Disagreement } from '../../study/experiment.js';
import { count, fitted } from '../../study/vocabulary/index.js';
import { gridPoints } from './arms.js';

const noHeldOutData: Disagreement = {
  id: 'D5',
  about: 'Weight decay against overfitting',
  written: 'weight decay "prevents the model from overfitting"',
  coded: 'no held-out points: losses and predictions are on the training grid',
  consequence:
    'So its losses show neither overfitting nor the lack of it; here the error is taken on ' +
    `${count(gridPoints)} points as well.`,
};

const convergence = {
  id: 'D3',
  about: 'When a network has converged',
  coded: `loss below ${fitted.below} and two changes in a row below 0.00001, after epoch 5`,
} as const;

/** Where text, code and figures part for the smooth function. */
export const sincDisagreements = (formula: string): readonly Disagreement[] => [
  {
    id: 'D1',
    about: 'Which function',
    written: '"(sin(5x)·π(x))/5π(x)" in the introduction, and "5πx" in a list of functions',
    coded: formula,
    consequence: 'Slips of the pen: the figures are of the formula of the code, and no other is run here.',
  },
  {
    id: 'D2',
    about: 'More layers, sooner converged',
    quantities: ['epochs'],
    written: 'M1 and M2, with more layers, converge quicker: 961 and 857 epochs against 2,186',
    coded:
      'M2 with 4 hidden layers is before M1 with 7; M3 has a learning rate of its own, 0.0011 instead of 0.0012, as ' +
      'the text says',
    consequence:
      "M1's 961 is rounding noise: the same weights and data gave 749 and 946 epochs with two matrix kernels of one " +
      'machine, and 722 to 2,010 over orders of summation. Over the same, M2 stays within 857 to 863 and M3 within ' +
      '2,180 to 2,186; but the seed suits M2: of seeds 1 to 20 it is the 5th soonest, and their median is 7,604.',
  },
  {
    ...convergence,
    written: 'the loss is "almost equal to zero (loss stops dropping further)"',
    consequence: 'A noisy loss that once touches the threshold between two small changes counts as converged.',
  },
  noHeldOutData,
];

/** Where text, code and figures part for the function that jumps. */
export const signSinDisagreements: readonly Disagreement[] = [
  {
    ...convergence,
    quantities: ['epochs', 'm1-epochs-again', 'm2-epochs-again'],
    written: 'only M1, with the most layers, "could reach convergence"',
    consequence:
      "M1's loss is noisy at learning rate 0.009, with spikes up to 0.4: it touches the threshold, it does not " +
      'settle ' +
      'below it. From the start used here PyTorch takes 15,693 epochs for M1. M2 does converge from it, late (epoch ' +
      '23,651): whether a network converges here is decided by its seed and by rounding, so the twins stand beside ' +
      'the number, and the claim asks for the share of seeds.',
  },
  {
    id: 'D4',
    about: 'How alike the predictions are',
    quantities: ['loss', 'm3-loss-again', 'grid-error'],
    written: '"their prediction performance is similar"',
    coded: 'final losses 0.0010, 0.0025 and 0.0893: up to 90 times apart; M3 draws ramps where the target steps',
    consequence: 'M1 was run again after the other two; the text does not say which of its runs it reports.',
  },
  noHeldOutData,
];
