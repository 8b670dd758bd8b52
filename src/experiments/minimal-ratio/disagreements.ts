import type { Disagreement } from '../../study/experiment.js';

/** Where text, code and figures of section 1.2.3 part: the section in which least is as it seems. */
export const disagreements: readonly Disagreement[] = [
  {
    id: 'D20',
    about: 'Network',
    written: '1,501 parameters (500 hidden units)',
    coded: "128 hidden units in the notebook; the figure's ratios are multiples of 1/40, so 20 units",
  },
  {
    id: 'D21',
    about: 'What is minimised',
    quantities: ['first-loss', 'final-loss'],
    written: 'the mean squared error, with Adam',
    coded: 'the gradient of the loss is thrown away and that of the sum of the outputs is stepped on',
    consequence: 'The loss rises: 0.18 to 2.55 in 100 epochs of the notebook. Switch: stepOnWrongGradient.',
  },
  {
    id: 'D22',
    about: 'Hessian',
    quantities: ['final-ratio', 'minimalRatio', 'nNegative'],
    written: 'minimal ratio',
    coded: 'the Gauss-Newton matrix of each weight matrix by itself, without biases, in float32',
    consequence:
      'It cannot have negative eigenvalues: the ratio counts the rounding noise of zero ones. Switch: ' +
      'gaussNewtonByLayer.',
  },
  {
    id: 'D23',
    about: 'Adding up',
    written: 'not mentioned',
    coded: 'matrices are added up over all epochs and samples, and never reset',
    consequence: 'A point stands for all epochs before it. Switch: accumulateOverEpochs.',
  },
  {
    id: 'D24',
    about: 'Gradient norm',
    written: 'not mentioned',
    coded: 'the mean of the norms of the two weight matrices; in 1.2.2 it is the norm over all parameters',
    consequence: 'Switch: meanOfWeightNorms.',
  },
  {
    id: 'D25',
    about: 'Almost zero',
    quantities: ['gradNorm'],
    written: 'the gradient is almost zero',
    coded: 'nothing drives it there: its norm is 6.8 to 23.6',
  },
  {
    id: 'D26',
    about: 'Axes',
    written: 'x "loss", y "minimal ratio"',
    coded: 'scatter(ratio, loss): the labels are exchanged',
    consequence: 'Switch: swapAxes.',
  },
  {
    id: 'D27',
    about: 'Number of trainings',
    written: 'trained for 100 epochs; the assignment asks for 100 trainings',
    coded: 'one run, one point an epoch, of an object that was left from an earlier cell',
    consequence: 'The points are one path and not 100 independent ends.',
  },
];
