import { bugs, type Switches } from '../../study/vocabulary/index.js';

/** What makes the code's curves other than they are called. */
export const codedBugs = bugs({
  parameterGradientSensitivity: {
    about: '"Sensitivity" is the norm of the gradient by parameters, during training',
    disagreement: 'D44',
  },
  runningTraining: {
    about: 'Training loss and accuracy are means over all steps from the first on',
    disagreement: 'D46',
  },
});

/** Which of them are on. */
export type CodedSwitches = Switches<typeof codedBugs>;
