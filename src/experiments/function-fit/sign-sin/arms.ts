import type { Protocol } from '../../../study/experiment.js';
import { presets } from '../../../study/vocabulary/index.js';
import { allAt, epochsIn, type FitSetting, fitArms, gridErrors, lastEpoch, twinsIn, wordsOf } from '../arms.js';

/** Section 1.1.1, function 2: sgn(sin(5 pi x)), which jumps. */

/** Points of the grid nearer to a jump than this are left out: half of any ramp there is an error of 1. */
export const aroundJumps = 0.01;

/** Of the original. */
export const codedRate = 0.009;
const coded: FitSetting = {
  function: 'signSin',
  epochs: lastEpoch,
  stopsEarly: true,
  learningRates: allAt(codedRate),
};

/** The three networks as the code trains them. */
export const codedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 3, report: 1, study: 20 }, (name) => {
  const arms = fitArms({ ...coded, epochs: epochsIn(name) });
  return { arms, measurements: gridErrors(arms, aroundJumps), ...twinsIn(name), ...wordsOf(name) };
});

/** The rate of the original, and one at which the loss is not so noisy. */
export const rates = [
  { id: '-rate9e-3', rate: codedRate },
  { id: '-rate1e-3', rate: 0.001 },
] as const;

/** The three networks at both rates, all to the last epoch. */
export const intendedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 1, study: 20 }, (name) => {
  const arms = rates.flatMap(({ id, rate }) =>
    fitArms({
      ...coded,
      epochs: epochsIn(name),
      stopsEarly: false,
      learningRates: allAt(rate),
      suffix: { id, label: `, rate ${rate}` },
    }),
  );
  return { arms, measurements: gridErrors(arms, aroundJumps), ...wordsOf(name) };
});
