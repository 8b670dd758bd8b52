import type { Disagreement } from '../../study/experiment.js';

/** Where text, code and figures of section 1.2.1 part. */
export const disagreements: readonly Disagreement[] = [
  {
    id: 'D13',
    about: 'How many weights',
    written: '397,510 parameters in the settings, 417,500 weights in the observation',
    coded: 'the tables hold 5,000 weights: those of the last layer, each layer written over the one before',
    consequence:
      '417,500 are the weights of another network, 784-500-50-10. The switch lastLayerOnly takes all weights instead.',
  },
  {
    id: 'D14',
    about: 'Batch size',
    written: 'not given',
    coded: '100 for the tables, 1000 for the figures',
    consequence:
      'Here it is 100 for the network of the text: the first accuracies of the table can be met with it. The network ' +
      'of the figures is run in batches of 1000.',
  },
  {
    id: 'D15',
    about: '"PCA for Layer 1"',
    written: 'layer 1',
    coded:
      'the first 7,840 columns: 10 of 500 hidden units, in every epoch; an older version of the code draws the 8 ' +
      'points of epoch 1',
    consequence: 'The figure shows 2 % of the layer. The switch tenUnitsOnly takes all of it.',
  },
  {
    id: 'D16',
    about: 'Order of steps',
    quantities: ['explained1', 'explained2'],
    written: 'every third epoch is taken, then components are found',
    coded: 'components of all epochs, then every third is drawn',
  },
  {
    id: 'D17',
    about: 'Eight runs',
    quantities: ['ends-apart'],
    written: 'the model is trained eight times; the notebook that is linked was deleted',
    coded: 'the notebook that is left sets the seed inside the loop: its eight runs are the same run, to 17 digits',
    consequence:
      'The switch seedResetInLoop makes the eight runs one. Accuracies are means of running accuracies, so low for ' +
      'early epochs (82.9 % in the first).',
  },
  {
    id: 'D49',
    about: 'Where a run starts',
    quantities: ['printed-misfit'],
    written: 'nothing of it; the rows of the last run are printed',
    coded:
      'each run starts in the stream of random numbers where the one before stopped, and a test at its end takes one ' +
      'number of 64 bits from that stream: the seed of the loader of the test images',
    consequence:
      'Run 7 starts 14 draws later than without tests. So started it comes to lie by the printed weights and points; ' +
      'started without, it is another run. The printed tables are held against runs with tests; what is judged has ' +
      'none in between. Measured with tests, and without.',
  },
];
