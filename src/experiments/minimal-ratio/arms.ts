import type { MeasurementArm, Protocol } from '../../study/experiment.js';
import {
  count,
  fitTrial,
  fullSize,
  miniature,
  type PresetWords,
  parametersOf,
  presets,
} from '../../study/vocabulary/index.js';
import type { ModelSpec } from '../../tasks/trial-spec.js';
import type { CodedSwitches } from './bugs.js';

/** Section 1.2.3: loss against the share of positive curvature at points where the gradient is almost zero. */

/** Networks of the code: of the figure, and of the notebook that is left. */
export const codedWidths = [
  { id: 'h20', hidden: 20, label: "20 hidden units (the original's figure)" },
  { id: 'h128', hidden: 128, label: '128 hidden units (the notebook)' },
] as const;

/** Epochs of a run, each a point. */
export const lastEpoch = 100;
const smokeEpochs = 10;

/** The code's own learning rate. */
export const learningRate = 4e-4;

/**
 * The notebook's next run went on with the object that its first had trained, and was interrupted: both as one, whose
 * later part is the second.
 */
export const secondRun = { id: 'h128-again', from: lastEpoch + 1, until: lastEpoch + 196 } as const;

const secondMeasurement = ({ swapAxes: _, ...bugs }: CodedSwitches): MeasurementArm => {
  const { hidden } = codedWidths[1];
  return {
    id: secondRun.id,
    label: `${hidden} hidden units, trained on to epoch ${secondRun.until}`,
    numbers: { hidden },
    measure: { name: 'minimalRatioAsCoded', hidden, epochs: secondRun.until, bugs },
    of: [],
  };
};

const codedMeasurements = (epochs: number, { swapAxes: _, ...bugs }: CodedSwitches): readonly MeasurementArm[] =>
  codedWidths.map(({ id, hidden, label }) => ({
    id,
    label,
    numbers: { hidden },
    measure: { name: 'minimalRatioAsCoded', hidden, epochs, bugs },
    of: [],
  }));

/** The code's runs with some of its bugs on. */
export const codedPresets = (on: CodedSwitches): Protocol['presets'] =>
  presets({ smoke: 1, quick: 1, report: 1, study: 5 }, (name) =>
    name === 'smoke'
      ? {
          arms: [],
          measurements: codedMeasurements(smokeEpochs, on).slice(0, 1),
          ...miniature(`${smokeEpochs} epochs of the smaller network.`),
        }
      : {
          arms: [],
          measurements: [...codedMeasurements(lastEpoch, on), ...(name === 'report' ? [secondMeasurement(on)] : [])],
          ...fullSize(`As in the original: one run of ${lastEpoch} epochs, one point an epoch.`),
        },
  );

const hiddenUnits = { smoke: 10, quick: 50, full: 500 } as const;
const writtenModel = (hidden: number): ModelSpec => ({ kind: 'mlp', widths: [1, hidden, 1], activation: 'relu' });

/** Parameters of the network that the text describes. */
export const writtenParameters = parametersOf(writtenModel(hiddenUnits.full));

const writtenParts = (hidden: number, words: PresetWords) => ({
  arms: [
    {
      id: 'net',
      label: `1 hidden layer, ${hidden} units`,
      spec: fitTrial({
        function: 'sinc',
        model: writtenModel(hidden),
        learningRate,
        stop: { epochs: lastEpoch },
        observe: { loss: 'step', gradNorm: 'step' },
      }),
    },
  ],
  measurements: [{ id: 'hessian', label: 'end of training', measure: { name: 'hessian' }, of: ['net'] }] as const,
  ...words,
});

const writtenSeeds = { smoke: 1, quick: 10, study: 100 } as const;

/** Trainings of the text's network, and the Hessian at the end of each. */
export const writtenPresets: Protocol['presets'] = presets(writtenSeeds, (name) => {
  const { smoke, quick, full } = hiddenUnits;
  if (name === 'smoke') {
    return writtenParts(smoke, miniature(`${smoke} hidden units, ${lastEpoch} epochs: shows that it runs.`));
  }
  if (name === 'quick') {
    const parameters = count(parametersOf(writtenModel(quick)));
    return writtenParts(quick, miniature(`${quick} hidden units (${parameters} parameters) instead of ${full}.`));
  }
  const seeds = writtenSeeds.study;
  return writtenParts(
    full,
    fullSize(`Full size, from ${seeds} seeds instead of 1, so that there are points to compare.`),
  );
});
