import type { DataSpec } from '../../data/sources/index.js';
import { type Dataset, type NetworkSpec, train } from '../../engine/index.js';
import { type ModelSpec, networkOf } from '../../engine/model-spec.js';
import { activeUnits } from '../../measures/critical-point/active-units.js';
import { eigenvalueSigns } from '../../measures/critical-point/minimal-ratio.js';
import { findZeroGradient, type ZeroGradientMethod } from '../../measures/critical-point/zero-gradient.js';
import { exactHessian } from '../../measures/curvature/exact-hessian.js';
import { symmetricEigen } from '../../measures/numerics/symmetric-eigen.js';
import { referenceObjective } from '../../measures/objective/reference-objective.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import { samplesOf } from './samples.js';

interface CriticalPointOptions {
  readonly model: ModelSpec;
  readonly data: DataSpec;
  readonly warmUpEpochs: number;
  readonly gradNorm: number;
  readonly maxSteps: number;
  readonly learningRate: number;
  readonly method: ZeroGradientMethod;
  readonly attempts: number;
  readonly tolerance: number;
  readonly countUnits: boolean;
}

const kinds = { critical: 1, gradientFlat: 0, stalled: -1, outOfSteps: -1 } as const;

/**
 * A point where the gradient of a fresh network's loss is zero, found from the seed, and the signs of its Hessian's
 * eigenvalues there; all but the warm-up in float64.
 */
export async function measureCriticalPoint(context: MeasureContext<CriticalPointOptions>): Promise<RawResult> {
  const { measure, seed, loadMnist, onProgress } = context;
  const network = networkOf(measure.model);
  const data = (await samplesOf({ network, data: measure.data }, loadMnist)).train;
  const loss = data.targets instanceof Float32Array ? 'mse' : 'crossEntropy';
  const start = await warmedUp({ network, data, loss, seed, measure });
  const objective = referenceObjective(network, data, loss);
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
      ...(measure.countUnits && { activeUnits: activeUnits(network, found.params, data) }),
    },
  };
}

interface WarmUp {
  readonly network: NetworkSpec;
  readonly data: Dataset;
  readonly loss: 'mse' | 'crossEntropy';
  readonly seed: number;
  readonly measure: Pick<CriticalPointOptions, 'learningRate' | 'warmUpEpochs'>;
}

async function warmedUp({ network, data, loss, seed, measure }: WarmUp): Promise<Float64Array> {
  const { parameters } = await train({
    network,
    loss,
    optimizer: { kind: 'adam', learningRate: measure.learningRate },
    batchSize: 'full',
    stop: { epochs: measure.warmUpEpochs },
    seed,
    data,
  });
  return Float64Array.from(parameters);
}
