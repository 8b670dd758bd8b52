import type { Arm, Protocol } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import {
  count,
  fitPoints,
  fitTrial,
  fitted,
  fullSize,
  manyTwins,
  miniature,
  presets,
} from '../../study/vocabulary/index.js';
import type { ModelSpec, TrialSpec } from '../../tasks/trial-spec.js';

/** Section 1.2.2: loss and gradient norm of one hidden layer of 500 units that learns a function, epoch by epoch. */

/** The only arm. */
export const arm = 'net';

/** One hidden layer. */
export const model: ModelSpec = { kind: 'mlp', widths: [1, 500, 1], activation: 'relu' };

const learningRate = 1e-3;
const stable = 38;

/** Adam with beta1 = 0.9 is stable below (2 + 2 beta1) / ((1 - beta1) learningRate) (Cohen et al. 2022). */
export const edgeOfStability = { level: stable / learningRate, text: `${stable} / learning rate` } as const;

/** The same, with its curvature before each step from `watchedFrom` on. */
export const watched = 'net-watched';
const watchedFrom = 801;

const armOf = (epochs: number, lambdaMax?: NonNullable<TrialSpec['observe']>['lambdaMax'], id = arm): Arm => ({
  id,
  label: '1 hidden layer, 500 units',
  spec: fitTrial({
    function: 'sinc',
    model,
    learningRate,
    weightDecay: 1e-4,
    stop: { epochs, converged: fitted },
    observe: {
      loss: 'step',
      gradNorm: 'step',
      ...(lambdaMax && { lambdaMax }),
    },
  }),
});

/** Epochs after which training ends without convergence. */
export const lastEpoch = 2500;
const smokeEpochs = 100;

/** Epochs between two measurements of the curvature. */
export const curvatureEvery = 10;

const words = (name: PresetName) =>
  name === 'smoke'
    ? miniature(`The first ${smokeEpochs} epochs only.`)
    : fullSize(`Full size: ${fitPoints} points, at most ${count(lastEpoch)} epochs.`);

/** The training of the code. */
export const codedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 3, report: 1, study: 80 }, (name) => ({
  arms: [armOf(name === 'smoke' ? smokeEpochs : lastEpoch)],
  ...(name === 'report' && { twins: manyTwins }),
  ...words(name),
}));

/** The same, with its curvature. */
export const intendedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 3, study: 80 }, (name) => ({
  arms: [
    name === 'smoke' ? armOf(smokeEpochs, { every: 50 }) : armOf(lastEpoch, { every: curvatureEvery }),
    ...(name === 'study' ? [armOf(lastEpoch, { every: 1, from: watchedFrom }, watched)] : []),
  ],
  ...words(name),
}));
