import { describe, expect, it, test } from 'vitest';
import { float32Bytes } from '../base/float32-bytes.js';
import { sha256Hex } from '../base/sha256.js';
import { type PlaneOptions, type PlaneSet, planeDataset } from './plane.js';

const options: PlaneOptions = { set: 'spiral', size: 100, classes: 2, noise: 0.1, seed: 1, use: 'train' };
const bytesOf = (more: Partial<PlaneOptions>): string => {
  const { inputs, targets } = planeDataset({ ...options, ...more });
  return `${sha256Hex(float32Bytes(inputs as Float32Array))} ${sha256Hex(targets as Uint8Array)}`;
};

// Held so that a set is the same on every machine and stays what it is: a change raises `dataRevision`.
const golden: readonly (readonly [PlaneSet, number, string])[] = [
  ['spiral', 2, '16b148170aa1b5b9'],
  ['spiral', 5, '15719532528ae7c5'],
  ['circles', 2, 'd5223ba141346331'],
  ['circles', 3, '39d0a5e57f5cad27'],
  ['xor', 2, '045f1155e7dbafc3'],
  ['moons', 2, 'bf2b37d8c07ef362'],
  ['gaussians', 4, '780fe4cb99a1be24'],
];

test.each(golden)('%s of %i classes: the inputs, to the bit', (set, classes, digest) => {
  expect(bytesOf({ set, classes }).slice(0, 16)).toBe(digest);
});

describe.each(golden)('%s of %i classes', (set, classes) => {
  const made = planeDataset({ ...options, set, classes, size: 1000, noise: 0 });
  const points = Array.from({ length: 1000 }, (_, i) => ({
    x: made.inputs[2 * i]!,
    y: made.inputs[2 * i + 1]!,
    label: made.targets[i]!,
  }));

  it('has as many points of each class, all within [-1, 1]', () => {
    for (let label = 0; label < classes; label++) {
      expect(Math.abs(points.filter((point) => point.label === label).length - 1000 / classes)).toBeLessThan(1);
    }
    for (const { x, y } of points) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1);
  });

  it('is where it is said to be', () => {
    for (const { x, y, label } of points) {
      const radius = Math.hypot(x, y);
      const angle = Math.atan2(y, x) / (2 * Math.PI);
      const isNear = (difference: number) => Math.abs(difference - Math.round(difference)) < 1e-5;
      const holds: Readonly<Record<PlaneSet, () => boolean>> = {
        spiral: () => radius < 1e-3 || isNear(angle - 1.25 * radius - label / classes),
        circles: () => Math.abs(radius - (label + 1) / classes) < 1e-6,
        xor: () => x * y > 0 === (label === 0) || x * y === 0,
        moons: () => Math.abs(Math.hypot(x + (label ? -1 : 1) / 3, y + (label ? -1 : 1) / 6) - 2 / 3) < 1e-6,
        gaussians: () => Math.abs(radius - 0.75) < 1e-6 && isNear(angle - label / classes),
      };
      expect(holds[set](), `${x}, ${y}, ${label}`).toBe(true);
    }
  });
});

test('the points of a smaller set are the first ones of a larger one; more noise moves the same points further', () => {
  const small = planeDataset({ ...options, size: 30 });
  const large = planeDataset(options);
  expect(small.inputs).toEqual(large.inputs.subarray(0, 60));
  const still = planeDataset({ ...options, noise: 0 });
  const twice = planeDataset({ ...options, noise: 0.2 });
  large.inputs.forEach((value, i) => {
    const moved = value - still.inputs[i]!;
    expect(Math.abs(twice.inputs[i]! - still.inputs[i]! - 2 * moved)).toBeLessThan(1e-6);
  });
});

test('seeds, training and test have points of their own', () => {
  const all = [bytesOf({}), bytesOf({ seed: 2 }), bytesOf({ use: 'test' }), bytesOf({ noise: 0.2 })];
  expect(new Set(all).size).toBe(4);
});

test('noise has the deviation that it is asked for', () => {
  const size = 20_000;
  const { inputs } = planeDataset({ ...options, set: 'gaussians', size, noise: 0.3 });
  const still = planeDataset({ ...options, set: 'gaussians', size, noise: 0 }).inputs;
  const square = [...inputs].reduce((sum, value, i) => sum + (value - still[i]!) ** 2, 0) / (2 * size);
  // Four standard errors of a variance from 40,000 numbers.
  expect(Math.abs(square / 0.09 - 1)).toBeLessThan(4 * Math.sqrt(2 / (2 * size)));
});
