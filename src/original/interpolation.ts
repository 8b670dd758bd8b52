import type { Item } from './item.js';
import {
  aboutReport,
  builtIn,
  called,
  type Draft,
  figure,
  from,
  judged,
  networkItems,
  noEffect,
  notebook,
  older,
  read,
  restated,
  section,
  shown,
  switched,
  table,
  text,
} from './vocabulary.js';

const alphas = ['-2', '-1.07', '-0.13', '0', '0.13', '0.53', '0.93', '1.07', '1.6', '2'];
const line = { 'as-intended': 'line-shared' } as const;

/** What both halves of 1.3.3 say alike; the two ends come first. */
const sharedDrafts = (ends: readonly [string, string], olderLine?: string): readonly Draft[] => [
  text.setting(
    'code-file',
    'Notebook that the section links to',
    'HW1.3_FlatnessVSGenP1.ipynb',
    aboutReport('a file name'),
  ),
  text.number('model-count', 'Networks at the ends', '2', read('networks', ends)),
  text.setting('model-type', 'Kind of network', 'DNN', read('networkKind', ends)),
  text.setting('data', 'Data', 'MNIST', read('data', ends)),
  text.number('new-models', 'Networks between and beyond the ends', '31', read('alphaCount', 'alpha0', line)),
  text.setting(
    'trained-after',
    'The networks on the line are trained once more',
    'trained once',
    switched('retrainAfterInterpolation'),
    'D36',
  ),
  text.claim(
    'claim-test-too',
    'Loss and accuracy are taken on test data as well.',
    'Similarly, we perform loss and accuracy on the test data set and collect these data.',
    restated('figure-alpha'),
    'D37',
  ),
  figure.figure(
    'figure-alpha',
    'Loss and accuracy by alpha',
    'alpha; cross-entropy, accuracy; train (dashed), test (solid)',
    shown('line', { 'as-intended': 'line-shared', ...(olderLine && { 'other-version': olderLine }) }),
    'D36',
    'D37',
  ),
];

const noBatch = noEffect('a test loss is a mean over all test images, however many are read at once');
const running = (readonlyTest: string) => ({
  train: ['running mean during the epoch', switched('runningTrainCurve')] as const,
  test: ['after the epoch', called(readonlyTest)] as const,
});

const batchEnds = ['batch64', 'batch1000'] as const;
const batchLine = (row: number) => from(`test-loss-${alphas[row]}`, `alpha${nearest[row]}`);
/** Places of these alphas among 31. */
const nearest = [0, 7, 14, 15, 16, 19, 22, 23, 27, 30];

/** 1.3.3, the half on batch size. */
export const interpolationBatch: readonly Item[] = section(
  { prefix: '1.3.3-batch', name: '1.3.3 batch', experiment: 'interpolation-batch' },
  [
    ...sharedDrafts(batchEnds),
    text.setting('batch-1', 'Batch of the first end', '64', read('batchSize', 'batch64')),
    text.setting('batch-2', 'Batch of the second end', '1000', read('batchSize', 'batch1000')),
    ...networkItems(
      {
        denseLayers: '1',
        activation: 'relu',
        parameters: '397510',
        loss: 'CrossEntropyLoss',
        learningRate: '0.0015',
        weightDecay: '1e-4',
      },
      { arms: batchEnds, marks: { 'learning-rate': 'D43', 'weight-decay': 'D43' } },
    ),
    text.setting('max-epochs', 'Largest number of epochs', '15', read('epochs', batchEnds), 'D39'),
    text.setting('alpha-count', 'Values of alpha', '31', read('alphaCount', 'alpha0', line)),
    text.settings('alpha-range', 'Range of alpha', {
      from: ['-2.0', read('alphaFrom', 'alpha0', line)],
      to: ['2.0', read('alphaTo', 'alpha0', line)],
    }),
    text.setting(
      'interpolation-formula',
      'Interpolation',
      '(1-alpha)*batch1_param + alpha*batch2_param',
      builtIn('src/tasks/initial-parameters.ts'),
    ),
    text.setting('test-batch', 'Test batch on the line', '64', noBatch, 'D38'),
    text.setting('train-batch', 'Training batch on the line', '100', read('batchSize', 'alpha0'), 'D38'),
    notebook.settings(
      'widths-code',
      'Widths, and the seed of both ends',
      { widths: ['784-500-10', read('widths', batchEnds)], seed: ['1', read('seed', batchEnds)] },
      'D42',
    ),
    notebook.settings('endpoints-code', 'Ends as coded', {
      batch: ['64, 1000', read('batchSize', batchEnds)],
      learningRate: ['0.0015', read('learningRate', batchEnds)],
      weightDecay: ['1e-4', read('weightDecay', batchEnds)],
    }),
    notebook.setting('epochs-code', 'Epochs of the ends on the line', '5', read('epochs', batchEnds), 'D39'),
    notebook.settings('alpha-code', 'Values of alpha as coded', {
      from: ['-2', read('alphaFrom', 'alpha0', line)],
      to: ['2', read('alphaTo', 'alpha0', line)],
      count: ['31', read('alphaCount', 'alpha0', line)],
      step: ['0.1333', read('alphaStep', 'alpha0', line)],
    }),
    notebook.settings(
      'retraining-code',
      'How the networks on the line are trained once more',
      {
        epochs: ['1', read('epochs', 'alpha0')],
        learningRate: ['4e-4', read('learningRate', 'alpha0')],
        weightDecay: ['1e-4', read('weightDecay', 'alpha0')],
        batch: ['500', read('batchSize', 'alpha0')],
        testBatch: ['500', noBatch],
      },
      'D36',
      'D38',
    ),
    notebook.setting('steps-per-epoch-code', 'Updates an epoch', '938, 60', read('stepsPerEpoch', batchEnds), 'D42'),
    notebook.settings('train-curve-code', 'Training and test curve', running('test-loss-0'), 'D37'),
    notebook.table(
      'test-loss-table',
      'Test loss by alpha',
      table(
        alphas.map((alpha) => `alpha ${alpha}`),
        {
          'test loss': ['0.1725 0.0857 0.0518 0.0520 0.0530 0.0696 0.0982 0.1041 0.1256 0.1746', batchLine],
        },
      ),
      'D36',
      'D40',
      'alphas are rounded: multiples of 2/15',
    ),
    notebook.number(
      'test-accuracy-alpha-2',
      'Test accuracy at alpha 2, %',
      '94.77',
      from('test-accuracy-2', 'alpha30'),
    ),
    figure.table(
      'train-loss-ends-figure',
      'Training loss of the ends, first and last of 15 epochs',
      {
        'batch 64, first': ['0.23', from('curve-first', 'batch64', { 'other-version': 'batch64-15' })],
        'batch 64, last': ['0.023', from('curve-last', 'batch64', { 'other-version': 'batch64-15' })],
        'batch 1000, first': ['0.57', from('curve-first', 'batch1000', { 'other-version': 'batch1000-15' })],
        'batch 1000, last': ['0.033', from('curve-last', 'batch1000', { 'other-version': 'batch1000-15' })],
      },
      'D39',
    ),
    figure.figure(
      'figure-train-loss',
      'Training loss of the ends by epoch',
      'epoch; cross-entropy; batch 64, batch 1000',
      shown('train-loss', { 'other-version': 'train-loss-15' }),
      'D39',
    ),
    text.claim(
      'claim-design',
      'Two networks that differ in their batch.',
      'we create 2 DNN models having the same structure but varying the values of the training batch size',
      read('batchSize', batchEnds),
    ),
    text.claim(
      'claim-alpha-set',
      '31 values between -2 and 2.',
      'we create a set of 31 nos between -2.0 to 2.0 as the values of alpha',
      restated('alpha-count', 'alpha-range'),
    ),
    text.claim(
      'claim-31-models',
      'The vectors become 31 networks.',
      'use the resultant vector to be converted as the parameters to be inserted in the model to generate 31 ' +
        'new models',
      restated('new-models'),
    ),
    text.claim(
      'claim-trained-once',
      'They are trained once before measuring.',
      'All of these models are trained once, and their loss and accuracy are captured.',
      restated('trained-after'),
      'D36',
    ),
    text.claim(
      'claim-vectors',
      'Parameters are taken as vectors.',
      'we extract the parameters of the said models in vector format and assign them to the values of ' +
        'batch1_param and batch2_param',
      restated('interpolation-formula'),
    ),
    text.claim(
      'claim-near-0',
      'Best near alpha 0.',
      'by the models developed by different batch no, we can observe that as the alpha approaches 0.0, the ' +
        "model's performance increases with both lower loss and higher accuracy",
      judged('interpolation-batch-shape'),
      'D36',
    ),
    text.claim(
      'claim-0-to-0.5',
      'A little worse from 0 to 0.5.',
      'as the alpha value increases from 0.0 to 0.5, it decreases a bit',
      judged('interpolation-batch-shape'),
    ),
    text.claim(
      'claim-0.5-to-1.5',
      'Better from 0.5 to 1.5.',
      'for alpha value between 0.5 to 1.5, it improves',
      judged('interpolation-batch-shape'),
      'D40',
    ),
    text.claim(
      'claim-1.5-to-2',
      'Steep decline from 1.5 to 2.',
      'steep decline in its performance from an alpha value between 1.5-2.0',
      judged('interpolation-batch-shape'),
    ),
    text.number(
      'observation-alphas',
      'Turning points of the observation',
      '0.0, 0.5, 1.5, 2.0',
      judged('interpolation-batch-shape'),
      'D40',
    ),
  ],
);

const rateEnds = ['rate1e-3', 'rate1e-2'] as const;

/** 1.3.3, the half on learning rate. */
export const interpolationRate: readonly Item[] = section(
  { prefix: '1.3.3-rate', name: '1.3.3 rate', experiment: 'interpolation-rate' },
  [
    ...sharedDrafts(rateEnds, 'line-figure'),
    text.setting('rate-1', 'Learning rate of the first end', '1e-3', read('learningRate', 'rate1e-3')),
    text.setting('rate-2', 'Learning rate of the second end', '1e-2', read('learningRate', 'rate1e-2')),
    text.setting(
      'same-model',
      'Data and network',
      'as batch arm',
      restated('dense-layers', 'activation', 'parameters', 'loss', 'data'),
      'D43',
    ),
    ...networkItems(
      { denseLayers: '1', activation: 'relu', parameters: '397510', loss: 'CrossEntropyLoss', weightDecay: '1e-4' },
      { arms: rateEnds, marks: { 'weight-decay': 'D43' } },
    ),
    text.setting('max-epochs', 'Largest number of epochs (inherited)', '15', read('epochs', rateEnds), 'D39'),
    text.settings('alpha-values', 'Values of alpha', {
      count: ['31', read('alphaCount', 'alpha0', line)],
      from: ['-2.0', read('alphaFrom', 'alpha0', line)],
      to: ['2.0', read('alphaTo', 'alpha0', line)],
    }),
    text.setting('test-batch', 'Test batch on the line', '100', noBatch, 'D38'),
    text.setting('train-batch', 'Training batch on the line', '100', read('batchSize', 'alpha0'), 'D38'),
    text.setting('retraining-rate', 'Learning rate on the line', '1e-3', read('learningRate', 'alpha0')),
    notebook.settings(
      'endpoints-code',
      'Ends as coded',
      {
        learningRate: ['0.001, 0.01', read('learningRate', rateEnds)],
        batch: ['64', read('batchSize', rateEnds)],
        batchInComment: ['600', noEffect('a comment that the code does not follow')],
        weightDecay: ['0', read('weightDecay', rateEnds)],
        seed: ['1', read('seed', rateEnds)],
      },
      'D42',
      'D43',
    ),
    older.setting(
      'epochs-figure',
      'Epochs of the ends of the figure',
      '15',
      read('epochs', rateEnds, { 'other-version': ['rate1e-3', 'rate1e-2-figure'] }),
      'D39',
    ),
    notebook.setting(
      'epochs-code',
      'Epochs of the ends in the last notebook',
      '5',
      read('epochs', 'rate1e-2'),
      'D39',
      'D41',
      'the first end kept 15',
    ),
    notebook.settings(
      'retraining-code',
      'How the networks on the line are trained once more, in the last notebook',
      {
        epochs: ['1', read('epochs', 'alpha0')],
        learningRate: ['1e-3', read('learningRate', 'alpha0')],
        batch: ['1000', read('batchSize', 'alpha0')],
        testBatch: ['1000', noBatch],
      },
      'D36',
      'D38',
    ),
    older.settings(
      'retraining-figure',
      'The same in the version that drew the figure',
      {
        epochs: ['1', read('epochs', 'alpha0', { 'other-version': 'figure-alpha0' })],
        learningRate: ['1e-3', read('learningRate', 'alpha0', { 'other-version': 'figure-alpha0' })],
        batch: ['100', read('batchSize', 'alpha0', { 'other-version': 'figure-alpha0' })],
        testBatch: ['100', noBatch],
      },
      'D36',
      'D38',
    ),
    notebook.settings('train-curve-code', 'Training and test curve', running('test-loss-0'), 'D37'),
    notebook.table(
      'test-loss-table',
      'Test loss by alpha, last notebook',
      table(
        alphas.map((alpha) => `alpha ${alpha}`),
        {
          'test loss': ['171.7 21.7 0.1425 0.0773 0.0617 0.0721 0.1132 0.136 0.2920 0.4911', batchLine],
        },
      ),
      'D41',
      'alphas are rounded: multiples of 2/15',
    ),
    notebook.number(
      'test-accuracy-alpha-2',
      'Test accuracy at alpha 2, %, last notebook',
      '96.66',
      from('test-accuracy-2', 'alpha30'),
      'D41',
    ),
    older.table(
      'test-loss-figure',
      'Test loss by alpha in the version that drew the figure',
      {
        'alpha -2': ['44.5', from('figure-test-loss--2', undefined, { 'other-version': 'figure-alpha0' })],
        'alpha -1.87': ['36.4', from('figure-test-loss--1.87', undefined, { 'other-version': 'figure-alpha1' })],
      },
      'D39',
    ),
    older.number(
      'test-accuracy-alpha-minus-2-figure',
      'Test accuracy at alpha -2 in that version, %, about',
      '83',
      from('figure-test-accuracy--2', undefined, { 'other-version': 'figure-alpha0' }),
    ),
    notebook.number(
      'flat-train-loss-code',
      'Level training loss of the first end in the last notebook',
      '0.0047',
      from('end-train-loss', 'rate1e-3'),
      'D41',
    ),
    notebook.number(
      'execution-counts-code',
      'Executions of cells from which the stale optimizer is told',
      '49, 51, 59, 60',
      switched('staleOptimizer'),
      'D41',
    ),
    figure.table('train-loss-ends-figure', 'Training loss of the ends, first and last epoch', {
      'rate 1e-3, first': ['0.258', from('curve-first', 'rate1e-3')],
      'rate 1e-3, last': ['0.006', from('curve-last', 'rate1e-3')],
      'rate 1e-2, first': ['0.22', from('curve-first', undefined, { 'other-version': 'rate1e-2-figure' })],
      'rate 1e-2, last': ['0.062', from('curve-last', undefined, { 'other-version': 'rate1e-2-figure' })],
    }),
    figure.figure(
      'figure-train-loss',
      'Training loss of the ends by epoch',
      'epoch; cross-entropy; learning rate 1e-3, learning rate 1e-2',
      shown('train-loss', { 'other-version': 'train-loss-15' }),
      'D39',
    ),
    text.claim(
      'claim-design',
      'Two learning rates instead of two batch sizes.',
      'instead of different batch sizes, we are training the model with different learning rates',
      restated('rate-1', 'rate-2'),
      'D43',
    ),
    text.claim(
      'claim-31-models',
      '31 further networks.',
      'The same alpha values generate 31 different parameter values inserted into the model to develop 31 models.',
      restated('new-models'),
    ),
    text.claim(
      'claim-trained-once',
      'They are trained once before measuring.',
      'And these models are trained once, and their loss and accuracy are captured.',
      restated('trained-after'),
      'D36',
    ),
    text.claim(
      'claim-vectors',
      'Parameters are taken as vectors.',
      'we perform the same operation of extracting the vectors of the two differently trained models',
      restated('1.3.3-batch-interpolation-formula'),
    ),
    text.number(
      'observation-alpha',
      'Alpha at which the observation sees the best',
      '0.0',
      judged('interpolation-rate-best-near-0', 'interpolation-rate-best-near-0-figure'),
    ),
    text.claim(
      'claim-near-0',
      'Best near alpha 0.',
      'by the models generated by different learning rates, we can observe that as the alpha approaches 0.0, ' +
        "the model's performance increases with both lower loss and higher accuracy",
      judged('interpolation-rate-best-near-0', 'interpolation-rate-best-near-0-figure'),
      'D36',
    ),
    text.claim(
      'claim-stable',
      'Good and stable beyond.',
      'In this case, it stays relatively stable with good performance.',
      judged('interpolation-rate-stable-after', 'interpolation-rate-stable-after-figure'),
      'D41',
    ),
    text.claim(
      'claim-interpolates',
      'Learning interpolates between data points.',
      'Hence we can state machine learning algorithms interpolates between the datapoints',
      aboutReport('it does not follow from interpolating parameters, and nothing in the section looks at data points'),
      'D36',
    ),
    text.claim(
      'claim-memorises',
      'With more parameters than data, the data are memorised.',
      'if we have more parameters than data, it will start memorize the data and interpolate between them',
      restated('1.3.1-claim-can-learn'),
    ),
  ],
);
