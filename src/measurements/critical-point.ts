import { type Dataset, train } from '../engine/index.js';
import { eigenvalueSigns } from '../measures/critical-point/minimal-ratio.js';
import { findZeroGradient } from '../measures/critical-point/zero-gradient.js';
import { exactHessian } from '../measures/curvature/exact-hessian.js';
import { symmetricEigen } from '../measures/numerics/symmetric-eigen.js';
import { referenceObjective } from '../measures/objective/reference-objective.js';
import { measureDefaults } from '../tasks/measurement-defaults.js';
import { type MeasureContext, type MeasureOf, networkSpecOf, type RawResult, samplesOf } from './context.js';

const kinds = { critical: 1, gradientFlat: 0, stalled: -1, outOfSteps: -1 } as const;

/** A point where the gradient of a fresh network's loss is zero, found from the seed, and the signs of its Hessian's eigenvalues there; all but the warm-up in float64. */
export async function measureCriticalPoint(context: MeasureContext<'criticalPoint'>): Promise<RawResult> {
  const { seed, loadMnist, onProgress } = context;
  const measure = { ...measureDefaults.criticalPoint, ...context.measure };
  const data = (await samplesOf(measure, loadMnist)).train;
  const loss = data.targets instanceof Float32Array ? 'mse' : 'crossEntropy';
  const start = await warmedUp(measure, data, loss, seed);
  const objective = referenceObjective(networkSpecOf(measure), data, loss);
  const { method, attempts, maxSteps, gradNorm: tolerance } = measure;
  const found = findZeroGradient(objective, start, {
    methods: [method],
    attempts,
    maxSteps,
    tolerance,
    seed,
    onStep: (step) => onProgress(Math.min(1, (step + 1) / maxSteps)),
  });
  const hessian = exactHessian(objective, found.params);
  const { values } = symmetricEigen(hessian.matrix, hessian.n);
  const { nPositive, nZero, nNegative, minimalRatio } = eigenvalueSigns(values, measure.tolerance);
  return {
    values: {
      kind: kinds[found.status],
      gradNorm: found.gradNorm,
      relativeHg: found.flatness,
      loss: found.loss,
      nPositive,
      nZero,
      nNegative,
      minimalRatio,
      lambdaMax: values.at(-1)!,
      lambdaMin: values[0]!,
      steps: found.steps,
      attempts: found.attempts.length,
    },
  };
}

async function warmedUp(
  measure: MeasureOf<'criticalPoint'> & { readonly learningRate: number },
  data: Dataset,
  loss: 'mse' | 'crossEntropy',
  seed: number,
): Promise<Float64Array> {
  const { parameters } = await train({
    network: networkSpecOf(measure),
    loss,
    optimizer: { kind: 'adam', learningRate: measure.learningRate },
    batchSize: 'full',
    stop: { epochs: measure.warmUpEpochs },
    seed,
    data,
  });
  return Float64Array.from(parameters);
}
