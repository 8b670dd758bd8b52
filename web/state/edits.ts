import type { TrialSpec } from '../../src/tasks/trial-spec.js';

/** A change of a run from one step on: `atStep` is the first that is taken with it. */
export interface Edit {
  readonly atStep: number;
  readonly path: string;
  readonly value: number | 'full';
}

/** The edits of a spec, in their order. */
export const editsOf = (spec: TrialSpec): readonly Edit[] =>
  (spec as TrialSpec & { readonly edits?: readonly Edit[] }).edits ?? [];

/** A spec with other edits; without any where there are none. */
export function withEdits(spec: TrialSpec, edits: readonly Edit[]): TrialSpec {
  const { edits: _, ...plain } = spec as TrialSpec & { readonly edits?: readonly Edit[] };
  return edits.length > 0 ? ({ ...plain, edits } as TrialSpec) : plain;
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
