import { SpecError } from '../base/errors.js';
import { type LayerSpec, layersByKind } from './layers/index.js';
import type { LayerKind } from './layers/kind.js';
import { type ParameterShape, product, requireNumbers, type Shape } from './layers/shape.js';
import type { NetworkSpec } from './network-spec.js';

export { type ParameterShape, product } from './layers/shape.js';

/** A layer with the shapes that reach and leave it (one sample, no batch axis). */
export interface ShapedLayer {
  readonly spec: LayerSpec;
  readonly index: number;
  readonly input: Shape;
  readonly output: Shape;
  readonly parameters: readonly ParameterShape[];
  /** Multiplications of one sample's way through it; values that it writes, where it has no parameters. */
  readonly work: number;
}

/**
 * Shapes of every layer of a network, checked.
 * @throws SpecError that names the layer, what it expected and what came.
 */
export function inferShapes(spec: NetworkSpec): readonly ShapedLayer[] {
  requireInput(spec.input);
  if (spec.layers.length === 0) throw new SpecError('layers', 'expected at least one layer, got none');
  let shape = spec.input;
  return spec.layers.map((layer, index) => {
    const shaped = shapeOf(layer, index, shape);
    shape = shaped.output;
    return shaped;
  });
}

/** All parameter tensors of a network in PyTorch's order (weight then bias, layer by layer). */
export function parameterShapes(spec: NetworkSpec): readonly ParameterShape[] {
  return inferShapes(spec).flatMap((layer) => layer.parameters);
}

/** Number of parameters of a network. */
export function parameterCount(spec: NetworkSpec): number {
  return parameterShapes(spec).reduce((total, p) => total + product(p.shape), 0);
}

/** A layer in a word or two, as tables have it. */
export const layerWords = (spec: LayerSpec): string => kindOf(spec).words(spec);

const kindOf = (spec: LayerSpec): LayerKind => layersByKind[spec.kind] as LayerKind;

function requireInput(input: Shape): void {
  if (input.length !== 1 && input.length !== 3) {
    throw new SpecError('input', `expected [features] or [channels, height, width], got [${input.join(', ')}]`);
  }
  const odd = input.findIndex((n) => !Number.isSafeInteger(n) || n < 1);
  if (odd >= 0) throw new SpecError(`input[${odd}]`, `expected a whole number of at least 1, got ${input[odd]}`);
}

function shapeOf(spec: LayerSpec, index: number, input: Shape): ShapedLayer {
  const kind = kindOf(spec);
  const at = `layers[${index}]`;
  requireNumbers(kind.fields, spec, at);
  const output = kind.output(spec, input, at);
  const parameters = Object.entries(kind.tensors(spec, input)).flatMap(([name, tensor]) =>
    tensor ? [{ name: `${index}.${name}`, ...tensor }] : [],
  );
  return { spec, index, input, output, parameters, work: kind.work(spec, input, output) };
}
