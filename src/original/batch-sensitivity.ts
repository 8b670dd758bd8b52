import type { Item } from './item.js';
import {
  aboutReport,
  called,
  figure,
  from,
  judged,
  networkItems,
  noEffect,
  notebook,
  read,
  restated,
  section,
  shown,
  table,
  text,
} from './vocabulary.js';

const batches = [10, 385, 760, 1135, 1510];
const arms = batches.map((size) => `b${size}`);
const rows = batches.map((size) => `batch ${size}`);
const each = (quantity: string) => (row: number) => from(quantity, arms[row]!);

/** 1.3.4. */
export const batchSensitivity: readonly Item[] = section({ prefix: '1.3.4', experiment: 'batch-sensitivity' }, [
  text.setting(
    'code-file',
    'Notebook that the section links to',
    'HW1.3_FlatnessVSGenP2.ipynb',
    aboutReport('a file name'),
  ),
  text.setting('data', 'Data', 'MNIST', read('data', arms)),
  text.number('batch-count', 'Batch sizes', '5', read('networks', arms)),
  text.setting('model-type', 'Kind of network', 'DNN', read('networkKind', arms)),
  text.setting('batch-sizes', 'Batch sizes', '10, 385, 760, 1135, 1510', read('batchSize', arms)),
  ...networkItems(
    {
      denseLayers: '1',
      activation: 'relu',
      parameters: '397510',
      loss: 'CrossEntropyLoss',
      learningRate: '1e-3',
      weightDecay: '1e-4',
    },
    { arms },
  ),
  text.setting('max-epochs', 'Largest number of epochs', '5', read('epochs', arms), 'D48'),
  notebook.settings('widths-code', 'Widths, and the seed before each network', {
    widths: ['784-500-10', read('widths', arms)],
    seed: ['1', read('seed', arms)],
  }),
  notebook.setting(
    'test-batch-code',
    'Test batch',
    'as training batch',
    noEffect('a test loss is a mean over all test images, however many are read at once'),
  ),
  notebook.settings(
    'updates-code',
    'Updates in five epochs',
    table(rows, { updates: ['30000 780 395 265 200', (row) => read('updates', arms[row]!)] }),
    'D48',
  ),
  notebook.setting(
    'sensitivity-code',
    '"Sensitivity" as coded',
    'mean minibatch parameter-gradient norm',
    called('sensitivity'),
    'D44',
  ),
  notebook.settings(
    'train-average-code',
    'What is recorded: training over all steps, testing at the end',
    {
      train: ['mean over all steps of all epochs', called('train-loss')],
      test: ['after training', called('test-loss')],
    },
    'D46',
  ),
  notebook.setting(
    'printed-train-loss-code',
    'Training loss as printed, one too high',
    'sum/i + 1',
    noEffect('it is printed and neither drawn nor reported'),
    'D47',
  ),
  notebook.table(
    'test-table',
    'Test accuracy in %, and test loss',
    table(rows, {
      'test accuracy': ['97.75 97.45 96.57 95.93 95.08', each('test-accuracy')],
      'test loss': ['0.0745 0.0897 0.1208 0.1419 0.1676', each('test-loss')],
    }),
  ),
  figure.table(
    'train-figure',
    'Training loss, and accuracy in %, over all steps, read off the figure',
    table(rows, {
      'training loss': ['0.095 0.197 0.262 0.314 0.359', each('train-loss')],
      'training accuracy': ['96.4 92.9 90.9 89.5 88.2', each('train-accuracy')],
    }),
    'D46',
  ),
  figure.table(
    'sensitivity-figure',
    '"Sensitivity", read off the figure',
    table(rows, { sensitivity: ['0.325 0.120 0.109 0.103 0.105', each('sensitivity')] }),
    'D44',
  ),
  figure.figure(
    'figure-loss',
    'Loss and sensitivity by batch size',
    'batch size; cross-entropy, sensitivity; train, test, sensitivity',
    shown('loss'),
    'D44',
    'D46',
  ),
  figure.figure(
    'figure-accuracy',
    'Accuracy and sensitivity by batch size',
    'batch size; accuracy, %, sensitivity; train, test, sensitivity',
    shown('accuracy'),
    'D44',
    'D46',
  ),
  text.claim(
    'claim-heading',
    'The section is about flatness.',
    'Flatness v.s. Generalization - part2',
    judged('sensitivity-tells-generalization'),
    'D45',
  ),
  text.claim(
    'claim-design',
    'One network with five batch sizes.',
    'create a DNN model to train on the MNIST dataset with five different training batch sizes',
    restated('batch-sizes'),
  ),
  text.claim(
    'claim-same-otherwise',
    'But for the batch size the networks are the same.',
    'apart from these batch sizes, the models will be the same',
    restated('widths-code', 'learning-rate', 'weight-decay', 'updates-code'),
    'D48',
  ),
  text.claim(
    'claim-sensitivity-computed',
    'Sensitivity is computed during training.',
    'During the training of each model, we will also calculate their sensitivities',
    restated('sensitivity-code'),
    'D44',
  ),
  text.claim(
    'claim-purpose',
    'It is to show what batch size does.',
    'will allow us to analyze the effects of batch size on the learning of the models',
    restated('claim-larger-worse', 'claim-sensitivity-falls'),
  ),
  text.claim(
    'claim-larger-worse',
    'Larger batches do worse at the same number of epochs.',
    "as the batch size increases, the model's performance deteriorates for the same no. of epochs",
    judged('large-batch-worse'),
    'D48',
  ),
  text.claim(
    'claim-lower-quicker',
    'Smaller batches learn faster.',
    'the model with a lower training batch value can learn quicker',
    judged('large-batch-worse'),
    'D48',
  ),
  text.claim(
    'claim-sensitivity-falls',
    'Sensitivity falls as the batch grows.',
    "On the contrary, the model's sensitivity decreases as the batch size increases.",
    judged('sensitivity-falls-with-batch'),
    'D44',
  ),
]);
