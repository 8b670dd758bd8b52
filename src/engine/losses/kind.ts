import type { Kind } from '../../base/fields.js';

/** What a kind of loss is, apart from how it is computed. Specs name it by its word alone. */
export interface LossKind<Name extends string = string> extends Kind<Name, Readonly<Record<never, never>>> {
  /** What it compares the outputs with: a label a sample, or a value an output. */
  readonly targets: 'labels' | 'values';
  /** The loss in a few words. */
  readonly words: string;
}

/** A kind of loss with its types as narrow as they are written. */
export const lossKind = <const Name extends string>(kind: LossKind<Name>): LossKind<Name> => kind;
