import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { UserError } from '../../base/errors.js';
import { sha256Hex } from '../../base/sha256.js';
import type { Store } from '../../lab/store.js';
import { readJson } from '../../platform/node/files.js';
import { readParameters } from '../../platform/node/store/finished-trials.js';
import type { FinishedTrial } from '../../tasks/finished-trial.js';
import { parseTrialSpec } from '../../tasks/schema/trial-schema.js';

/** Networks to measure; `areStored`: all of them are trials of the store. */
export interface MeasuredTrials {
  readonly trials: readonly FinishedTrial[];
  /** What a figure calls each of them. */
  readonly labels: readonly string[];
  readonly areStored: boolean;
}

/**
 * Finds each network: a file with weights, or the trial of the store whose id begins so.
 * @throws UserError if there is none, or several; if weights come without the spec of their model
 */
export function findTrials(names: readonly string[], store: Store, model: string | undefined): MeasuredTrials {
  const files = names.filter((name) => name.endsWith('.safetensors'));
  if (files.length === 0 && model !== undefined) {
    throw new UserError(
      `--model: expected a .safetensors file with its weights, got none; a trial in the store knows its model`,
    );
  }
  const trials = names.map((name) =>
    files.includes(name) ? fromWeights(name, model) : store.readFinished(idOfPrefix(name, store)),
  );
  const labels = trials.map(({ id }, i) =>
    files.includes(names[i]!) ? basename(names[i]!) : `trial ${id.slice(0, 8)}`,
  );
  return { trials, labels, areStored: files.length === 0 };
}

function fromWeights(path: string, model: string | undefined): FinishedTrial {
  if (!existsSync(path)) throw new UserError(`${path}: expected a file with weights, got no such file`);
  if (model === undefined) {
    throw new UserError(`${path}: expected --model with the JSON of a trial beside a file with weights, got none`);
  }
  const spec = parseTrialSpec(readJson(model));
  return { id: sha256Hex(path), spec, parameters: readParameters(path, spec) };
}

function idOfPrefix(prefix: string, store: Store): string {
  const found = store.list().filter((id) => id.startsWith(prefix));
  if (found.length === 1) return found[0]!;
  const got = found.length === 0 ? 'none' : `${found.length}: ${found.slice(0, 3).join(', ')} ...`;
  throw new UserError(
    `measure: expected one trial in ${store.path} whose id begins with "${prefix}", or a .safetensors file, got ${got}`,
  );
}
