import { describe, expect, it, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { initialParams, randomDataset } from '../../../test/support/objectives.js';
import { uniformValues } from '../../../test/support/random.js';
import { type LayerSpec, type LossName, mlp, type NetworkSpec } from '../../engine/network-spec.js';
import { parameterCount } from '../../engine/shapes.js';
import { sampledMinimalRatio } from '../critical-point/sampled-minimal-ratio.js';
import { hutchinsonTrace } from '../curvature/hutchinson.js';
import { extremeEigenvalues } from '../curvature/lanczos.js';
import { spectralDensity } from '../curvature/spectral-density.js';
import { adaptiveSharpness } from '../landscape/adaptive-sharpness.js';
import { epsilonSharpness } from '../landscape/epsilon-sharpness.js';
import { engineObjective } from './engine-objective.js';
import { referenceObjective } from './reference-objective.js';

const images = (activation: LayerSpec, features: number): NetworkSpec => ({
  input: [1, 8, 7],
  layers: [
    { kind: 'conv2d', channels: 4, kernel: 3 },
    activation,
    { kind: 'maxPool2d', size: 2 },
    { kind: 'flatten' },
    { kind: 'dropout', rate: 0.4 },
    { kind: 'linear', features },
  ],
});
/** Name, network, loss, outputs. */
const cases: readonly [string, NetworkSpec, LossName, number][] = [
  ['3-17-4 relu, crossEntropy', mlp([3, 17, 4], 'relu'), 'crossEntropy', 4],
  ['2-9-6-3 tanh, mse', mlp([2, 9, 6, 3], 'tanh'), 'mse', 3],
  ['5-8-1 leakyRelu, mse', mlp([5, 8, 1], 'leakyRelu'), 'mse', 1],
  ['convolution, relu, pool and dropout, crossEntropy', images({ kind: 'relu' }, 5), 'crossEntropy', 5],
  ['convolution, tanh, pool and dropout, mse', images({ kind: 'tanh' }, 2), 'mse', 2],
];

describe.each(cases)('%s', (_name, spec, loss, outputs) => {
  const data = randomDataset(spec, loss, outputs, 37);
  const params = initialParams(spec, 2);
  const reference = referenceObjective(spec, data, loss);
  const n = parameterCount(spec);

  it('loss within 1e-6, gradient and products within 1e-5 of the float64 reference; dropout is off', async () => {
    const v = Float64Array.from(uniformValues(n, 3));
    const objective = await engineObjective(spec, data, loss);
    const engine = objective.at(params);
    // A look elsewhere must not move the products of this point.
    objective.loss(params.map((p) => p + 1));
    const expected = reference.at(params);
    expect(Math.abs(engine.loss / expected.loss - 1)).toBeLessThan(1e-6);
    expect(Math.abs(objective.loss(params) / reference.loss(params) - 1)).toBeLessThan(1e-6);
    expectClose(engine.gradient, expected.gradient, 1e-5, 'gradient');
    expectClose(engine.hvp(v), expected.hvp(v), 1e-5, 'hvp');
    expectClose(engine.gaussNewtonVp(v), expected.gaussNewtonVp(v), 1e-5, 'gaussNewtonVp');
  });

  it('by products: ends and trace within 1e-4 of lambdaMax, moments within 1e-3, sharpness within 1e-2', async () => {
    const objectives = [await engineObjective(spec, data, loss), reference];
    const found = objectives.map((objective) => {
      const { hvp } = objective.at(params);
      const { lambdaMin, lambdaMax } = extremeEigenvalues(hvp, n, { tolerance: 1e-4 });
      const { nodes, weights } = spectralDensity(hvp, n, { probes: 2, steps: 15 });
      const moment = (power: number) => nodes.reduce((sum, node, i) => sum + weights[i]! * node ** power, 0);
      return {
        ends: [lambdaMin.value, lambdaMax.value],
        trace: hutchinsonTrace(hvp, n, { probes: 5 }).trace,
        moments: [moment(1) / lambdaMax.value, moment(2) / lambdaMax.value ** 2],
        rises: [
          epsilonSharpness(objective, params, { epsilon: 0.01 }).rise,
          adaptiveSharpness(objective, params, { epsilon: 0.1 }).rise,
        ],
      };
    });
    const [engine, expected] = found as [(typeof found)[0], (typeof found)[0]];
    const lambdaMax = expected.ends[1]!;
    expectClose(engine.ends, expected.ends, 1e-4, 'ends');
    expect(Math.abs(engine.trace - expected.trace)).toBeLessThan(1e-4 * lambdaMax);
    engine.moments.forEach((moment, i) => {
      expect(Math.abs(moment / expected.moments[i]! - 1)).toBeLessThan(1e-3);
    });
    // The climb takes other halvings where a kink is near.
    engine.rises.forEach((rise, i) => {
      expect(Math.abs(rise / expected.rises[i]! - 1)).toBeLessThan(1e-2);
    });
  });
});

test('the sampled minimal ratio is that of the reference within 0.01 over 1,000 draws', async () => {
  const [, spec, loss, outputs] = cases[0]!;
  const data = randomDataset(spec, loss, outputs, 37);
  const [engine, reference] = [await engineObjective(spec, data, loss), referenceObjective(spec, data, loss)].map(
    (objective) => sampledMinimalRatio(objective, initialParams(spec, 2), { sigma: 0.1 }).ratio,
  );
  expect(Math.abs(engine! - reference!)).toBeLessThan(0.01);
});
