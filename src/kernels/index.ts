// biome-ignore-all assist/source/organizeImports: the binary has its functions in this order
export { heapBase } from './memory';
export { crossEntropy, crossEntropyTangent, squaredError, squaredErrorTangent } from './loss';
export { dropoutMask } from './dropout';
export {
  copyFloats,
  leakyBackward,
  leakyForward,
  multiply,
  sumOfSquares,
  tanhBackward,
  tanhCurvature,
  tanhForward,
} from './elementwise';
export { linearGradients, linearMultiply, rowSums } from './linear';
export { adamUpdate, sgdUpdate } from './optimizer';
export { sparseForward, sparseGradient, sparseLists, sparsePanelWidth, sparseScratch } from './sparse';
export { convForward, convPackForward } from './conv-forward';
export { convGradInput, convGradInputScratch, convPackGradInput } from './conv-input';
export { convGradWeights, convGradWeightsScratch, convUnpackGradients } from './conv-weights';
export { flattenBackward, flattenForward, imageRowMasks, imagesToFloats } from './images';
export { maxPoolBackward, maxPoolForward, maxPoolTangent } from './pool';
export { avgPoolBackward, avgPoolForward } from './avg-pool';
export { softplusBackward, softplusCurvature, softplusForward } from './softplus';
export { squareBackward, squareCurvature, squareForward } from './square';
export { rmspropUpdate } from './rmsprop';
