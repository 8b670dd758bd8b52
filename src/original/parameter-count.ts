import type { Item } from './item.js';
import {
  aboutReport,
  builtIn,
  called,
  figure,
  from,
  judged,
  networkItems,
  noEffect,
  notebook,
  outside,
  read,
  section,
  shown,
  table,
  text,
} from './vocabulary.js';

const hidden = [50, 100, 250, 500, 550, 750, 1000, 1050, 1500, 2000];
const arms = hidden.map((h) => `h${h}`);
const longArms = hidden.map((h) => `long${h}`);
const intended = { 'as-intended': longArms };
const parameters = '39760 79510 198760 397510 437260 596260 795010 834760 1192510 1590010';
const results = {
  trainAccuracy: '95.585 96.748 98.023 98.773 98.838 99.045 99.293 99.358 99.523 99.658',
  testAccuracy: '95.23 96.44 97.25 97.62 97.72 97.98 97.97 97.82 98.13 98.16',
  testLoss: '0.1608 0.1240 0.0886 0.0744 0.0708 0.0663 0.0630 0.0650 0.0600 0.0583',
  trainLoss: '0.155 0.115 0.073 0.046 0.043 0.036 0.028 0.028 0.021 0.016',
} as const;

const rows = hidden.map((h) => `h ${h}`);
const one = (row: number) => ({ 'as-intended': longArms[row]! });
const sized = (quantity: string) => (row: number) => from(quantity, arms[row]!, one(row));
const advice = outside('an advice that follows from no number of the section');

/** 1.3.2. */
export const parameterCount: readonly Item[] = section({ prefix: '1.3.2', experiment: 'parameter-count' }, [
  text.setting(
    'code-file',
    'Notebook that the section links to',
    'HW1.3_No_of_ParamVSGenP0.ipynb',
    aboutReport('a file name'),
  ),
  text.number('model-count', 'Networks', '10', read('networks', arms, intended)),
  text.setting('model-type', 'Kind of network', 'CNN', read('networkKind', arms, intended), 'D32'),
  text.setting(
    'parameters-list',
    'Parameters of the ten',
    parameters.replaceAll(' ', ', '),
    read('parameters', arms, intended),
    'D32',
  ),
  text.setting('conv-layers', 'Convolutions', '2', read('convolutions', arms, intended), 'D32'),
  text.setting('kernel', 'Kernel', '4', read('kernels', arms, intended), 'D32'),
  text.settings(
    'pooling',
    'Max pooling',
    {
      poolSize: ['2', read('pools', arms, intended)],
      stride: ['2', builtIn('src/engine/layers/max-pool2d/kind.ts')],
    },
    'D32',
  ),
  ...networkItems(
    {
      denseLayers: '2',
      activation: 'relu',
      parameters: '25550',
      loss: 'CrossEntropyLoss',
      learningRate: '0.0001',
    },
    {
      arms,
      others: intended,
      marks: { 'dense-layers': 'D32', parameters: 'D32', 'learning-rate': 'D33' },
    },
  ),
  text.setting('dropout', 'Dropout', '0.25', read('dropout', arms, intended), 'D33'),
  notebook.settings(
    'widths-code',
    'Networks as coded, 784-h-10',
    table(rows, { parameters: [parameters, (row) => read('parameters', arms[row]!, one(row))] }),
    'D32',
  ),
  notebook.setting(
    'learning-rate-code',
    'Learning rate as coded',
    '0.001',
    read('learningRate', arms, intended),
    'D33',
  ),
  notebook.setting('weight-decay-code', 'Weight decay as coded', '0', read('weightDecay', arms, intended), 'D33'),
  notebook.setting(
    'dropout-code',
    'Dropout as coded: 0.25 is set and not used',
    '0',
    read('dropout', arms, intended),
    'D33',
  ),
  notebook.setting('batch-code', 'Training batch', '600', read('batchSize', arms, intended)),
  notebook.setting(
    'test-batch-code',
    'Test batch',
    '100',
    noEffect('a test accuracy is a count over all test images, however many are read at once'),
  ),
  notebook.settings(
    'epochs-code',
    'Epochs as coded, and a number that is not used',
    { used: ['10', read('epochs', arms, intended)], unused: ['15', noEffect('the code does not use it')] },
    'D34',
  ),
  notebook.setting('seed-code', 'Seed, set before each network', '1', read('seed', arms, intended)),
  notebook.settings('recorded-code', 'What is recorded', {
    train: ['minimum over epochs of running epoch mean', called('train-loss')],
    test: ['after last epoch', called('test-loss')],
  }),
  notebook.table(
    'results-table',
    'The ten networks: accuracies in %, test loss',
    table(rows, {
      parameters: [parameters, (row) => read('parameters', arms[row]!, one(row))],
      'training accuracy': [results.trainAccuracy, sized('train-accuracy')],
      'test accuracy': [results.testAccuracy, sized('test-accuracy')],
      'test loss': [results.testLoss, sized('test-loss')],
    }),
    'D35',
  ),
  figure.table(
    'train-loss-figure',
    'Training loss of the ten, read off the figure',
    table(rows, { 'training loss': [results.trainLoss, sized('train-loss')] }),
    'good to about the last digit',
  ),
  figure.figure('figure-loss', 'Loss by parameters', 'parameters; cross-entropy; train, test', shown('loss')),
  figure.figure('figure-accuracy', 'Accuracy by parameters', 'parameters; accuracy, %; train, test', shown('accuracy')),
  text.claim(
    'claim-design',
    'Ten CNNs of one structure whose dense layer varies.',
    'we create 10 CNN models having the same structure but varying the values of the dense layer',
    read('widths', arms, intended),
    'D32',
  ),
  text.claim(
    'claim-more-better',
    'More parameters, better performance.',
    'as the no. of parameters increases, the model has better performance (lower loss and higher accuracy)',
    judged('more-parameters-better-test', 'more-parameters-better-train'),
    'D35',
  ),
  text.claim(
    'claim-test-plateaus',
    'Testing levels off much before training.',
    'test loss and accuracy starts plateauing much before the training loss or accuracy',
    judged('test-plateaus-first'),
  ),
  text.claim(
    'claim-overfitting',
    'The plateau is overfitting.',
    'This is due to overfitting as there are a greater number of parameters for the model to train.',
    judged('by-overfitting'),
    'D35',
  ),
  text.claim(
    'claim-goal',
    'Aim of any model.',
    'The goal for any model is to achieve the best accuracy and lowest loss',
    advice,
  ),
  text.claim(
    'claim-wary',
    'Beware of overfitting.',
    'we should also be wary of avoiding the overfitting of the model',
    advice,
    'D35',
  ),
  text.claim(
    'claim-gap',
    'Keep training and testing near each other.',
    'keep the relative performance of both train and test having a lower gap in their performance',
    advice,
  ),
]);
