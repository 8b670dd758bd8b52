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
  read,
  restated,
  section,
  shown,
  switched,
  text,
} from './vocabulary.js';

interface Cnn {
  readonly id: string;
  readonly arm: string;
  readonly intended: string;
  readonly denseLayers: string;
  readonly parameters: string;
  readonly trainAccuracy: string;
  readonly lastLoss: string;
  readonly testAccuracy: string;
}

const networks: readonly Cnn[] = [
  {
    id: 'cnn-1',
    arm: 'cnn1',
    intended: 'depth2',
    denseLayers: '2',
    parameters: '25550',
    trainAccuracy: '98.045',
    lastLoss: '0.0744',
    testAccuracy: '98.66',
  },
  {
    id: 'cnn-2',
    arm: 'cnn2',
    intended: 'depth4',
    denseLayers: '4',
    parameters: '25570',
    trainAccuracy: '97.825',
    lastLoss: '0.0880',
    testAccuracy: '97.9',
  },
  {
    id: 'cnn-3',
    arm: 'cnn3',
    intended: 'depth1',
    denseLayers: '1',
    parameters: '25550',
    trainAccuracy: '98.898',
    lastLoss: '0.0242',
    testAccuracy: '98.8',
  },
];

const nameOf = ({ id }: Cnn): string => id.toUpperCase();
const intendedOf = ({ intended }: Cnn) => ({ 'as-intended': intended });

function settingsOf(network: Cnn): readonly Draft[] {
  const { id, arm, denseLayers, parameters } = network;
  const name = nameOf(network);
  const others = intendedOf(network);
  const kernelMark = id === 'cnn-3' ? ['D7'] : [];
  return [
    text.setting(`${id}-conv-layers`, `Convolutions of ${name}`, '2', read('convolutions', arm, others)),
    text.setting(`${id}-kernel`, `Kernel of ${name}`, '4', read('kernels', arm, others), ...kernelMark),
    text.settings(`${id}-pooling`, `Max pooling of ${name}`, {
      poolSize: ['2', read('pools', arm, others)],
      stride: ['2', builtIn('src/engine/layers/max-pool2d/kind.ts')],
    }),
    ...networkItems(
      {
        denseLayers,
        parameters,
        activation: 'relu',
        loss: 'CrossEntropyLoss',
        learningRate: '0.0001',
        weightDecay: '1e-4',
      },
      {
        of: { id, words: name },
        arms: arm,
        others,
        marks: { 'learning-rate': 'D6', ...(id === 'cnn-3' && { parameters: 'D7' }) },
      },
    ),
    text.setting(`${id}-dropout`, `Dropout of ${name}`, '0.25', read('dropout', arm, others), 'D8'),
  ];
}

const architectures = [
  ['cnn-1', '4', '10, 20', '320', '320-50-100-10', '170, 3220, 16050, 5100, 1010', '25550', '0.25', ['D8']],
  [
    'cnn-2',
    '4',
    '10, 20',
    '320',
    '320-50-50-40-30-10',
    '170, 3220, 16050, 2550, 2040, 1230, 310',
    '25570',
    '0',
    ['D8'],
  ],
  ['cnn-3', '5', '10, 15', '240', '240-86-10', '260, 3765, 20726, 870', '25621', '0', ['D7', 'D8', 'D11']],
] as const;

const codedArchitecture = (network: Cnn, i: number): Draft => {
  const [id, kernel, channels, flat, dense, byLayer, parameters, dropout, marks] = architectures[i]!;
  const { arm } = network;
  const others = intendedOf(network);
  return notebook.settings(
    `${id}-architecture-code`,
    `${nameOf(network)} as coded, without padding, stride 1`,
    {
      kernel: [kernel, read('kernels', arm, others)],
      channels: [channels, read('channels', arm, others)],
      flat: [flat, read('flat', arm, others)],
      dense: [dense, read('widths', arm, others)],
      parametersByLayer: [byLayer, read('parametersByLayer', arm, others)],
      parameters: [parameters, read('parameters', arm, others)],
      dropout: [dropout, read('dropout', arm, others)],
    },
    ...marks,
  );
};

/** Why CNN-1 cannot be met to the digit. */
const ownMasks = 'the masks of its dropout, and with them its batches after the first epoch, follow streams of our own';

function resultsOf(network: Cnn): readonly Draft[] {
  const { id, arm, trainAccuracy, lastLoss, testAccuracy } = network;
  const name = nameOf(network);
  const others = intendedOf(network);
  const masks = arm === 'cnn1' ? [ownMasks] : [];
  return [
    text.number(
      `${id}-train-accuracy`,
      `Training accuracy of ${name} at the end, %`,
      trainAccuracy,
      from('train-accuracy', arm, others),
      'D9',
      ...masks,
    ),
    text.number(
      `${id}-train-loss`,
      `Training loss of ${name} at the end`,
      lastLoss,
      from('last-batch-loss', arm, others),
      'D9',
      ...masks,
    ),
    text.number(
      `${id}-test-accuracy`,
      `Test accuracy of ${name}, %`,
      testAccuracy,
      from('test-accuracy', arm, others),
      'D11',
      ...masks,
    ),
  ];
}

const all = ['cnn1', 'cnn2', 'cnn3'];
const others = { 'as-intended': ['depth2', 'depth4', 'depth1'] };
const curves = 'CNN-1, CNN-2, CNN-3';

/** 1.1.2. */
export const mnistDepth: readonly Item[] = section({ prefix: '1.1.2', experiment: 'mnist-depth' }, [
  text.setting('code-file', 'Notebook that the section links to', 'HW1.1_MNIST.ipynb', aboutReport('a file name')),
  text.setting('data', 'Data', 'MNIST', read('data', all, others)),
  text.number('model-count', 'Networks', '3', read('networks', all, others)),
  text.setting('model-type', 'Kind of network', 'CNN', read('networkKind', all, others)),
  text.claim(
    'claim-design',
    'Three CNNs that differ in the number of layers.',
    'I have created three CNN models with different no. of layer and similar no. of parameters on MNIST dataset',
    read('parameters', all, others),
    'D11',
  ),
  ...networks.map(settingsOf),
  ...networks.map(codedArchitecture),
  notebook.number(
    'cnn-3-parameters-printed',
    'Parameters of CNN-3 as the notebook prints them',
    '25621',
    read('parameters', 'cnn3', { 'as-intended': 'depth1' }),
    'D7',
  ),
  notebook.setting('learning-rate-code', 'Learning rate as coded', '0.001', read('learningRate', all, others), 'D6'),
  notebook.setting('weight-decay-code', 'Weight decay as coded', '1e-4', read('weightDecay', all, others)),
  notebook.settings(
    'batch-code',
    'Training batch',
    {
      batch: ['600', read('batchSize', all, others)],
      stepsPerEpoch: ['100', read('stepsPerEpoch', all, others)],
    },
    'D12',
  ),
  notebook.setting(
    'test-batch-code',
    'Test batch, in evaluation mode',
    '100',
    noEffect('a test accuracy is a count over all test images, however many are read at once'),
  ),
  notebook.setting('epochs-code', 'Epochs', '15', read('epochs', all, others), 'D12'),
  notebook.setting('seed-code', 'Seed, set before each network', '1', read('seed', all, others)),
  notebook.setting(
    'early-stop-code',
    'Early stop: a minibatch loss below 0.001 with changes below 1e-5, after epoch 5',
    'never fires',
    noEffect('it never fires; left out, as the note of the protocol says'),
  ),
  notebook.setting(
    'loss-curve-code',
    'Training loss of an epoch as it is drawn',
    'lossSum/i + 1',
    switched('lossCurvePlusOne'),
    'D10',
  ),
  notebook.settings(
    'quoted-loss-code',
    'What the text calls the loss: that of the last minibatch',
    {
      epoch: ['15', read('epochs', all, others)],
      step: ['100', called('last-batch-loss')],
      images: ['600', read('batchSize', all, others)],
    },
    'D9',
  ),
  ...networks.map(resultsOf),
  figure.figure(
    'figure-train-loss',
    'Training loss by epoch',
    `epoch; cross-entropy; ${curves}`,
    shown('train-loss'),
    'D10',
  ),
  figure.figure(
    'figure-train-accuracy',
    'Training accuracy by epoch',
    `epoch; running accuracy, %; ${curves}`,
    shown('train-accuracy'),
    'D12',
  ),
  figure.number(
    'figure-train-loss-floor',
    'Value below which the drawn loss never goes',
    '1.0',
    restated('loss-curve-code', 'figure-train-loss'),
    'D10',
  ),
  text.claim(
    'claim-train-best',
    'CNN-3 is best in training: lowest loss, highest accuracy.',
    'model 3, even though it has only one dense layer, can perform better than the other two models with the ' +
      'lowest loss value and highest accuracy in the training dataset',
    judged('one-dense-layer-best-train', 'one-dense-layer-lowest-loss'),
    'D7',
    'D11',
  ),
  text.claim(
    'claim-test-best',
    'CNN-3 has the highest test accuracy.',
    'from the test dataset, it is observed to have achieved the highest accuracy',
    judged('one-dense-layer-best-test'),
    'D11',
  ),
]);
