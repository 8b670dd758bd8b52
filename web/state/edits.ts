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

/** A spec as the step after this one takes it: with the edits of its fields that lie behind that. */
export const specAt = (spec: TrialSpec, step: number): TrialSpec =>
  editsOf(spec)
    .filter(({ atStep, path }) => atStep <= step + 1 && parameterOf(path) === undefined)
    .reduce<TrialSpec>((now, { path, value }) => withValue(now, path, value), withEdits(spec, []));

/** The first step from which on a spec is taken as it is after this one: that of its last edit. */
export const sinceEdit = (spec: TrialSpec, step: number): number =>
  Math.max(0, ...editsOf(spec).map(({ atStep }) => (atStep <= step + 1 ? atStep - 1 : 0)));

/** A spec with another value at a path such as `optimizer.learningRate`. */
export function withValue(spec: TrialSpec, path: string, value: unknown): TrialSpec {
  const [first, second] = path.split('.') as [keyof TrialSpec, string?];
  if (second === undefined) return { ...spec, [first]: value };
  return { ...spec, [first]: { ...(spec[first] as object), [second]: value } };
}

/** The place of the one parameter that a path names; undefined where it names a field. */
export function parameterOf(path: string): number | undefined {
  const index = /^parameters\[(\d+)\]$/.exec(path)?.[1];
  return index === undefined ? undefined : Number(index);
}

/** A tensor of parameters, as people are to find one of its numbers. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

const sizeOf = ({ shape }: NamedTensor): number => shape.reduce((product, length) => product * length, 1);

/**
 * The place among all parameters of a number in a tensor.
 * Shapes: indices [shape.length]
 */
export function placeOf(tensors: readonly NamedTensor[], name: string, indices: readonly number[]): number {
  let before = 0;
  for (const tensor of tensors) {
    if (tensor.name === name)
      return before + indices.reduce((sum, index, axis) => sum * tensor.shape[axis]! + index, 0);
    before += sizeOf(tensor);
  }
  throw new RangeError(`tensor: expected one of ${tensors.map((one) => one.name).join(', ')}, got ${name}`);
}

/** The name of a parameter by its place: `2.weight[3, 0]`. */
export function parameterName(tensors: readonly NamedTensor[], place: number): string {
  let left = place;
  for (const tensor of tensors) {
    const size = sizeOf(tensor);
    if (left < size) {
      const indices: number[] = [];
      for (const length of tensor.shape.toReversed()) {
        indices.unshift(left % length);
        left = Math.floor(left / length);
      }
      return `${tensor.name}[${indices.join(', ')}]`;
    }
    left -= size;
  }
  return `parameter ${place}`;
}

const fieldWords: Readonly<Record<string, string>> = {
  'optimizer.learningRate': 'learning rate',
  'optimizer.momentum': 'momentum',
  'optimizer.weightDecay': 'weight decay',
  batchSize: 'batch size',
};

/** An edit as the timeline says it. */
export function editWords({ path, value }: Edit, tensors: readonly NamedTensor[]): string {
  const place = parameterOf(path);
  if (place === undefined) return `${fieldWords[path] ?? path} becomes ${value === 'full' ? 'all samples' : value}`;
  const units = Number(value);
  const size = `${Math.abs(units)} unit${Math.abs(units) === 1 ? '' : 's'} in the last place`;
  return `${parameterName(tensors, place)} ${units < 0 ? 'falls' : 'rises'} by ${size}`;
}
