import { UserError } from '../../base/errors.js';
import { product } from '../../engine/shapes.js';
import type { NamedShape } from '../landscape/filter-normalization.js';
import type { Range } from './snapshots.js';

/** Which parameters a trajectory is seen in. Default: all. */
export interface ParameterChoice {
  /** Layers by the name before the dot: `0` has `0.weight` and `0.bias`. */
  readonly layers?: readonly string[];
  /** Leaves biases out. */
  readonly weightsOnly?: boolean;
}

/**
 * Where the chosen parameters lie in the flat order; neighbours are joined.
 *
 * @throws UserError if the shapes do not add up to the parameters, or a layer is not among the network's
 */
export function chosenColumns(
  shapes: readonly NamedShape[],
  parameterCount: number,
  { layers, weightsOnly = false }: ParameterChoice,
): readonly Range[] {
  const layerOf = (name: string) => name.slice(0, name.lastIndexOf('.'));
  const known = new Set(shapes.map(({ name }) => layerOf(name)));
  const unknown = layers?.find((layer) => !known.has(layer));
  if (unknown !== undefined || layers?.length === 0) {
    throw new UserError(`layers: expected some of ${[...known].join(', ')}, got ${unknown ?? 'none'}`);
  }
  const ranges: Range[] = [];
  let end = 0;
  for (const { name, shape } of shapes) {
    const start = end;
    end += product(shape);
    if ((layers && !layers.includes(layerOf(name))) || (weightsOnly && shape.length < 2)) continue;
    const last = ranges.at(-1);
    if (last?.end === start) ranges[ranges.length - 1] = { start: last.start, end };
    else ranges.push({ start, end });
  }
  if (end !== parameterCount) {
    throw new UserError(`trajectory: expected snapshots of the ${end} parameters of the shapes, got ${parameterCount}`);
  }
  return ranges;
}
