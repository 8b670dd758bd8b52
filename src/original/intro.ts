import type { Item } from './item.js';
import { aboutReport, builtIn, notebook, read, restated, section, text } from './vocabulary.js';

const of = (experiment: string) => ({ prefix: 'intro', experiment });

const contents =
  'Introduction; 1.1 Deep vs. Shallow; 1.1.1 Simulate a function; 1.1.2 Train on Actual Tasks; 1.2 Optimization; ' +
  '1.2.1 Visualize the Optimization Process; 1.2.2 Observe Gradient Norm During Training; 1.2.3 What Happened When ' +
  'Gradient is Almost Zero; 1.3 Generalization; 1.3.1 Can network fit random labels?; 1.3.2 Number of ' +
  'parameters v.s. ' +
  'Generalization; 1.3.3 Flatness v.s. Generalization - part1; 1.3.4 Flatness v.s. Generalization - part2';
const parts =
  'Deep vs. Shallow (functions, MNIST); Optimization (process, gradient norm, zero gradient); Generalization (random ' +
  'labels, number of parameters, flatness)';

/** The introduction, and what holds for all sections. */
export const intro: readonly Item[] = [
  ...section(of('mnist-depth'), [
    text.setting('report-title', 'Title', 'CPSC-8430-001, Deep Learning: HW-1', aboutReport('its title')),
    text.setting(
      'contents',
      'Sections of the table of contents',
      contents,
      aboutReport('each section has one of ours'),
    ),
    text.setting('parts-covered', 'Topics of the assignment', parts, aboutReport('each topic has a section of ours')),
    text.claim(
      'claim-covered',
      'Which parts are covered.',
      'In this assignment, we have covered the following sections:',
      aboutReport('all of them are run here'),
    ),
    text.claim(
      'claim-shallow-and-deep',
      'The actual task has shallow and deep networks.',
      'Train on actual tasks using shallow and deep models. (MNIST)',
      read('hiddenLayers', ['cnn1', 'cnn2', 'cnn3'], { 'as-intended': ['depth2', 'depth4', 'depth1'] }),
    ),
    text.setting(
      'actual-task-data',
      'Data of the actual task',
      'MNIST',
      read('data', 'cnn1', { 'as-intended': 'depth2' }),
    ),
    notebook.settings('notebook-mnist-preprocessing', 'How images are prepared in every section', {
      scale: ['pixel / 255', builtIn('src/engine/network/inputs.ts')],
      trainImages: ['60000', read('trainImages', 'cnn1', { 'as-intended': 'depth2' })],
      testImages: ['10000', read('testImages', 'cnn1', { 'as-intended': 'depth2' })],
      lastPartialBatch: ['kept', builtIn('src/engine/training/schedule.ts')],
    }),
    notebook.settings('notebook-adam', 'Adam in every section; weight decay is not decoupled', {
      beta1: ['0.9', read('beta1', 'cnn1', { 'as-intended': 'depth2' })],
      beta2: ['0.999', read('beta2', 'cnn1', { 'as-intended': 'depth2' })],
      epsilon: ['1e-8', read('epsilon', 'cnn1', { 'as-intended': 'depth2' })],
      weightDecay: ['L2 in the gradient', builtIn('src/engine/optimizers/adam.ts')],
    }),
    notebook.setting(
      'notebook-initialisation',
      'Initial weights and biases',
      'U(-1/sqrt(fan_in), 1/sqrt(fan_in))',
      builtIn('src/base/torch-random.ts'),
    ),
  ]),
  ...section(of('function-fit-sinc'), [
    text.setting(
      'function-1-formula',
      'First function, as the introduction writes it',
      '(sin(5x) π(x))/5π(x)',
      read('function', 'm1', { 'as-intended': 'm1-rate1e-3' }),
      'D1',
      'read as the body of the section writes it',
    ),
  ]),
  ...section(of('function-fit-sign-sin'), [
    text.setting(
      'function-2-formula',
      'Second function, as the introduction writes it',
      'sgn(sin(5π(x)))',
      read('function', 'm1', { 'as-intended': 'm1-rate9e-3' }),
      'the body of the section has sgn(sin(5*pi*x))',
    ),
  ]),
  ...section(of('gradient-norm'), [
    text.setting(
      'gradient-norm-function-formula',
      'Function of the gradient norm, as the introduction writes it',
      '(sin(5x) π(x))/5π(x)',
      read('function', 'net'),
      'read as the body of the section writes it',
    ),
  ]),
  ...section(of('weight-trajectories'), [
    text.setting('optimization-data', 'Data where the process is visualised', 'MNIST', read('data', 'run0')),
  ]),
  ...section(of('minimal-ratio'), [
    text.claim(
      'question-gradient-zero',
      'The question of 1.2.3.',
      'What happens when gradient is almost zero?',
      restated('1.2.3-claim-aim', '1.2.3-claim-loss-not-zero'),
      'the section has a figure and no answer in words',
    ),
  ]),
  ...section(of('random-labels'), [
    text.setting('generalization-data', 'Data of all topics of generalization', 'MNIST', read('data', 'random100')),
    text.claim(
      'question-random-labels',
      'The question of 1.3.1.',
      'Can network fit random labels?',
      restated('1.3.1-claim-can-learn'),
    ),
  ]),
];
