import type { Dataset } from '../base/dataset.js';
import { cos, sin } from '../base/math.js';
import type { Mt19937 } from '../base/mt19937.js';
import { normalVector } from '../base/normal-vector.js';
import { namedStream } from '../base/streams.js';

/** A point without noise: class `label` of `classes`, made of two uniform draws u and v of [0, 1). */
type Place = (u: number, v: number, label: number, classes: number) => readonly [x: number, y: number];

/** Turns that an arm of the spiral takes. */
const turns = 1.25;
const blobDistance = 0.75;

const onCircle = (radius: number, angle: number): readonly [number, number] => [
  radius * cos(angle),
  radius * sin(angle),
];
/** The share of a whole turn as an angle. */
const turn = (share: number): number => 2 * Math.PI * share;

/** Where the points of each set lie before the noise; all within [-1, 1]. */
const places = {
  /** Arms from the centre outwards, one a class. */
  spiral: (u, _, label, classes) => onCircle(u, turn(turns * u + label / classes)),
  /** Rings around the centre, class 0 the innermost. */
  circles: (u, _, label, classes) => onCircle((label + 1) / classes, turn(u)),
  /** Four quadrants: class 0 where both coordinates have one sign. */
  xor: (u, v, label) => {
    const x = 2 * u - 1;
    return [x, x < 0 === (label === 0) ? -v : v];
  },
  /** Two half circles that reach into each other. */
  moons: (u, _, label) => {
    const [x, y] = onCircle(1, turn(u / 2));
    const half = label === 0 ? ([x - 0.5, y - 0.25] as const) : ([0.5 - x, 0.25 - y] as const);
    return [half[0] / 1.5, half[1] / 1.5];
  },
  /** Clouds around points that lie evenly on a circle; what there is of a cloud is noise. */
  gaussians: (_, __, label, classes) => onCircle(blobDistance, turn(label / classes)),
} as const satisfies Readonly<Record<string, Place>>;

/** The name of a set of points in the plane. */
export type PlaneSet = keyof typeof places;

/** Which points. */
export interface PlaneOptions {
  readonly set: PlaneSet;
  readonly size: number;
  /** Sample i is of class i mod `classes`. */
  readonly classes: number;
  /** Standard deviation of normal noise on both coordinates. */
  readonly noise: number;
  readonly seed: number;
  /** Whether they are to train on or to test on: each has streams of its own. */
  readonly use: 'train' | 'test';
}

/** Draws of [0, 1). */
const uniform = (rng: Mt19937): number => rng.next() / 2 ** 32;

/**
 * Points in the plane, to be classified.
 *
 *     (x, y) = place(u, v) + noise (n1, n2),   u, v uniform, n1, n2 standard normal, in float64, rounded once
 *
 * Places come from the stream `plane/<use>/places` of the seed, two draws a point, noise from `plane/<use>/noise`: the
 * points of a smaller set are the first ones of a larger one, and more noise moves the same points further.
 * Shapes: inputs [size, 2], targets [size] labels.
 */
export function planeDataset({ set, size, classes, noise, seed, use }: PlaneOptions): Dataset {
  const draws = namedStream(`plane/${use}/places`, seed);
  const normals = normalVector(namedStream(`plane/${use}/noise`, seed), 2 * size);
  const place: Place = places[set];
  const inputs = new Float32Array(2 * size);
  const targets = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    targets[i] = i % classes;
    const [u, v] = [uniform(draws), uniform(draws)];
    place(u, v, i % classes, classes).forEach((value, axis) => {
      inputs[2 * i + axis] = value + noise * normals[2 * i + axis]!;
    });
  }
  return { name: set, size, inputShape: [2], inputs, targets };
}
