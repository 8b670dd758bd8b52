import { bugs, type Switches } from '../../study/vocabulary/index.js';

/** What makes both halves' curves no slices of the loss. */
export const lineBugs = bugs({
  retrainAfterInterpolation: {
    about: 'Each network on the line is trained for one more epoch before it is measured',
    disagreement: 'D36',
  },
  runningTrainCurve: {
    about: 'The training curve is a running mean of that epoch, the test curve is taken after it',
    disagreement: 'D37',
  },
});

/** Which of them are on. */
export type LineSwitches = Switches<typeof lineBugs>;
