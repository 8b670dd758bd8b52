import type { Disagreement } from '../../study/experiment.js';

/** Where text, code and figures of section 1.2.2 part. */
export const disagreements: readonly Disagreement[] = [
  {
    id: 'D18',
    about: 'Where it converged',
    quantities: ['epochs', 'loss-before-end', 'gradient-norm-1800'],
    written: 'convergence at epoch 1800, final gradient norm 0.005702',
    coded: 'training goes on to between epochs 1801 and 1899; 0.0057029 is the line of the log at epoch 1800',
    consequence:
      "The figure ends at about 1865, and PyTorch from the original's start converges at 1869. At epoch 1800 " +
      'the loss is still above the threshold: it is the last line that the log prints, not the end.',
  },
  {
    id: 'D19',
    about: 'A rise at 900 and a dip at 1000',
    quantities: ['gradient-norm-900', 'gradient-norm-1000', 'gradient-norm-1100', 'spikes', 'spikes-tall'],
    written: '"slight rise at about 900 epoch and later dipping to again at 1000th epoch"',
    coded: 'the log has its low at 900 (0.0039) and is high at 1000 and 1100 (0.0142, 0.0294)',
    consequence:
      'The figure shows about nine spikes after epoch 930; the text says that the trend goes on to epoch 1800. ' +
      'Places and heights of spikes are rounding noise: see the twins. How many there are depends on how tall ' +
      'one must be to count. The text leaves out the limit of 2,500 epochs.',
  },
];
