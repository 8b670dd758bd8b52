import { againIds } from '../experiments/function-fit/sign-sin/arms.js';
import type { Answer, Item, Ours } from './item.js';
import {
  aboutReport,
  builtIn,
  type Draft,
  drawn,
  figure,
  from,
  judged,
  lost,
  networkItems,
  notebook,
  read,
  restated,
  section,
  shown,
  text,
} from './vocabulary.js';

const networks = [
  {
    id: 'm1',
    denseLayers: '7',
    parameters: '571',
    widths: '1-5-10-10-10-10-10-5-1',
    by: '10, 60, 110, 110, 110, 110, 55, 6',
  },
  { id: 'm2', denseLayers: '4', parameters: '572', widths: '1-10-18-15-4-1', by: '20, 198, 285, 64, 5' },
  { id: 'm3', denseLayers: '1', parameters: '571', widths: '1-190-1', by: '380, 191' },
] as const;
type Network = (typeof networks)[number];

/** What differs between the two functions. */
interface Half {
  /** Behind the ids of the arms as intended. */
  readonly suffix: string;
  /** Whether epochs to convergence are counted there: where training ends by that rule. */
  readonly hasIntendedEpochs: boolean;
  readonly learningRates: Readonly<Record<Network['id'], string>>;
  readonly finalLosses: Readonly<Record<Network['id'], string>>;
  readonly epochs: Readonly<Record<Network['id'], string>>;
  /** Arms of a network from other starts, where that of the original is lost. */
  readonly otherStarts?: (network: Network['id']) => readonly string[];
}

const intendedArm = (id: string, { suffix }: Half) => ({ 'as-intended': `${id}${suffix}` });
const nameOf = ({ id }: Network): string => `Model ${id.slice(1)}`;

function networkDrafts(network: Network, half: Half): readonly Draft[] {
  const { id, denseLayers, parameters, widths, by } = network;
  const others = intendedArm(id, half);
  return [
    ...networkItems(
      {
        denseLayers,
        parameters,
        activation: 'leaky_relu',
        loss: 'MSELoss',
        learningRate: half.learningRates[id],
        weightDecay: '1e-4',
      },
      {
        of: { id, words: nameOf(network) },
        arms: id,
        others,
        marks: { 'weight-decay': 'D5', ...(id === 'm3' && half.suffix === '-rate1e-3' && { 'learning-rate': 'D2' }) },
      },
    ),
    notebook.settings(`${id}-widths`, `Widths of ${nameOf(network)}, and parameters by layer`, {
      widths: [widths, read('widths', id, others)],
      parametersByLayer: [by, read('parametersByLayer', id, others)],
      sum: [parameters, read('parameters', id, others)],
    }),
  ];
}

/** Where the original's start is lost, a number's range is over other starts of its stream as well. */
const startedAgain = (own: Ours, id: Network['id'], { otherStarts }: Half): Ours =>
  otherStarts && own.ours?.kind === 'quantity' ? { ...own, ours: { ...own.ours, draws: otherStarts(id) } } : own;

const resultDrafts = (network: Network, half: Half, ...marks: readonly string[]): readonly Draft[] => {
  const { id } = network;
  return [
    text.number(
      `${id}-epochs`,
      `Epoch at which ${nameOf(network)} ended`,
      half.epochs[id],
      startedAgain(from('epochs', id, half.hasIntendedEpochs ? intendedArm(id, half) : {}), id, half),
      ...marks,
    ),
    notebook.number(
      `${id}-final-loss`,
      `Final training loss of ${nameOf(network)}`,
      half.finalLosses[id],
      startedAgain(from('loss', id, intendedArm(id, half)), id, half),
      ...marks,
    ),
  ];
};

const stopWords = 'Max Epochs reached; the loss is almost equal to zero (loss stops dropping further)';
const decayQuote = "adds a minor penalty on the model's weights, which prevents the model from overfitting";
const stopQuote =
  'The model has converged (stopped learning), i.e., the loss is almost equal to zero (loss stops dropping further).';
const convergedQuote = 'with above details configuration the models have converged for the following epoch';

/** What the text and the notebook set for both functions. */
const sharedDrafts = (half: Half): readonly Draft[] => {
  const others = intendedArm('m1', half);
  return [
    ...networks.flatMap((network) => networkDrafts(network, half)),
    text.setting('max-epochs', 'Largest number of epochs', '25000', read('epochs', 'm1', others)),
    text.setting('model-type', 'Kind of network', 'DNN', read('networkKind', 'm1', others)),
    text.setting('stop-rule-text', 'When training ends, in words', stopWords, restated('stop-rule-code'), 'D3'),
    notebook.settings(
      'stop-rule-code',
      'When training ends: after epoch 5, the loss and its last two changes are small',
      {
        afterEpoch: ['5', builtIn('src/engine/training/stop-rule.ts')],
        lossBelow: ['0.001', read('lossBelow', 'm1', others)],
        changesBelow: ['1e-5', read('changesBelow', 'm1', others)],
        changes: ['2', builtIn('src/engine/training/stop-rule.ts')],
        maxEpochs: ['25000', read('epochs', 'm1', others)],
      },
      'D3',
    ),
    notebook.settings(
      'data',
      'Training data: an even grid, targets exact; evaluated on the same points',
      {
        from: ['-1', builtIn('src/data/functions.ts')],
        to: ['1', builtIn('src/data/functions.ts')],
        points: ['300', read('points', 'm1', others)],
        noise: ['none', builtIn('src/data/functions.ts')],
        normalisation: ['none', builtIn('src/data/functions.ts')],
        testSplit: ['none', builtIn('src/data/sources/function.ts')],
      },
      'D5',
    ),
    notebook.settings('batch', 'Batch, and steps an epoch', {
      batch: ['300', read('batchSize', 'm1', others)],
      stepsPerEpoch: ['1', read('stepsPerEpoch', 'm1', others)],
    }),
    notebook.setting('leaky-slope', 'Slope of the leaky ReLU below 0', '0.01', read('leakySlope', 'm1', others)),
    notebook.setting('loss-reduction', 'Reduction of the loss', 'mean', builtIn('src/engine/losses/squared-error.ts')),
  ];
};

/** What is said and shown of both functions alike. */
const sharedWords = (decay: Answer): readonly Draft[] => [
  text.claim('claim-weight-decay', 'Weight decay prevents overfitting.', decayQuote, decay, 'D5'),
  text.claim(
    'claim-stop',
    'Convergence means a loss of almost zero that stops dropping.',
    stopQuote,
    restated('stop-rule-code'),
    'D3',
  ),
  figure.figure('figure-function', 'The function', 'x; f(x)', shown('function')),
  notebook.figure(
    'figure-per-model',
    'Each network by itself',
    'axes not stated; Model 1, Model 2, Model 3',
    restated('figure-loss', 'figure-prediction'),
    'the text shows none; ours draw the three in one figure',
  ),
];

const sinc: Half = {
  suffix: '-rate1e-3',
  hasIntendedEpochs: true,
  learningRates: { m1: '0.0012', m2: '0.0012', m3: '0.0011' },
  finalLosses: { m1: '0.0010', m2: '0.0010', m3: '0.0010' },
  epochs: { m1: '961', m2: '857', m3: '2186' },
};

const firstValues = {
  m1: ['0.5153 -0.4414 -0.1939 0.4694 -0.9414', '0.5997 -0.2057 0.5087 0.1390 -0.1224'],
  m2: ['-0.1516 -0.8101', ''],
  m3: ['-0.0454 0.1646', ''],
} as const;

/** The first parameters of each network, as the notebook prints them. */
const initialWeights = Object.fromEntries(
  Object.entries(firstValues).flatMap(([arm, [weights, biases]]) =>
    (
      [
        ['weight', weights],
        ['bias', biases],
      ] as const
    ).flatMap(([tensor, values]) =>
      values
        .split(' ')
        .filter((value) => value !== '')
        .map((value, i) => [`${arm}.hidden1.${tensor}[${i}]`, [value, drawn(arm, `0.${tensor}`, i)] as const]),
    ),
  ),
);

/** 1.1.1, the first function. */
export const functionFitSinc: readonly Item[] = section(
  { prefix: '1.1.1-f1', name: '1.1.1 f1', experiment: 'function-fit-sinc' },
  [
    text.setting(
      'function-formula',
      'The function, as the section writes it',
      'sin(5*pi*x)/(5*pi*x)',
      read('function', 'm1', { 'as-intended': 'm1-rate1e-3' }),
      'D1',
    ),
    text.setting(
      'function-list-5-pi-x',
      'A third expression in the list of functions',
      '5*pi*x',
      aboutReport('it follows the displayed fraction: its denominator, split off when the page became text'),
      'D1',
    ),
    text.number(
      'model-count',
      'Networks',
      '3',
      read('networks', ['m1', 'm2', 'm3'], { 'as-intended': ['m1-rate1e-3', 'm2-rate1e-3', 'm3-rate1e-3'] }),
    ),
    text.number(
      'slide-number',
      'Slide of the assignment that the networks are from',
      '6',
      aboutReport('of the assignment'),
    ),
    text.claim(
      'claim-slide-6-models',
      'The networks are those of a slide of the assignment.',
      'I had created three DNN models with the neuron and parameters as illustrated in slide-6 of HW1 slide pack',
      restated('m1-widths', 'm2-widths', 'm3-widths'),
    ),
    text.claim(
      'claim-parameters',
      'How many parameters the networks have.',
      'Model 1 & Model 3 have 571 parameters, and Model 2 has 572 parameters',
      restated('m1-parameters', 'm2-parameters', 'm3-parameters'),
    ),
    text.setting('code-file', 'Notebook that the section links to', 'HW1_SimFunc1.ipynb', aboutReport('a file name')),
    ...sharedDrafts(sinc),
    ...sharedWords(judged('decay-prevents-overfitting')),
    notebook.setting(
      'seed',
      'Seed, set once before Model 1; the others go on in its stream',
      '1',
      read('seed', 'm1', { 'as-intended': 'm1-rate1e-3' }),
    ),
    notebook.table('initial-weights', 'First of the initial parameters', initialWeights),
    notebook.number(
      'initial-weights-printed',
      'Initial parameters that the notebook prints',
      '1714',
      restated('m1-parameters', 'm2-parameters', 'm3-parameters'),
      'their sum; all are met to the bit (test/golden)',
    ),
    ...networks.flatMap((network) => resultDrafts(network, sinc, 'D2')),
    text.claim(
      'claim-converged',
      'All three have converged.',
      convergedQuote,
      restated('m1-epochs', 'm2-epochs', 'm3-epochs'),
    ),
    text.claim(
      'claim-quicker-than-single',
      'More layers converge in fewer epochs than one.',
      'Models 1&2 having more layers converge quicker than model 3 with a single layer.',
      judged('depth-speeds-fit'),
      'D2',
    ),
    text.claim(
      'claim-similar',
      'All predictions are as close to the function.',
      'all the models have similar performance compared with the ground truth',
      judged('fits-are-similar'),
    ),
    text.claim(
      'claim-more-layers',
      'More layers converge much sooner.',
      'having more layers allows the model to reach convergence much quicker',
      judged('depth-speeds-fit', 'depth-speeds-fit-monotone'),
      'D2',
    ),
    figure.figure(
      'figure-loss',
      'Training loss by epoch',
      'epoch; mean squared error; Model 1, Model 2, Model 3',
      shown('loss'),
      'D2',
    ),
    figure.figure(
      'figure-prediction',
      'Predictions and the function',
      'x; f(x); truth, Model 1, Model 2, Model 3',
      shown('predictions'),
    ),
    figure.number(
      'figure-m3-below-until',
      'Epoch until which the loss of Model 3 is the lowest, about',
      '350',
      restated('figure-loss'),
      'D2',
    ),
  ],
);

const signSin: Half = {
  otherStarts: againIds,
  suffix: '-rate9e-3',
  hasIntendedEpochs: false,
  learningRates: { m1: '0.009', m2: '0.009', m3: '0.009' },
  finalLosses: { m1: '0.0010', m2: '0.0025', m3: '0.0893' },
  epochs: { m1: '8146', m2: '25000', m3: '25000' },
};

/** 1.1.1, the second function. */
export const functionFitSignSin: readonly Item[] = section(
  { prefix: '1.1.1-f2', name: '1.1.1 f2', experiment: 'function-fit-sign-sin' },
  [
    text.setting(
      'function-formula',
      'The function, as the section writes it',
      'sgn(sin(5*pi*x))',
      read('function', 'm1', { 'as-intended': 'm1-rate9e-3' }),
    ),
    ...sharedDrafts(signSin),
    ...sharedWords(restated('1.1.1-f1-claim-weight-decay')),
    notebook.settings(
      'seed',
      'Seed, and the executions of cells after which the reported networks were made',
      {
        seed: ['1', read('seed', 'm1', { 'as-intended': 'm1-rate9e-3' })],
        seedAtExecution: ['83', lost('the cells were run many times: the state of the generator is unknown')],
        m2AtExecution: ['110', lost('the cells were run many times: the state of the generator is unknown')],
        m3AtExecution: ['124', lost('the cells were run many times: the state of the generator is unknown')],
        m1AtExecution: ['129', lost('the cells were run many times: the state of the generator is unknown')],
      },
      'D4',
    ),
    ...networks.flatMap((network) => resultDrafts(network, signSin, 'D3', 'D4')),
    notebook.numbers(
      'final-loss-ratios',
      'Final loss of Model 3 over that of the others',
      {
        m3OverM2: ['36', restated('m3-final-loss', 'm2-final-loss')],
        m3OverM1: ['90', restated('m3-final-loss', 'm1-final-loss')],
      },
      'D4',
    ),
    text.setting('structure-unchanged', 'Networks', 'as function 1', restated('m1-widths', 'm2-widths', 'm3-widths')),
    text.setting(
      'learning-rate',
      'Learning rate of all three',
      '0.009',
      read('learningRate', ['m1', 'm2', 'm3'], { 'as-intended': 'm1-rate9e-3' }),
    ),
    text.claim(
      'claim-structure',
      'Networks as before, another learning rate.',
      "The model's structure remains the same as function 1. However, the hyperparameter learning rate has " +
        'been updated to 0.009.',
      restated('m1-widths', 'm2-widths', 'm3-widths', 'learning-rate'),
    ),
    text.claim(
      'claim-converged-list',
      'A list of epochs is headed as convergence.',
      convergedQuote,
      restated('m1-epochs', 'm2-epochs', 'm3-epochs'),
      '25000 is the largest number of epochs: not converged, as the observation then says',
    ),
    text.claim(
      'claim-only-m1',
      'Only Model 1 converged.',
      'except for model 1, all the other models had reached max epochs without convergence',
      judged('only-deepest-converges'),
      'D3',
      'D4',
    ),
    text.claim(
      'claim-similar',
      'Predictions are alike even so.',
      'Even though their prediction performance is similar',
      judged('fits-are-similar-f2'),
      'D4',
    ),
    text.claim(
      'claim-most-layers',
      'The network with most layers converged on the harder function.',
      'the model with the most no. of layers could reach convergence on a more complex function',
      judged('only-deepest-converges'),
      'D3',
      'D4',
    ),
    figure.figure(
      'figure-loss',
      'Training loss by epoch',
      'epoch; mean squared error; Model 1, Model 2, Model 3',
      shown('loss', { 'as-intended': 'loss-rate9e-3' }),
      'D3',
    ),
    figure.figure(
      'figure-prediction',
      'Predictions and the function',
      'x; f(x); truth, Model 1, Model 2, Model 3',
      shown('predictions', { 'as-intended': 'predictions-rate9e-3' }),
      'D4',
    ),
    figure.number(
      'figure-m1-spike-height',
      'Height of the spikes of Model 1’s loss',
      '0.4',
      from('late-peak', 'm1'),
      'D3',
    ),
  ],
);
