import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../../base/errors.js';
import type { ChosenExperiment } from '../../lab/plan-runs.js';
import { codeOf } from '../../platform/node/files.js';
import { importBundled, problemOf } from '../../platform/node/import-bundled.js';
import { parseExperiment } from './parse-experiment.js';

/**
 * An experiment of the user's own: the JSON of a file, or the default export of a JavaScript or TypeScript module.
 * @throws UserError that names the file, and in it the field that is wrong
 */
export async function loadExperiment(file: string): Promise<ChosenExperiment> {
  const path = resolve(file);
  const value = path.endsWith('.json') ? parseJson(await readText(path, file), file) : await exported(path, file);
  try {
    return { experiment: parseExperiment(value), source: path };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message.replaceAll(/^/gm, `${file}: `));
  }
}

async function readText(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError(`${file}: expected a file with an experiment, got ${codeOf(error)}`);
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file}: expected JSON, got ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The default export of a module; a promise is waited for. */
async function exported(path: string, file: string): Promise<unknown> {
  if (!existsSync(path)) throw new UserError(`${file}: expected a file with an experiment, got ENOENT`);
  const value = await settled(importBundled(path, file).then((module) => module['default'])).catch((error: unknown) => {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `${file}: expected an experiment as default export, got a promise that fails: ${problemOf(error)}`,
    );
  });
  if (value === undefined) {
    throw new UserError(
      `${file}: expected an experiment as default export, got none; write: export default experiment`,
    );
  }
  return value;
}

/** A promise that never settles would end the program without a word once nothing else is to be done: an error. */
function settled<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abandoned = () => reject(new Error('it never settles'));
    process.once('beforeExit', abandoned);
    promise.then(resolve, reject).finally(() => process.off('beforeExit', abandoned));
  });
}
