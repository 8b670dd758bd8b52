import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { engineRevision, kernelsDigest } from '../../../../engine/index.js';
import type { Provenance } from '../../../../lab/store.js';
import { parseTaskSpec, type TaskSpec, taskId } from '../../../../tasks/task.js';
import { readJson } from '../../files.js';
import { checksumProblems, readChecksums } from '../checksums.js';
import { taskFiles } from '../task-files.js';
import { hasMeasurementHash, hasTrialHash } from './stored-hash.js';

/** How the folder of a finished task is. */
export interface TaskCheck {
  readonly id: string;
  readonly folder: string;
  /** What is wrong, each in words that begin with a file's name; none if all is well. */
  readonly problems: readonly string[];
  /** Whether it has checksums; an older version wrote none. */
  readonly sealed: boolean;
  /** What it computes, where nothing is wrong. */
  readonly spec?: TaskSpec;
}

const measurementFiles = [taskFiles.spec, taskFiles.result, taskFiles.provenance];
const trialFiles = [...measurementFiles, taskFiles.metrics, taskFiles.weights];

/**
 * Reads the whole folder of a task: by its checksums, or else by recomputing its result hash; then whether its spec has
 * the id that the folder is named by, or another that is expected.
 */
export async function checkTask(
  folder: string,
  kind: 'trials' | 'measurements',
  id = basename(folder),
): Promise<TaskCheck> {
  const of = { id, folder };
  const required = kind === 'trials' ? trialFiles : measurementFiles;
  try {
    const sums = readChecksums(folder);
    const sealed = sums !== undefined;
    const problems = sealed ? checksumProblems(folder, sums, required) : await hashProblems(folder, required);
    if (problems.length > 0) return { ...of, problems, sealed };
    const spec = specOf(folder, id);
    const isOfKind = (spec.kind === 'measurement') === (kind === 'measurements');
    return isOfKind
      ? { ...of, problems, sealed, spec }
      : { ...of, problems: [`spec.json: not one of ${kind}`], sealed };
  } catch (error) {
    return { ...of, problems: [within(folder, error)], sealed: true };
  }
}

/**
 * The same, and recomputes the result hash whatever the checksums say: for what comes from elsewhere. What another
 * version computed is left at its checksums, as its rules are not known here.
 */
export async function proveTask(
  folder: string,
  kind: 'trials' | 'measurements',
  id = basename(folder),
): Promise<TaskCheck> {
  const found = await checkTask(folder, kind, id);
  if (found.problems.length > 0 || !found.sealed || !isOfThisEngine(folder)) return found;
  try {
    return { ...found, problems: await hashProblems(folder, kind === 'trials' ? trialFiles : measurementFiles) };
  } catch (error) {
    return { ...found, problems: [within(folder, error)] };
  }
}

async function hashProblems(folder: string, required: readonly string[]): Promise<readonly string[]> {
  const present = readdirSync(folder);
  const missing = required.filter((name) => !present.includes(name));
  if (missing.length > 0) return missing.map((name) => `${name}: expected a file, got none`);
  for (const name of present.filter((each) => each.endsWith('.json'))) readJson(join(folder, name));
  const isTrial = required === trialFiles;
  if (isTrial ? await hasTrialHash(folder) : hasMeasurementHash(folder)) return [];
  const from = isTrial ? 'metrics and weights' : 'values and columns';
  return [`${taskFiles.result}: expected the hash of its ${from}, got another`];
}

/** @throws UserError if the spec is not valid, or is another task's */
function specOf(folder: string, wanted: string): TaskSpec {
  const spec = readJson(join(folder, taskFiles.spec)) as TaskSpec;
  // The rules of another version, with other kernels, are not known here.
  if (!isOfThisEngine(folder)) return spec;
  const id = taskId(parseTaskSpec(spec), { kernelsDigest, engineRevision });
  if (id === wanted) return spec;
  throw new Error(`${taskFiles.spec}: expected the spec of this id, got that of ${id}`);
}

function isOfThisEngine(folder: string): boolean {
  const made = readJson(join(folder, taskFiles.provenance)) as Provenance;
  return made.kernelsDigest === kernelsDigest && made.engineRevision === engineRevision;
}

/** An error's message without the path of the folder in front. */
function within(folder: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(join(folder, '/'), '');
}
