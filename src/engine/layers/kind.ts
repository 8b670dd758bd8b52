import type { Fields, Kind, SpecOf } from '../../base/fields.js';
import type { Shape } from './shape.js';

/**
 * One parameter tensor of a layer: its shape in PyTorch's orientation, and the fan-in that its default initial values
 * use.
 */
export interface TensorShape {
  readonly shape: Shape;
  readonly fanIn: number;
}

/** The parameter tensors of a layer by the names that PyTorch has for them, in its order; `{}` for none. */
export type TensorShapes = Readonly<Record<string, TensorShape | undefined>>;

/**
 * What a kind of layer is, apart from how it is computed. Everything else about it is derived from here: its type and
 * its schema, defaults and canonical form from `fields`, its place in a network from `output` and `tensors`, what it
 * costs from `work`.
 */
export interface LayerKind<
  Name extends string = string,
  F extends Fields = Fields,
  T extends TensorShapes = TensorShapes,
> extends Kind<Name, F> {
  /**
   * The shape that leaves the layer for one that reaches it (one sample, no batch axis). The fields' own ranges have
   * been checked.
   * @throws SpecError, with the path `at` of the layer before the name of a field, if the two do not fit
   */
  output(spec: SpecOf<F>, input: Shape, at: string): Shape;
  /** The layer's parameters. Initial values are drawn in the order of their names. */
  tensors(spec: SpecOf<F>, input: Shape): T;
  /** Multiplications of one sample's way through it; values that it writes, where it has no parameters. */
  work(spec: SpecOf<F>, input: Shape, output: Shape): number;
  /** The layer in a word or two, as tables have it: `conv 5×5 to 16`. */
  words(spec: SpecOf<F>): string;
}

/** A kind of layer with its types as narrow as they are written. */
export const layerKind = <const Name extends string, const F extends Fields, T extends TensorShapes>(
  kind: LayerKind<Name, F, T>,
): LayerKind<Name, F, T> => kind;
