import { UserError } from '../../base/errors.js';
import { didYouMean } from '../../base/nearest.js';
import { experiments } from '../../experiments/index.js';
import type { ChosenExperiment } from '../../lab/plan-runs.js';
import type { Experiment } from '../../study/experiment.js';

const filePattern = /[/\\]|\.(ts|mts|js|mjs|json)$/;

/** Whether a name is that of a file with an experiment. */
export const isFile = (name: string): boolean => filePattern.test(name);

/**
 * The experiments with these ids or in these files, each once; all those of the package for no id, or for `all`.
 * @throws UserError if there is none of that id (it names the nearest), or a file holds none that is valid
 */
export async function chooseExperiments(names: readonly string[]): Promise<readonly ChosenExperiment[]> {
  const wanted = names.length === 0 ? ['all'] : names;
  const chosen: ChosenExperiment[] = [];
  for (const name of wanted) {
    if (isFile(name)) chosen.push(await (await import('./load-experiment.js')).loadExperiment(name));
    else chosen.push(...(name === 'all' ? experiments : [experimentOf(name)]).map((experiment) => ({ experiment })));
  }
  return [...new Map(chosen.map((choice) => [choice.experiment.id, choice])).values()];
}

function experimentOf(id: string): Experiment {
  const found = experiments.find((experiment) => experiment.id === id);
  if (found !== undefined) return found;
  const known = experiments.map((experiment) => experiment.id);
  throw new UserError(
    `run: expected an experiment (${known.join(', ')}), a file or all, got "${id}"${didYouMean(id, known)}`,
  );
}
