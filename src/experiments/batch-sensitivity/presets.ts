import type { Arm, MeasurementArm, Protocol } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import { count, fullSize, imagesOf, miniature, type PresetWords, presets } from '../../study/vocabulary/index.js';
import type { MeasureSpec } from '../../tasks/measurement-spec.js';
import { batchSizes, epochArms, intendedArms, noDecayArms, sizes, triedArms } from './arms.js';
import { fittedArms } from './fitted-arms.js';

/** Section 1.3.4: what is measured at the ends of its trainings, and what each preset runs. */

const { smoke, quick, report } = sizes;
const fullWords = fullSize(`Full size: ${count(report.trainSize)} images.`);
const words: Readonly<Record<PresetName, PresetWords>> = {
  smoke: miniature(`${smoke.trainSize} images: shows that it runs.`),
  quick: miniature(
    `${imagesOf(quick)} instead of ${count(report.trainSize)} and ${count(report.testSize)}; batches as reported.`,
  ),
  report: fullWords,
  study: fullWords,
};

/** Images that sensitivity (of each set) and sharpness are taken over. */
const effort: Readonly<Record<PresetName, { readonly sensitivity: number; readonly sharpness: number }>> = {
  smoke: { sensitivity: 10, sharpness: 50 },
  quick: { sensitivity: 100, sharpness: 200 },
  report: { sensitivity: 500, sharpness: 1000 },
  study: { sensitivity: 500, sharpness: 1000 },
};

const measured = (arms: readonly Arm[], suffix: string, measure: MeasureSpec): readonly MeasurementArm[] =>
  arms.map(({ id, label, numbers }) => ({
    id: `${id}${suffix}`,
    label,
    ...(numbers && { numbers }),
    measure,
    of: [id],
  }));

/** The measurements of arms: how they answer to their inputs. */
export const jacobians = (arms: readonly string[]): readonly string[] => arms.map((id) => `${id}-jacobian`);
/** The measurements of arms: how sharp the loss is at their ends. */
export const sharpnesses = (arms: readonly string[]): readonly string[] => arms.map((id) => `${id}-sharpness`);

const sensitivityOf = (arms: readonly Arm[], name: PresetName): readonly MeasurementArm[] =>
  measured(arms, '-jacobian', { name: 'sensitivity', samples: effort[name].sensitivity });
const sharpnessOf = (arms: readonly Arm[], name: PresetName): readonly MeasurementArm[] =>
  measured(arms, '-sharpness', { name: 'sharpness', epsilon: 1e-3, samples: effort[name].sharpness });

/** The trainings of the code; sensitivity by the inputs only where the code's own is off. */
export const codedPresets = (byInputs: boolean): Protocol['presets'] =>
  presets({ smoke: 1, quick: 3, report: 1, study: 5 }, (name) => {
    const arms = epochArms(name);
    return { arms, measurements: byInputs ? sensitivityOf(arms, name) : [], ...words[name] };
  });

/** All trainings, sensitivity of each, sharpness of the five batch sizes; for the verdicts also fitted networks. */
export const intendedPresets: Protocol['presets'] = presets({ smoke: 1, quick: 1, study: 5 }, (name) => {
  const arms = intendedArms(name);
  const sharp = arms.slice(0, name === 'smoke' ? 1 : batchSizes.length);
  const [more, tried] = name === 'study' ? [[...noDecayArms(name), ...fittedArms], triedArms(name)] : [[], []];
  return {
    arms: [...arms, ...more, ...tried],
    measurements: [...sensitivityOf([...arms, ...more], name), ...sharpnessOf(sharp, name)],
    ...words[name],
  };
});
