import type { Item } from './item.js';
import {
  aboutReport,
  builtIn,
  called,
  figure,
  from,
  judged,
  networkItems,
  notebook,
  read,
  restated,
  section,
  shown,
  table,
  text,
} from './vocabulary.js';

const epochs = Array.from({ length: 18 }, (_, i) => 100 * (i + 1));
const losses =
  '0.0518 0.0310 0.0158 0.0092 0.0066 0.0053 0.0045 0.0038 0.0032 0.0027 0.0023 0.0020 0.0017 0.0015 0.0014 0.0012 ' +
  '0.0011 0.0010';
const norms =
  '0.0428 0.0316 0.0209 0.0122 0.0079 0.0057 0.0048 0.0042 0.0039 0.0142 0.0294 0.0113 0.0103 0.0229 0.0028 0.0058 ' +
  '0.0158 0.0057029';

/** 1.2.2. */
export const gradientNorm: readonly Item[] = section({ prefix: '1.2.2', experiment: 'gradient-norm' }, [
  text.setting('code-file', 'Notebook that the section links to', 'HW1_GradientNorm.ipynb', aboutReport('a file name')),
  text.setting('model-type', 'Kind of network', 'DNN', read('networkKind', 'net')),
  text.setting('function', 'Function', 'sin(5*pi*x)/(5*pi*x)', read('function', 'net'), 'D1'),
  ...networkItems(
    {
      denseLayers: '1',
      activation: 'relu',
      parameters: '1501',
      loss: 'MSELoss',
      learningRate: '1e-3',
      weightDecay: '1e-4',
    },
    { arms: 'net' },
  ),
  notebook.settings('widths', 'Widths, and parameters by tensor', {
    widths: ['1-500-1', read('widths', 'net')],
    parametersByTensor: ['500, 500, 500, 1', read('parametersByTensor', 'net')],
    sum: ['1501', read('parameters', 'net')],
  }),
  notebook.settings('data', 'Training data, and the seed before initialisation', {
    points: ['300', read('points', 'net')],
    batch: ['full', read('batchWord', 'net')],
    seed: ['1', read('seed', 'net')],
  }),
  notebook.setting('max-epochs', 'Largest number of epochs', '2500', read('epochs', 'net'), 'D19'),
  notebook.settings('stop-rule-code', 'When training ends, as in 1.1.1', {
    afterEpoch: ['5', builtIn('src/engine/training/stop-rule.ts')],
    lossBelow: ['0.001', read('lossBelow', 'net')],
    changesBelow: ['1e-5', read('changesBelow', 'net')],
    changes: ['2', builtIn('src/engine/training/stop-rule.ts')],
  }),
  notebook.setting(
    'norm-definition',
    'Norm of the gradient of the data loss over all parameters, before the step',
    'sqrt(sum over all parameters of g^2)',
    called('gradient-norm-100'),
    'D24',
  ),
  notebook.table(
    'log-table',
    'Log of the notebook',
    table(
      epochs.map((epoch) => `epoch ${epoch}`),
      {
        loss: [losses, (row) => from(`loss-${epochs[row]}`, 'net')],
        norm: [norms, (row) => from(`gradient-norm-${epochs[row]}`, 'net')],
      },
    ),
    'D18',
    'D19',
    'from epoch 930 on the norm is in spikes, whose place is rounding noise',
  ),
  text.number('convergence-epoch', 'Epoch of convergence', '1800', from('epochs', 'net'), 'D18'),
  text.number('converged-loss', 'Loss at convergence', '0.0009995186', from('final-loss', 'net'), 'D18'),
  text.number(
    'final-gradient-norm',
    'Norm that is called the final one',
    '0.005702',
    from('gradient-norm-1800', 'net'),
    'D18',
    'cut, not rounded, from 0.0057029',
  ),
  notebook.number('gradient-norm-1800', 'Norm at epoch 1800', '0.0057029', from('gradient-norm-1800', 'net'), 'D18'),
  notebook.number('converged-loss-code', 'Loss at convergence', '0.0009995186', from('final-loss', 'net')),
  text.number('observation-drop-until', 'The norm falls until about', '200', judged('gradient-falls-early')),
  text.number('observation-rise-at', 'The norm rises about', '900', judged('rise-at-900-dip-at-1000'), 'D19'),
  text.number('observation-dip-at', 'The norm dips at', '1000', judged('rise-at-900-dip-at-1000'), 'D19'),
  text.number('observation-trend-until', 'The trend goes on until', '1800', judged('gradient-spikes-late')),
  text.number('observation-loss-drop-until', 'The loss falls fast until', '400', judged('loss-plateaus-late')),
  figure.number('figure-peak-norm', 'Largest norm, at the start, about', '2.55', from('peak-norm', 'net')),
  figure.number('figure-end-epoch', 'Epoch at which the curves end, about', '1865', from('epochs', 'net'), 'D18'),
  notebook.numbers(
    'stop-between',
    'Epochs between which the log ends',
    { after: ['1801', restated('figure-end-epoch')], before: ['1899', restated('figure-end-epoch')] },
    'D18',
  ),
  figure.number('figure-spike-count', 'Spikes of the norm, about', '9', from('spikes', 'net'), 'D19'),
  figure.number('figure-spikes-from', 'Epoch after which they come', '930', restated('figure-gradient-norm'), 'D19'),
  figure.figure(
    'figure-gradient-norm',
    'Gradient norm by epoch',
    'epoch; norm; 1-500-1',
    shown('gradient-norm'),
    'D19',
  ),
  figure.figure('figure-loss', 'Training loss by epoch', 'epoch; mean squared error; 1-500-1', shown('loss')),
  text.claim(
    'claim-convergence',
    'It converged after 1800 epochs.',
    'Post-training the above model for 1800 epoch, convergence was reached with a loss of "0.0009995186"',
    restated('convergence-epoch', 'converged-loss'),
    'D18',
  ),
  text.claim(
    'claim-trained-till',
    'Training lasts until convergence at epoch 1800.',
    'The model is trained till convergence is achieved at epoch no. 1800',
    restated('convergence-epoch'),
    'D18',
  ),
  text.claim(
    'claim-norm-falls',
    'The norm falls drastically until about epoch 200.',
    'till around 200 epochs, we see a drastic loss in gradient values',
    judged('gradient-falls-early'),
  ),
  text.claim(
    'claim-norm-rises',
    'It rises slightly about epoch 900 and dips at 1000.',
    'slight rise at about 900 epoch and later dipping to again at 1000',
    judged('rise-at-900-dip-at-1000'),
    'D19',
  ),
  text.claim(
    'claim-norm-final',
    'The trend goes on to epoch 1800, where the norm has its final value.',
    'This trend follows till epoch no 1800 for the final value of grad "0.005702".',
    judged('gradient-spikes-late'),
    'D18',
  ),
  text.claim(
    'claim-loss-plateau',
    'The loss falls drastically to epoch 400, then levels off.',
    'we see a drastic drop in loss till epoch no. 400 post which the rate of loss drop gradually reduces into ' +
      'a plateau',
    judged('loss-plateaus-late'),
  ),
]);
