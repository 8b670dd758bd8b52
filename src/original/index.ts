/**
 * Everything that the original states, item by item: numbers, tables, figures, settings, sentences.
 *
 * Compiled by hand from the report's text and figures, from the last versions of the notebooks that it links to and
 * from older ones in their author's public repository; checked against them once, and held here since. Descriptions
 * are ours; a quotation is one sentence at most. Beside each value stands how ours is had, by ids of the study, or why
 * there is none.
 */
import { batchSensitivity } from './batch-sensitivity.js';
import { functionFitSignSin, functionFitSinc } from './function-fit.js';
import { gradientNorm } from './gradient-norm.js';
import { interpolationBatch, interpolationRate } from './interpolation.js';
import { intro } from './intro.js';
import type { Item } from './item.js';
import { minimalRatio } from './minimal-ratio.js';
import { mnistDepth } from './mnist-depth.js';
import { parameterCount } from './parameter-count.js';
import { randomLabels } from './random-labels.js';
import { weightTrajectories } from './weight-trajectories.js';

export * from './item.js';
export { type SettingSubject, subjectOf, type Tensor } from './setting-subject.js';
export { isSameSetting, settingText } from './settings.js';

/** All items, in the order of the original's sections. */
export const items: readonly Item[] = [
  ...intro,
  ...functionFitSinc,
  ...functionFitSignSin,
  ...mnistDepth,
  ...weightTrajectories,
  ...gradientNorm,
  ...minimalRatio,
  ...randomLabels,
  ...parameterCount,
  ...interpolationBatch,
  ...interpolationRate,
  ...batchSensitivity,
];
