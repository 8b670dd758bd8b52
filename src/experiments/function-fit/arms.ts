import type { Arm, MeasurementArm } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import {
  count,
  fitPoints,
  fitTrial,
  fitted,
  fullSize,
  miniature,
  type PresetWords,
  parametersOf,
} from '../../study/vocabulary/index.js';
import type { ModelSpec, TrialSpec } from '../../tasks/trial-spec.js';

/** Section 1.1.1: three networks of one size and of depths 7, 4 and 1 learn a function from 300 points. */

const networks = [
  { id: 'm1', label: 'M1, 7 hidden layers', widths: [1, 5, 10, 10, 10, 10, 10, 5, 1] },
  { id: 'm2', label: 'M2, 4 hidden layers', widths: [1, 10, 18, 15, 4, 1] },
  { id: 'm3', label: 'M3, 1 hidden layer', widths: [1, 190, 1] },
] as const;

/** From the deepest to the shallowest. */
export type NetworkId = (typeof networks)[number]['id'];

/** From the deepest to the shallowest. */
export const networkIds: readonly NetworkId[] = networks.map(({ id }) => id);

/** The arms of the three networks with something behind their ids. */
export const withSuffix = (suffix: string): readonly string[] => networkIds.map((id) => `${id}${suffix}`);

const models: readonly ModelSpec[] = networks.map(({ widths }) => ({ kind: 'mlp', widths, activation: 'leakyRelu' }));

/**
 * The original builds its networks one after the other on one stream of random numbers: each starts where the one
 * before ended.
 */
const [first, second, third] = models.map(parametersOf) as [number, number, number];
const skips = [0, first, first + second] as const;
const drawsOfAll = first + second + third;

/** The original's, as L2 in the gradient. */
export const codedDecay = 1e-4;

/** One way to train the three networks. */
export interface FitSetting {
  readonly function: 'sinc' | 'signSin';
  readonly epochs: number;
  /** Whether training ends by the original's rule. */
  readonly stopsEarly: boolean;
  readonly learningRates: Readonly<Record<NetworkId, number>>;
  /** Default the original's, 1e-4. */
  readonly weightDecay?: number;
  /** What is observed. Default the loss of each step. */
  readonly observe?: TrialSpec['observe'];
  /** How often all three were built before, on the same stream of random numbers. Default never. */
  readonly builtBefore?: number;
  /** Rounding twins at most. Default as many as the preset has. */
  readonly mostTwins?: number;
  /** Put behind the id and the label of each network. Default nothing. */
  readonly suffix?: { readonly id: string; readonly label: string };
}

/** One learning rate for all three. */
export const allAt = (rate: number): FitSetting['learningRates'] => ({ m1: rate, m2: rate, m3: rate });

/** The three networks in one setting. */
export const fitArms = ({
  epochs,
  stopsEarly,
  learningRates,
  weightDecay = codedDecay,
  observe = { loss: 'step' },
  builtBefore = 0,
  suffix,
  ...setting
}: FitSetting): readonly Arm[] =>
  networks.map(({ id, label, widths }, i) => ({
    id: `${id}${suffix?.id ?? ''}`,
    label: `${label}${suffix?.label ?? ''}`,
    numbers: { hiddenLayers: widths.length - 2, learningRate: learningRates[id] },
    spec: fitTrial({
      function: setting.function,
      model: models[i]!,
      learningRate: learningRates[id],
      ...(weightDecay > 0 && { weightDecay }),
      stop: { epochs, ...(stopsEarly && { converged: fitted }) },
      init: { kind: 'pytorch', skip: skips[i]! + builtBefore * drawsOfAll },
      observe,
    }),
    ...(setting.mostTwins !== undefined && { mostTwins: setting.mostTwins }),
  }));

/** Points of the grid on which a network is tested between those that it learnt from. */
export const gridPoints = 10_000;

/** The error of each arm on that grid. */
export const gridErrors = (arms: readonly Arm[], excludeAroundJumps?: number): readonly MeasurementArm[] =>
  arms.map(({ id, label, numbers }) => ({
    id: `${id}-grid`,
    label,
    ...(numbers && { numbers }),
    measure: { name: 'gridError', points: gridPoints, ...(excludeAroundJumps && { excludeAroundJumps }) },
    of: [id],
  }));

/** Epochs after which training ends without convergence. */
export const lastEpoch = 25_000;
const smokeEpochs = 200;

/** So many epochs, or as many as a smoke preset has. */
export const epochsIn = (name: PresetName, epochs: number = lastEpoch): number =>
  name === 'smoke' ? smokeEpochs : epochs;

/** What a preset changes. */
export const wordsOf = (name: PresetName): PresetWords =>
  name === 'smoke'
    ? miniature(`The first ${smokeEpochs} epochs only: shows that it runs, not who wins.`)
    : fullSize(`Full size: ${fitPoints} points, at most ${count(lastEpoch)} epochs.`);

/** What the trials do as coded, for both functions. */
export const fitNote =
  'Full batch, so one Adam step an epoch; weight decay 1e-4 as L2 in the gradient. A network has converged when, ' +
  `after epoch 5, the loss is below ${fitted.below} and its last two changes are below 0.00001; else training ends ` +
  `at epoch ${count(lastEpoch)}. The networks are built one after the other from one seed, so M2 starts ` +
  `${count(skips[1])} and M3 ${count(skips[2])} draws into the stream. There is no run as written: ` +
  `the text describes this ` +
  'one; that its loss is "almost equal to zero" is no rule by which a run could end (D3).';
