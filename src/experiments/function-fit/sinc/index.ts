import type { Experiment, Protocol } from '../../../study/experiment.js';
import { count, fitted, reportedBy, sources } from '../../../study/vocabulary/index.js';
import { fitNote, networkIds } from '../arms.js';
import { sincDisagreements } from '../disagreements.js';
import { epochsToConvergence, fitErrors, settings } from '../quantities.js';
import { codedPresets, equalEpochs, equalRate, intendedPresets, rates, shownArms } from './arms.js';
import { claims } from './claims.js';
import { codedFigures, formula, intendedFigures } from './figures.js';

const inNotebook = (...values: readonly number[]) => reportedBy(networkIds, values, sources.notebook);

const asCoded: Protocol = {
  id: 'as-coded',
  note: fitNote,
  presets: codedPresets,
  figures: codedFigures,
  quantities: [
    { ...epochsToConvergence(inNotebook(961, 857, 2186).reported), arms: networkIds },
    ...fitErrors(inNotebook(fitted.below, fitted.below, fitted.below), networkIds),
    ...settings([0.0012, 0.0012, 0.0011]),
  ],
};

const asIntended: Protocol = {
  id: 'as-intended',
  note:
    `As coded, but with one learning rate for all three networks: ${equalRate.rate}, and ${rates[0].rate} and ` +
    `${rates[2].rate} beside it, so that each network can be seen at its best. A fourth group trains for ` +
    `${count(equalEpochs.epochs)} epochs whatever the loss is, for fits at equal epochs.`,
  presets: intendedPresets,
  figures: intendedFigures,
  quantities: [{ ...epochsToConvergence({}), arms: shownArms }, ...fitErrors(undefined, shownArms)],
};

/** 1.1.1, function 1: the original's initial weights are known, so its numbers can be met. */
export const functionFitSinc: Experiment = {
  id: 'function-fit-sinc',
  section: '1.1.1',
  title: `Simulate a function: ${formula}`,
  question: 'Do more layers fit a smooth function sooner, at the same number of parameters?',
  protocols: [asCoded, asIntended],
  claims,
  disagreements: sincDisagreements(formula),
};
