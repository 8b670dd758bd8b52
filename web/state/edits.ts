import type { TrialSpec } from '../../src/tasks/trial-spec.js';

/** A change of a run from one step on: `atStep` is the first that is taken with it. */
export type Edit = NonNullable<TrialSpec['edits']>[number];

/** The edits of a spec, in their order. */
export const editsOf = (spec: TrialSpec): readonly Edit[] => spec.edits ?? [];

/** A spec with other edits; without any where there are none. */
export function withEdits(spec: TrialSpec, edits: readonly Edit[]): TrialSpec {
  const { edits: _, ...plain } = spec;
  return edits.length > 0 ? { ...plain, edits } : plain;
}

/**
 * The spec of a branch that leaves another after a step: with a change, what that spec had planned for later is
 * dropped; without one the branch is its parent again.
 */
export function branchSpec(spec: TrialSpec, atStep: number, edit?: Omit<Edit, 'atStep'>): TrialSpec {
  if (!edit) return spec;
  const next = atStep + 1;
  const past = editsOf(spec).filter((one) => one.atStep <= atStep || (one.atStep === next && one.path !== edit.path));
  const all = [...past, { atStep: next, ...edit }];
  // One order for one set of edits: by step, then by path.
  return withEdits(
    spec,
    all.toSorted((a, b) => a.atStep - b.atStep || (a.path < b.path ? -1 : 1)),
  );
}

/** A spec as the step after this one takes it: with the edits that lie behind that. */
export const specAt = (spec: TrialSpec, step: number): TrialSpec =>
  editsOf(spec)
    .filter(({ atStep }) => atStep <= step + 1)
    .reduce<TrialSpec>((now, { path, value }) => withValue(now, path, value), withEdits(spec, []));

/** A spec with another value at a path such as `optimizer.learningRate`. */
export function withValue(spec: TrialSpec, path: string, value: unknown): TrialSpec {
  const [first, second] = path.split('.') as [keyof TrialSpec, string?];
  if (second === undefined) return { ...spec, [first]: value };
  return { ...spec, [first]: { ...(spec[first] as object), [second]: value } };
}
