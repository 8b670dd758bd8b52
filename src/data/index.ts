/** What networks are trained on: target functions, tables, points in the plane, MNIST, subsets, random labels. */
export type { Dataset } from '../base/dataset.js';
export { FormulaError } from './formula/formula-error.js';
export { type Formula, longestFormula, parseFormula } from './formula/parse.js';
export { type FunctionName, type FunctionOptions, functionDataset, signSin, sinc } from './functions.js';
export { type IdxArray, readIdx } from './idx.js';
export { linspace } from './linspace.js';
export { assembleMnist, type Mnist, type MnistFile, type MnistFileKey, mnistFiles } from './mnist.js';
export { type PlaneOptions, type PlaneSet, planeDataset } from './plane.js';
export { type RandomLabels, randomizeLabels } from './random-labels.js';
export { type Split, split } from './split.js';
export { firstSamples, subset } from './subset.js';
