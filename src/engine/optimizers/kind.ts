import type { Fields, Kind, SpecOf } from '../../base/fields.js';

/** What a kind of optimizer is, apart from how it is computed. */
export interface OptimizerKind<Name extends string = string, F extends Fields = Fields> extends Kind<Name, F> {
  /** The optimizer in a word or two, as tables have it: `sgd 0.1`. */
  words(spec: SpecOf<F>): string;
}

/** A kind of optimizer with its types as narrow as they are written. */
export const optimizerKind = <const Name extends string, const F extends Fields>(
  kind: OptimizerKind<Name, F>,
): OptimizerKind<Name, F> => kind;
