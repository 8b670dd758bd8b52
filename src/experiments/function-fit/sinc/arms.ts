import type { Protocol } from '../../../study/experiment.js';
import type { PresetName } from '../../../study/names.js';
import { count, manyTwins, presets } from '../../../study/vocabulary/index.js';
import {
  allAt,
  epochsIn,
  type FitSetting,
  fitArms,
  gridErrors,
  lastEpoch,
  type NetworkId,
  withSuffix,
  wordsOf,
} from '../arms.js';
import { codedDecayArms, codedDecayErrors, noisyDecayArms } from './decay.js';

/** Section 1.1.1, function 1: sin(5 pi x) / (5 pi x). */

const coded: FitSetting = {
  function: 'sinc',
  epochs: lastEpoch,
  stopsEarly: true,
  learningRates: { m1: 0.0012, m2: 0.0012, m3: 0.0011 },
};

/** The three networks as the code trains them. */
export const codedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 3, report: 1, study: 20 }, (name) => {
  const arms = fitArms({ ...coded, epochs: epochsIn(name) });
  const judged = name === 'study';
  return {
    arms: [...arms, ...(judged ? codedDecayArms(coded) : [])],
    measurements: [...gridErrors(arms), ...(judged ? codedDecayErrors(coded) : [])],
    ...(name === 'report' && { twins: manyTwins }),
    ...wordsOf(name),
  };
});

/** Learning rates at which each network is seen. */
export const rates = [
  { id: '-rate3e-4', rate: 3e-4 },
  { id: '-rate1e-3', rate: 1e-3 },
  { id: '-rate3e-3', rate: 3e-3 },
] as const;

/** A rate that the best of two networks needs besides. */
const largestRate = { id: '-rate1e-2', rate: 1e-2 } as const;

/** The arm of each network at its best rate, and how that was found. */
export const atBest = {
  arms: { m1: `m1${rates[2].id}`, m2: `m2${largestRate.id}`, m3: `m3${largestRate.id}` },
  chosen:
    `M1 at ${rates[2].rate}, M2 and M3 at ${largestRate.rate}: of the rates 0.0003, 0.001, 0.003, 0.01, 0.03 and 0.1 ` +
    'that with the least median of epochs to convergence over seeds 501 to 505 (654, 896 and 994 epochs)',
} as const satisfies { readonly arms: Readonly<Record<NetworkId, string>>; readonly chosen: string };

/** The rate at which all three are compared. */
export const equalRate = rates[1];

const atEqualRate = { function: coded.function, learningRates: allAt(equalRate.rate) } as const;

/** Epochs of the fourth group, whatever the loss is. */
export const equalEpochs = { id: '-1000-epochs', epochs: 1000 } as const;

function intendedArms(name: PresetName) {
  const byRate = [...rates, ...(name === 'study' ? [largestRate] : [])].flatMap(({ id, rate }) =>
    fitArms({
      ...coded,
      epochs: epochsIn(name),
      learningRates: allAt(rate),
      suffix: { id, label: `, rate ${rate}` },
    }),
  );
  const atEqualEpochs = fitArms({
    ...coded,
    epochs: epochsIn(name, equalEpochs.epochs),
    stopsEarly: false,
    learningRates: allAt(equalRate.rate),
    suffix: { id: equalEpochs.id, label: `, rate ${equalRate.rate}, ${count(equalEpochs.epochs)} epochs` },
  });
  return [...byRate, ...atEqualEpochs];
}

/** The arms that the tables show: at one rate, and at equal epochs. */
export const shownArms = [...withSuffix(equalRate.id), ...withSuffix(equalEpochs.id)];

/** The three networks at one learning rate, each at its best, and at equal epochs. */
export const intendedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 3, study: 20 }, (name) => {
  const arms = intendedArms(name);
  const measurements = gridErrors(arms.filter(({ id }) => shownArms.includes(id)));
  return { arms: [...arms, ...(name === 'study' ? noisyDecayArms(atEqualRate) : [])], measurements, ...wordsOf(name) };
});
