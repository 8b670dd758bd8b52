/** What networks are trained on: target functions, tables, MNIST, subsets of it, random labels. */
export type { Dataset } from '../base/dataset.js';
export { type FunctionName, type FunctionOptions, functionDataset, signSin, sinc } from './functions.js';
export { type IdxArray, readIdx } from './idx.js';
export { linspace } from './linspace.js';
export { assembleMnist, type Mnist, type MnistFile, type MnistFileKey, mnistFiles } from './mnist.js';
export { type RandomLabels, randomizeLabels } from './random-labels.js';
export { firstSamples, subset } from './subset.js';
