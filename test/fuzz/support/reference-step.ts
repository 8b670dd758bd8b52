import { expect } from 'vitest';
import type { Dataset } from '../../../src/base/dataset.js';
import { philox4x32 } from '../../../src/base/philox.js';
import type { LossName, NetworkSpec } from '../../../src/engine/network-spec.js';
import { datasetRows } from '../../../src/engine/reference/dataset-rows.js';
import { referenceNetwork } from '../../../src/engine/reference/network.js';
import { initialState, optimizerStep } from '../../../src/engine/reference/optimizers.js';
import { inferShapes, product } from '../../../src/engine/shapes.js';
import type { OptimizerSpec } from '../../../src/engine/training/spec.js';

/** The first step of a training run: the batch is the samples `rows`, in this order. */
export interface FirstStep {
  readonly network: NetworkSpec;
  readonly loss: LossName;
  readonly optimizer: OptimizerSpec;
  readonly data: Dataset;
  readonly rows: readonly number[];
  readonly parameters: Float32Array;
  readonly dropoutKey: readonly [number, number];
}

/** What the engine came to: loss before the step, norm of the gradient, parameters after the step. */
export interface StepOutcome {
  readonly loss: number;
  readonly gradNorm: number;
  readonly parameters: Float32Array;
}

/** Largest error of the loss, of a gradient's element (as a share of the largest), and of a parameter, relative. */
export const tolerance = { loss: 1e-5, gradient: 1e-4, parameter: 2e-6 } as const;
/** Below this, numbers are rounding noise of a network whose values are around 1. */
const noise = 1e-6;

/**
 * The engine's first step against the same step in float64. A parameter must lie between those that the step gives for a gradient that is off
 * by the gradient's tolerance, up and down: Adam divides by the gradient's size, so that nothing closer can be said where it is near 0.
 */
export function expectStep(step: FirstStep, got: StepOutcome): void {
  const { network, loss, optimizer, data, rows, parameters } = step;
  const params = Float64Array.from(parameters);
  const masks = dropoutMasks(step);
  const expected = referenceNetwork(network).lossAndGradient(params, datasetRows(data, rows), loss, { masks });
  expectNear(got.loss, expected.loss, tolerance.loss * Math.abs(expected.loss) + noise, 'loss');
  const norm = Math.sqrt(expected.gradient.reduce((sum, g) => sum + g * g, 0));
  expectNear(got.gradNorm, norm, tolerance.gradient * norm + noise, 'gradient norm');
  const largest = expected.gradient.reduce((most, g) => Math.max(most, Math.abs(g)), noise);
  const moved = (by: number): Float64Array =>
    optimizerStep(
      optimizer,
      initialState(optimizer, params),
      expected.gradient.map((g) => g + by),
    ).params;
  const [low, high] = [moved(tolerance.gradient * largest), moved(-tolerance.gradient * largest)];
  expect(got.parameters.length).toBe(params.length);
  got.parameters.forEach((value, i) => {
    const slack = tolerance.parameter * (Math.abs(params[i]!) + Math.abs(low[i]!) + noise);
    expectNear(value, (low[i]! + high[i]!) / 2, (high[i]! - low[i]!) / 2 + slack, `parameter ${i}`);
  });
}

function expectNear(actual: number, expected: number, bound: number, what: string): void {
  if (!(Math.abs(actual - expected) <= bound)) expect.fail(`${what}: expected ${expected} +- ${bound}, got ${actual}`);
}

/** The masks of the first step by docs/random-numbers.md; features count in the order in which a layer holds them (channels last for images). */
function dropoutMasks({ network, rows, dropoutKey }: FirstStep): ReadonlyMap<number, Float32Array> {
  const masks = new Map<number, Float32Array>();
  for (const { spec, index, input } of inferShapes(network)) {
    if (spec.kind !== 'dropout') continue;
    const features = product(input);
    const [channels, area] = input.length === 3 ? [input[0]!, input[1]! * input[2]!] : [1, features];
    const mask = Float32Array.from({ length: rows.length * features }, (_, i) => {
      const [s, f] = [Math.floor(i / features), i % features];
      const place = (f % area) * channels + Math.floor(f / area);
      const word = philox4x32([s >> 2, place, 0, index], dropoutKey)[s & 3]!;
      return word < Math.round(spec.rate * 2 ** 32) ? 0 : 1 / (1 - spec.rate);
    });
    masks.set(index, mask);
  }
  return masks;
}
