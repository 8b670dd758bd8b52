import type { Fields } from '../../../base/fields.js';
import { type LayerKind, layerKind } from '../kind.js';
import { product } from '../shape.js';

/** A layer that applies one function to each value: shapes stay, and there are no parameters. */
export const activationKind = <const Name extends string, const F extends Fields>(
  kind: Name,
  fields: F,
): LayerKind<Name, F, Readonly<Record<never, never>>> =>
  layerKind({
    kind,
    fields,
    output: (_spec, input) => input,
    tensors: () => ({}),
    work: (_spec, _input, output) => product(output),
    words: () => kind,
  });
