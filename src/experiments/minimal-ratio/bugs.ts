import { bugs, type Switches } from '../../study/vocabulary/index.js';

/** The faults of the section's code, each a switch of its own. */
export const codedBugs = bugs({
  stepOnWrongGradient: {
    about: 'The optimizer steps along the gradient of the sum of the outputs, not of the loss',
    disagreement: 'D21',
  },
  gaussNewtonByLayer: {
    about: 'The "Hessian" is the Gauss-Newton matrix of each layer\'s weights by itself, in float32',
    disagreement: 'D22',
  },
  accumulateOverEpochs: { about: 'Matrices are added up over all epochs', disagreement: 'D23' },
  meanOfWeightNorms: {
    about: 'The gradient norm is the mean of the norms of the two weight matrices',
    disagreement: 'D24',
  },
  swapAxes: { about: 'The axes of the figure are exchanged', disagreement: 'D26' },
});

/** Which of them are on. */
export type CodedSwitches = Switches<typeof codedBugs>;
