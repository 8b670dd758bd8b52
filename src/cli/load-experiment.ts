import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../base/errors.js';
import type { Experiment } from '../experiments/experiment.js';
import { importBundled } from '../platform/node/import-bundled.js';
import { parseExperiment } from './parse-experiment.js';

/** An experiment to run, and the file that it is from if it is the user's own. */
export interface ChosenExperiment {
  readonly experiment: Experiment;
  readonly source?: string;
}

/**
 * An experiment of the user's own: the JSON of a file, or the default export of a JavaScript or TypeScript module.
 * @throws UserError that names the file, and in it the field that is wrong
 */
export async function loadExperiment(file: string): Promise<ChosenExperiment> {
  const path = resolve(file);
  if (!existsSync(path)) throw new UserError(`${file}: expected a file with an experiment, got no such file`);
  const value = path.endsWith('.json') ? parseJson(await readFile(path, 'utf8'), file) : await exported(path, file);
  try {
    return { experiment: parseExperiment(value), source: path };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message.replaceAll(/^/gm, `${file}: `));
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file}: expected JSON, got ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function exported(path: string, file: string): Promise<Experiment> {
  const module = await importBundled(path, file);
  if (module['default'] === undefined) {
    throw new UserError(
      `${file}: expected an experiment as default export, got none; write: export default experiment`,
    );
  }
  return module['default'] as Experiment;
}
