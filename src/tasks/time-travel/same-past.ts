import { canonicalJson } from '../../base/canonical-json.js';
import { UserError } from '../../base/errors.js';
import { canonicalTrial } from '../defaults.js';
import type { TrialSpec } from '../trial-spec.js';

/**
 * Whether a spec may branch off another after so many steps.
 * @throws UserError if they differ in anything but edits of later steps and the number of epochs, or if the parent has
 * ended
 */
export function requireSamePast(parent: TrialSpec, branch: TrialSpec, step: number, ended: boolean): void {
  const [before, now] = [pastOf(parent, step), pastOf(branch, step)];
  const odd = [...new Set([...Object.keys(before), ...Object.keys(now)])].find(
    (name) => canonicalJson(before[name] ?? null) !== canonicalJson(now[name] ?? null),
  );
  if (odd !== undefined) {
    throw new UserError(
      `branch: expected a spec that differs in edits after step ${step} or in stop.epochs, ` +
        `got one that differs in ${odd}`,
    );
  }
  const isSame = canonicalJson(canonicalTrial(parent)) === canonicalJson(canonicalTrial(branch));
  if (ended && !isSame) throw new UserError(`branch: expected a trial that has not ended, got one that has at ${step}`);
}

/** What steps up to one depend on. */
function pastOf({ stop: { epochs: _, ...stop }, edits = [], ...spec }: TrialSpec, step: number) {
  const made = edits.filter(({ atStep }) => atStep <= step);
  const past = canonicalTrial({ ...spec, stop: { ...stop, epochs: 1 }, edits: made });
  return past as Readonly<Record<string, unknown>>;
}
