import type { Item } from './item.js';
import {
  aboutReport,
  drawnAgain,
  figure,
  from,
  judged,
  lost,
  networkItems,
  noEffect,
  notebook,
  older,
  olderVersion,
  outside,
  read,
  restated,
  section,
  shown,
  table,
  text,
} from './vocabulary.js';

const epochs = [1, 10, 50, 100, 200, 300, 500, 750, 1000];
const testLosses = '2.3088 2.3260 2.4402 2.6858 3.2118 3.8483 5.4910 8.0856 10.6980';
const stepLosses = '2.3092 2.2795 2.0318 1.6169 1.1553 0.8570 0.3166 0.1469 0.0588';

const arm = 'random100';
/** Other draws of the labels, as the original's own is lost. */
const others = ['labels2', 'labels3'];
const abandoned = olderVersion('a CNN on 32 x 32 normalised images, dropped for the network that is reported');
const resources = outside('what the author’s machine took; what ours takes is beside each run');

/** 1.3.1. */
export const randomLabels: readonly Item[] = section({ prefix: '1.3.1', experiment: 'random-labels' }, [
  text.setting('code-file', 'Script that the section links to', 'RandomM.py', aboutReport('a file name')),
  text.setting('model-type', 'Kind of network', 'DNN', read('networkKind', arm)),
  text.setting('data', 'Data; training labels are random', 'MNIST', read('data', arm)),
  ...networkItems(
    {
      denseLayers: '1',
      activation: 'relu',
      parameters: '397510',
      loss: 'CrossEntropyLoss',
      learningRate: '0.0001',
    },
    { arms: arm },
  ),
  text.setting('epochs', 'Epochs, in the observation alone', '1000', read('epochs', arm), 'D30'),
  notebook.settings('widths', 'Widths', {
    widths: ['784-500-10', read('widths', arm)],
    parameters: ['397510', read('parameters', arm)],
  }),
  notebook.setting('weight-decay-code', 'Weight decay as coded', '0', read('weightDecay', arm)),
  notebook.settings(
    'batch-code',
    'Training batch',
    { batch: ['100', read('batchSize', arm)], stepsPerEpoch: ['600', read('stepsPerEpoch', arm)] },
    'D30',
  ),
  notebook.setting(
    'test-batch-code',
    'Test batch',
    '100',
    noEffect('a test loss is a mean over all test images, however many are read at once'),
  ),
  notebook.settings(
    'labels-code',
    'Training labels',
    {
      share: ['1', read('randomLabels', arm)],
      seed: ['none', lost('numpy’s generator was not seeded: ours are other labels, with a seed')],
    },
    'D29',
  ),
  text.number('final-train-loss', 'Training loss at the end', '0.0588', drawnAgain('step-loss-1000', others), 'D28'),
  text.number(
    'final-test-loss',
    'Test loss at the end',
    '10.6979',
    drawnAgain('test-loss-1000', [arm, ...others]),
    'D29',
    'D31',
    'cut, not rounded',
  ),
  notebook.number(
    'final-test-loss-code',
    'Test loss at the end, as the notebook prints it',
    '10.697976722717286',
    drawnAgain('test-loss-1000', [arm, ...others]),
    'D29',
  ),
  notebook.number('final-test-accuracy', 'Test accuracy at the end, %', '9.92', from('test-accuracy', arm), 'D31'),
  notebook.table(
    'loss-table',
    'Log: test loss, and training loss of step 501',
    table(
      epochs.map((epoch) => `epoch ${epoch}`),
      {
        'test loss': [testLosses, (row) => drawnAgain(`test-loss-${epochs[row]}`, [arm, ...others])],
        'loss of step 501': [stepLosses, (row) => drawnAgain(`step-loss-${epochs[row]}`, others)],
      },
    ),
    'D28',
    'D29',
  ),
  notebook.numbers(
    'quoted-step',
    'The step whose loss is quoted, of how many',
    { step: ['501', restated('loss-table')], of: ['600', read('stepsPerEpoch', arm)] },
    'D28',
  ),
  notebook.numbers(
    'neighbour-train-losses',
    'Range of minibatch losses near the end',
    { least: ['0.03', drawnAgain('step-loss-min', others)], greatest: ['0.11', drawnAgain('step-loss-max', others)] },
    'D28',
  ),
  older.numbers(
    'first-attempt',
    'A first attempt that stalled: epochs, losses, size of images',
    {
      epochs: ['998', abandoned],
      trainLoss: ['1.3', abandoned],
      testLoss: ['4.3', abandoned],
      size: ['32', abandoned],
    },
    'D30',
    'presumably training and test loss; no version is named',
  ),
  notebook.numbers('computing-time', 'Computing time of the author', {
    cpuHours: ['21.9', resources],
    wallMinutes: ['86', resources],
    cores: ['16', resources],
  }),
  figure.figure(
    'figure-loss',
    'Training and test loss by epoch',
    'epoch; cross-entropy; train (random labels), test (true labels)',
    shown('loss', { 'as-intended': 'test-loss' }),
    'D28',
  ),
  text.claim(
    'claim-setup',
    'Training labels are random, test labels are proper.',
    'we have randomized the labels in the training set w.r.t the images',
    restated('labels-code'),
    'D29',
  ),
  text.claim(
    'claim-watch-learning',
    'Learning with random labels is watched.',
    'observe the behavior of the model on its learning process with random labels',
    restated('figure-loss'),
  ),
  text.claim(
    'claim-compare-test',
    'Compared with test data with proper labels.',
    'compare its performance against test data which have proper label configured against its images',
    restated('figure-loss'),
  ),
  text.claim(
    'claim-can-learn',
    'The network can learn random labels.',
    'We can observe the model can learn and given the random label dataset.',
    judged('random-labels-fit'),
    'D28',
  ),
  text.claim(
    'claim-prolonged',
    'Learning takes long.',
    'But the learning process is prolonged.',
    judged('random-labels-slow'),
    'D31',
  ),
  text.claim(
    'claim-memorise',
    'The network has to memorise.',
    'the model has to memorize the data and figure out a way to reduce the loss',
    judged('random-labels-fit'),
    'D28',
  ),
  text.claim(
    'claim-poor-test',
    'It does poorly on test data.',
    'the learned model will perform poorly against Test Data',
    judged('random-labels-at-chance'),
    'D31',
  ),
  text.claim(
    'claim-losses-diverge',
    'Test loss rises while training loss falls.',
    'as the loss in training decreases, the loss in testing increases',
    judged('random-labels-hurt-test'),
  ),
  text.claim(
    'claim-final-losses',
    'Losses at the end of 1000 epochs.',
    'at the end of 1000 epoch, we receive a train loss value of 0.0588 and test loss value of 10.6979',
    restated('final-train-loss', 'final-test-loss'),
    'D28',
  ),
]);
