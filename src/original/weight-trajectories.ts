import { tableRunId, tableRunIds } from '../experiments/weight-trajectories/arms.js';
import { runOfWeights, weightId } from '../experiments/weight-trajectories/planes.js';
import { reportedPlaces, reportedPoints, reportedWeights } from '../experiments/weight-trajectories/reported.js';
import type { Item } from './item.js';
import type { SettingName } from './settings.js';
import {
  aboutReport,
  type Draft,
  drawnAgain,
  figure,
  from,
  judged,
  networkItems,
  notebook,
  older,
  olderVersion,
  read,
  restated,
  section,
  shown,
  switched,
  text,
} from './vocabulary.js';

const runs = Array.from({ length: 8 }, (_, run) => `run${run}`);

/** Printed weights: ten epochs, fourteen of 5000 weights. */
const weights = Object.fromEntries(
  reportedWeights.flatMap(([epoch, values]) =>
    values.map((value, i) => {
      const place = reportedPlaces[i]!;
      const answer = from(`weight-${epoch}`, weightId(runOfWeights(epoch), place));
      return [`epoch ${epoch}, weight ${place}`, [value.toFixed(6), answer] as const];
    }),
  ),
);

/** Printed points after PCA: the first five of the first run and the last five of the eighth. */
const pcaTable = Object.fromEntries(
  reportedPoints.flatMap(({ run, epoch, x, y, accuracy, loss }) => {
    const name = `run ${run}, epoch ${epoch}`;
    const inPlane = (axis: string) => from(`${axis}-run${run}-epoch${epoch}`, 'plane-printed');
    return [
      [`${name}, x`, [x.toFixed(6), inPlane('x')] as const],
      [`${name}, y`, [y.toFixed(6), inPlane('y')] as const],
      [`${name}, Acc`, [accuracy.toFixed(6), from(`mean-running-accuracy-${epoch}`, tableRunId(run))] as const],
      [`${name}, Loss`, [loss.toFixed(6), from(`loss-${epoch}`, tableRunId(run))] as const],
    ];
  }),
);

const saved = 'the notebook as saved (copy 3), whose eight runs are one: no number of the report is of it';
/** A setting of the network that made the figures, of an unsaved variant of the notebook. */
const ofFigures = (setting: SettingName) =>
  read(setting, undefined, { 'other-version': runs.map((_, run) => `wide${run}`) });

const settings: readonly Draft[] = [
  text.setting(
    'code-file',
    'Notebook that the section links to',
    'HW1.2_Visualize the Optimization Process_p2 copy.ipynb',
    aboutReport('a file name; the file was deleted later'),
    'D17',
  ),
  text.setting('data', 'Data', 'MNIST', read('data', runs)),
  ...networkItems(
    {
      denseLayers: '1',
      activation: 'relu',
      parameters: '397510',
      loss: 'CrossEntropyLoss',
      learningRate: '0.0004',
      weightDecay: '1e-4',
    },
    { arms: runs, marks: { parameters: 'D13' } },
  ),
  text.setting('model-type', 'Kind of network', 'DNN', read('networkKind', runs)),
  text.setting('epochs', 'Epochs of a run', '45', read('epochs', runs)),
  text.setting('runs', 'Runs', '8', read('networks', runs), 'D17'),
  text.setting('every-nth-epoch', 'Every how many epochs weights are taken', '3', read('snapshotsEvery', runs), 'D16'),
  text.setting('components', 'Dimensions that are left', '2', read('components', 'plane-model')),
  older.settings(
    'tables-config',
    'What made both tables: the last layer alone was kept',
    {
      widths: ['784-500-10', read('widths', runs)],
      batch: ['100', read('batchSize', runs)],
      weightsStored: ['5000', switched('lastLayerOnly')],
    },
    'D13',
    'D14',
  ),
  older.setting(
    'every-third-order-code',
    'Epochs between the points that the components are of; every third is drawn afterwards',
    '1',
    read('snapshotsEvery', runs),
    'D16',
  ),
  older.setting(
    'layer1-plot-older-code',
    'Points that an older version plots as layer 1',
    '8',
    olderVersion('the points of epoch 1, of a version that did not draw the figure'),
    'D15',
  ),
  figure.settings(
    'figures-config',
    'What made the figure "PCA for model"',
    {
      widths: ['784-500-50-10', ofFigures('widths')],
      parameters: ['418060', ofFigures('parameters')],
      weights: ['417500', ofFigures('weights')],
      batch: ['1000', ofFigures('batchSize')],
      distinctRuns: ['8', ofFigures('networks')],
    },
    'D13',
    'D14',
  ),
  notebook.setting(
    'link-deleted',
    'Commit that deleted the linked notebook',
    'c08f6fa',
    aboutReport('of its files'),
    'D17',
  ),
];

const numbers: readonly Draft[] = [
  text.number(
    'observation-weights',
    'Weights of a network, as the observation says',
    '417500',
    ofFigures('weights'),
    'D13',
  ),
  text.number('observation-runs', 'Runs, said again', '8', read('networks', runs)),
  text.number('observation-epochs', 'Epochs, said again', '45', read('epochs', runs)),
  text.number('observation-dimensions', 'Dimensions, said again', '2', read('components', 'plane-model')),
  text.table(
    'weights-table',
    'Weights by epoch: 10 of 45 epochs, 14 of 5000 weights',
    weights,
    'D13',
    'D49',
    'cause not identified',
    'the table is cut in print: rows 1 to 5 are of the first run, rows 41 to 45 of the last',
  ),
  text.number(
    'weights-table-columns',
    'Largest weight index that is printed',
    '4993',
    aboutReport('of the print: about 5000 weights'),
    'D13',
  ),
  text.table(
    'pca-table',
    'Ten of 120 points: coordinates, accuracy in %, loss',
    pcaTable,
    'D13',
    'D49',
    'cause not identified',
  ),
  text.number(
    'pca-table-rows',
    'Points that the row numbers stand for',
    '120',
    restated('runs', 'epochs', 'every-nth-epoch'),
  ),
  older.number(
    'tables-test-accuracy',
    'Test accuracy of that version, %',
    '98.3',
    drawnAgain('test-accuracy', tableRunIds.toReversed()),
    'which of the eight runs it is of is not known',
  ),
  older.number(
    'acc-epoch-1',
    'Accuracy of epoch 1, a mean of running accuracies, %',
    '82.9',
    from('mean-running-accuracy-1', tableRunId(0)),
    'D17',
    'which version it is of is not known',
  ),
  figure.number(
    'figure-pca-model-range',
    'Largest coordinate of the figure',
    '13',
    from('figure-range', undefined, { 'other-version': 'plane-figure-model' }),
    'cause not identified',
  ),
  figure.number(
    'figure-pca-model-first-marker',
    'First accuracies of the figure, %',
    '91',
    from('figure-accuracy-3', undefined, { 'other-version': 'wide0' }),
    'D14',
  ),
  figure.numbers(
    'figure-pca-layer1-columns',
    'Columns of the first layer that the figure holds',
    {
      used: ['7840', read('firstColumns', 'plane-layer1')],
      all: ['392000', restated('tables-config')],
      unitsUsed: ['10', switched('tenUnitsOnly')],
      unitsAll: ['500', restated('tables-config')],
      percent: ['2', switched('tenUnitsOnly')],
    },
    'D15',
  ),
  notebook.number('saved-run-test-accuracy', 'Test accuracy of the saved runs, %', '98.17', olderVersion(saved), 'D17'),
  notebook.number(
    'saved-run-loss',
    'Loss of the saved runs, training or test',
    '0.06214663684368134',
    olderVersion(saved),
    'D17',
  ),
  notebook.number(
    'saved-run-distinct-trajectories',
    'Different runs among the eight',
    '1',
    switched('seedResetInLoop'),
    'D17',
  ),
];

/** 1.2.1. */
export const weightTrajectories: readonly Item[] = section({ prefix: '1.2.1', experiment: 'weight-trajectories' }, [
  settings,
  numbers,
  figure.figure(
    'figure-pca-model',
    'Path of each run in two components, all weights',
    'component x; component y; 8 runs; markers: accuracy; every third epoch',
    shown('plane-model', { 'other-version': 'plane-figure-model' }),
    'D13',
    'D14',
  ),
  figure.figure(
    'figure-pca-layer1',
    'The same of the first layer',
    'component x; component y; 8 runs',
    shown('plane-layer1', { 'other-version': 'plane-figure-layer1' }),
    'D15',
  ),
  text.claim(
    'claim-collect',
    'Weights of every epoch are kept.',
    'we collect the weights of every epoch for 45 epochs and train the entire model 8 times',
    restated('epochs', 'runs'),
  ),
  text.claim(
    'claim-thin-then-pca',
    'Weights are thinned, then reduced.',
    'performed PCA to reduce the dimension by 2 to extract the following data',
    restated('every-nth-epoch', 'components'),
    'D16',
  ),
  text.claim(
    'claim-417500',
    '417500 weights become two numbers.',
    'helped to reduce the initial we had 417500 weights for each model, extracted from training the model 8 ' +
      'times for 45 epochs to 2',
    judged('two-components-show-training'),
    'D13',
  ),
  text.claim(
    'claim-graphs',
    'The graphs come of it.',
    'And the above illustrated graphs were generated as a result.',
    judged('two-components-show-training'),
  ),
  text.claim(
    'claim-plots',
    'Two plots: the network, and its first layer.',
    'Plotting the above details for the entire model and only for layer 1 from the model:',
    restated('figure-pca-model', 'figure-pca-layer1'),
    'D15',
  ),
]);
