import { UserError } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import type { Experiment } from '../experiments/experiment.js';
import { experiments } from '../experiments/index.js';

/**
 * The experiments with these ids, each once; all of them for no id, or for `all`.
 * @throws UserError if there is none of that id; it names the nearest.
 */
export function chooseExperiments(ids: readonly string[]): readonly Experiment[] {
  if (ids.length === 0 || ids.includes('all')) return experiments;
  return [...new Set(ids)].map((id) => {
    const found = experiments.find((experiment) => experiment.id === id);
    if (found === undefined) {
      const known = experiments.map((experiment) => experiment.id);
      throw new UserError(
        `run: expected an experiment (${known.join(', ')}) or all, got "${id}"${didYouMean(id, known)}`,
      );
    }
    return found;
  });
}
