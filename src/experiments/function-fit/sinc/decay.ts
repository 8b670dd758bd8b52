import type { Arm, MeasurementArm } from '../../../study/experiment.js';
import { type FitSetting, fitArms, gridErrors, gridPoints, networkIds } from '../arms.js';

/**
 * Each network with weight decay and without, after the same number of epochs whatever its loss is: what a statement
 * about overfitting needs, and the original does not have.
 */

/** Epochs of each: more than any network of the original takes to converge. */
export const decayEpochs = 5000;

const withDecay = { id: '-decay', label: ', weight decay' } as const;
const withoutDecay = { id: '-no-decay', label: ', no weight decay' } as const;

type DecaySetting = Omit<FitSetting, 'epochs' | 'stopsEarly' | 'weightDecay' | 'suffix' | 'observe'>;

const pairArms = (setting: DecaySetting, observe: FitSetting['observe'] = {}): readonly Arm[] => {
  const parts = { ...setting, epochs: decayEpochs, stopsEarly: false, observe };
  return [...fitArms({ ...parts, suffix: withDecay }), ...fitArms({ ...parts, weightDecay: 0, suffix: withoutDecay })];
};

/** On the points of the original, which lie close and have no noise. */
export const codedDecayArms = (setting: DecaySetting): readonly Arm[] => pairArms(setting);

/** Their errors between the points. */
export const codedDecayErrors = (setting: DecaySetting): readonly MeasurementArm[] => gridErrors(pairArms(setting));

/** Points that can be overfitted: few, with normal noise. */
export const noisy = { points: 30, noise: 0.1 } as const;

/** On those points, whose noise is drawn anew with each seed; tested between them, on the function itself. */
export const noisyDecayArms = (setting: DecaySetting): readonly Arm[] =>
  pairArms(setting, { test: 'end' }).map(({ spec, ...arm }) => ({
    ...arm,
    spec: {
      ...spec,
      data: { kind: 'formula', formula: 'sin(5 * pi * x) / (5 * pi * x)', ...noisy, testPoints: gridPoints },
    },
    follows: ['data.noiseSeed'],
  }));

/** The arms of a network: with weight decay and without. */
export const decayPairs = networkIds.map((id) => ({
  network: id,
  decay: `${id}${withDecay.id}`,
  noDecay: `${id}${withoutDecay.id}`,
}));
