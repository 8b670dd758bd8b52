import type { Arm, Protocol } from '../../../study/experiment.js';
import { presets, someTwins } from '../../../study/vocabulary/index.js';
import { allAt, epochsIn, type FitSetting, fitArms, gridErrors, lastEpoch, type NetworkId, wordsOf } from '../arms.js';

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

/** How often the networks were built before they were trained again: the original's own start is lost. */
const buildings = Array.from({ length: 8 }, (_, i) => i + 1);

const againId = (building: number): string => `-again${building}`;

/** The arms of a network from the starts that the stream has next. */
export const againIds = (network: NetworkId): readonly string[] => buildings.map((one) => `${network}${againId(one)}`);

const againArms: readonly Arm[] = buildings.flatMap((builtBefore) =>
  fitArms({
    ...coded,
    builtBefore,
    mostTwins: 0,
    suffix: { id: againId(builtBefore), label: `, built again (${builtBefore})` },
  }),
);

/** The three networks as the code trains them; at the original's size also from other starts of its stream. */
export const codedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 3, report: 1, study: 20 }, (name) => {
  const arms = fitArms({ ...coded, epochs: epochsIn(name) });
  return {
    arms: name === 'report' ? [...arms, ...againArms] : arms,
    measurements: gridErrors(arms, aroundJumps),
    ...(name === 'report' && { twins: someTwins }),
    ...wordsOf(name),
  };
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
