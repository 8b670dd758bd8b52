import { SpecError } from '../../base/errors.js';
import type { Field, Fields } from '../../base/fields.js';

/** Sizes of an array without its batch axis: [features], or [channels, height, width]. */
export type Shape = readonly number[];

/**
 * One parameter tensor in PyTorch's terms: `nn.Sequential`'s name, its shape, and the fan-in that its default initial
 * values use.
 */
export interface ParameterShape {
  readonly name: string;
  readonly shape: Shape;
  readonly fanIn: number;
}

/** Number of values in an array of some shape. */
export const product = (shape: Shape): number => shape.reduce((total, n) => total * n, 1);

/**
 * The sizes of an image that reaches a layer.
 * @throws SpecError at the layer's path `at` if what reaches it is none
 */
export function requireImage(
  shape: Shape,
  at: string,
  kind: string,
): readonly [channels: number, height: number, width: number] {
  const [channels, height, width] = shape;
  if (shape.length !== 3 || channels === undefined || height === undefined || width === undefined) {
    throw new SpecError(at, `expected an input of [channels, height, width] for ${kind}, got [${shape.join(', ')}]`);
  }
  return [channels, height, width];
}

/** @throws SpecError at `path` if a window of `size` x `size` does not fit into an image */
export function requireWindow(size: number, height: number, width: number, path: string): void {
  if (size <= height && size <= width) return;
  throw new SpecError(
    path,
    `expected at most ${Math.min(height, width)}, as the input is ${height} x ${width}, got ${size}`,
  );
}

/** @throws SpecError at the first field of `spec` whose number is not one that its definition allows */
export function requireNumbers(fields: Fields, spec: Readonly<Record<string, unknown>>, at: string): void {
  for (const [name, field] of Object.entries(fields)) {
    const value = spec[name];
    if (value === undefined && field.presence !== 'needed') continue;
    if (!allows(field, value)) throw new SpecError(`${at}.${name}`, `expected ${expectedBy(field)}, got ${value}`);
  }
}

function allows({ rule }: Field, value: unknown): boolean {
  if (rule.rule !== 'number') return true;
  const { whole, least = -Infinity, above = -Infinity, most = Infinity, below = Infinity } = rule;
  if (typeof value !== 'number' || !(whole ? Number.isSafeInteger(value) : Number.isFinite(value))) return false;
  return value >= least && value > above && value <= most && value < below;
}

const expectedBy = ({ rule }: Field): string => (rule.rule === 'number' ? rule.expected : 'another value');
