export { heapBase } from './memory';
export { crossEntropy, squaredError } from './loss';
export { dropoutMask } from './dropout';
export { copyFloats, leakyBackward, leakyForward, multiply, sumOfSquares, tanhBackward, tanhForward } from './elementwise';
export { linearGradients, linearMultiply, rowSums } from './linear';
export { adamUpdate, sgdUpdate } from './optimizer';
export { sparseForward, sparseGatherDelta, sparseGradient, sparseLists, sparsePanelWidth } from './sparse';
