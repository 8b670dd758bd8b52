import type { TrialSpec } from '../../../src/tasks/trial-spec.js';
import { NumberField } from '../fields.js';

/** Samples in a spec. */
export type Data = TrialSpec['data'];
/** Samples of one kind. */
export type DataOf<K extends Data['kind']> = Extract<Data, { readonly kind: K }>;

/** What the editor of a kind of data is given. */
export interface EditorProps<K extends Data['kind']> {
  readonly data: DataOf<K>;
  readonly take: (data: Data) => void;
}

/** The share of training labels that are drawn anew. */
export function LabelNoise({ data, take }: EditorProps<'plane' | 'mnist' | 'table'>) {
  const { randomLabels, ...plain } = data;
  return (
    <NumberField
      label="Share of random labels"
      value={randomLabels?.fraction ?? 0}
      min={0}
      max={1}
      hint="0 to 1, of the training labels"
      onChange={(fraction) =>
        take({ ...plain, ...(fraction > 0 && { randomLabels: { fraction, seed: randomLabels?.seed ?? 1 } }) })
      }
    />
  );
}
