import { SpecError } from '../base/errors.js';
import type { LayerSpec, NetworkSpec } from './network-spec.js';

/** One parameter tensor in PyTorch's terms: `nn.Sequential`'s name, its shape, and the fan-in that its default initial values use. */
export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
  readonly fanIn: number;
}

/** A layer with the shapes that reach and leave it (one sample, no batch axis). */
export interface ShapedLayer {
  readonly spec: LayerSpec;
  readonly index: number;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly parameters: readonly ParameterShape[];
}

/** Largest window of a pooling: the engine keeps a position in it as a byte. */
const largestPool = 16;

export const product = (shape: readonly number[]): number => shape.reduce((total, n) => total * n, 1);

/**
 * Shapes of every layer of a network, checked.
 * @throws SpecError that names the layer, what it expected and what came.
 */
export function inferShapes(spec: NetworkSpec): readonly ShapedLayer[] {
  if (spec.input.length !== 1 && spec.input.length !== 3) {
    throw new SpecError('input', `expected [features] or [channels, height, width], got [${spec.input.join(', ')}]`);
  }
  spec.input.forEach((n, i) => {
    requireCount(n, `input[${i}]`);
  });
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

function shapeOf(spec: LayerSpec, index: number, input: readonly number[]): ShapedLayer {
  const path = `layers[${index}]`;
  const layer = (output: readonly number[], parameters: readonly ParameterShape[] = []): ShapedLayer => ({
    spec,
    index,
    input,
    output,
    parameters,
  });
  switch (spec.kind) {
    case 'linear': {
      requireCount(spec.features, `${path}.features`);
      const [features] = input;
      if (input.length !== 1 || features === undefined) {
        throw new SpecError(
          path,
          `expected a flat input for linear, got [${input.join(', ')}]; put a flatten layer before it`,
        );
      }
      return layer([spec.features], weightAndBias(index, [spec.features, features], features));
    }
    case 'conv2d': {
      requireCount(spec.channels, `${path}.channels`);
      requireCount(spec.kernel, `${path}.kernel`);
      const [channels, height, width] = requireImage(input, path, 'conv2d');
      if (spec.kernel > height || spec.kernel > width) {
        throw new SpecError(
          `${path}.kernel`,
          `expected at most ${Math.min(height, width)}, as the input is ${height} x ${width}, got ${spec.kernel}`,
        );
      }
      const fanIn = channels * spec.kernel * spec.kernel;
      return layer(
        [spec.channels, height - spec.kernel + 1, width - spec.kernel + 1],
        weightAndBias(index, [spec.channels, channels, spec.kernel, spec.kernel], fanIn),
      );
    }
    case 'maxPool2d': {
      requireCount(spec.size, `${path}.size`);
      const [channels, height, width] = requireImage(input, path, 'maxPool2d');
      if (spec.size > height || spec.size > width) {
        throw new SpecError(
          `${path}.size`,
          `expected at most ${Math.min(height, width)}, as the input is ${height} x ${width}, got ${spec.size}`,
        );
      }
      if (spec.size > largestPool)
        throw new SpecError(`${path}.size`, `expected at most ${largestPool}, got ${spec.size}`);
      return layer([channels, Math.floor(height / spec.size), Math.floor(width / spec.size)]);
    }
    case 'leakyRelu':
      requireRange(spec.slope ?? 0, 0, 1, `${path}.slope`);
      return layer(input);
    case 'dropout':
      requireRange(spec.rate, 0, 1, `${path}.rate`);
      return layer(input);
    case 'relu':
    case 'tanh':
      return layer(input);
    case 'flatten':
      return layer([product(input)]);
  }
}

function weightAndBias(index: number, weight: readonly number[], fanIn: number): readonly ParameterShape[] {
  return [
    { name: `${index}.weight`, shape: weight, fanIn },
    { name: `${index}.bias`, shape: weight.slice(0, 1), fanIn },
  ];
}

function requireImage(shape: readonly number[], path: string, kind: string): [number, number, number] {
  const [channels, height, width] = shape;
  if (shape.length !== 3 || channels === undefined || height === undefined || width === undefined) {
    throw new SpecError(path, `expected an input of [channels, height, width] for ${kind}, got [${shape.join(', ')}]`);
  }
  return [channels, height, width];
}

function requireCount(value: number, path: string): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new SpecError(path, `expected a whole number of at least 1, got ${value}`);
}

function requireRange(value: number, low: number, high: number, path: string): void {
  if (!(value >= low && value < high))
    throw new SpecError(path, `expected a number in [${low}, ${high}), got ${value}`);
}
