import { Mt19937 } from '../../base/mt19937.js';
import { initializeParameters } from '../../base/torch-random.js';
import { functionDataset } from '../../data/index.js';
import { mlp } from '../../engine/network-spec.js';
import { datasetRows } from '../../engine/reference/dataset-rows.js';
import { referenceNetwork } from '../../engine/reference/network.js';
import { initialState, optimizerStep } from '../../engine/reference/optimizers.js';
import { parameterShapes, product } from '../../engine/shapes.js';
import { eigenvalueSigns } from '../../measures/critical-point/minimal-ratio.js';
import { denseMatrix } from '../../measures/curvature/dense-matrix.js';
import { symmetricEigen } from '../../measures/numerics/symmetric-eigen.js';
import { norm } from '../../measures/numerics/vectors.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import { addLayerMatrices, type LayerMatrices, layerMatrices } from './layer-gauss-newton.js';

interface MinimalRatioBugs {
  readonly stepOnWrongGradient?: boolean;
  readonly gaussNewtonByLayer?: boolean;
  readonly accumulateOverEpochs?: boolean;
  readonly meanOfWeightNorms?: boolean;
}

interface MinimalRatioOptions {
  readonly hidden: number;
  readonly epochs: number;
  readonly learningRate: number;
  readonly bugs: MinimalRatioBugs;
}

/**
 * Section 1.2.3 as its public notebook does it, with each of its bugs (D21 to D24) to be had or not: one run of 1-h-1
 * on 300 points of sinc, one point an epoch.
 *
 * All in float64 but the notebook's matrices, which are float32: the ratio counts the signs of their rounding.
 * With `gaussNewtonByLayer` off the matrix is the Hessian of the loss, and eigenvalues below the error of the
 * arithmetic count as 0.
 */
export async function measureMinimalRatioAsCoded(context: MeasureContext<MinimalRatioOptions>): Promise<RawResult> {
  const { measure, seed, onProgress } = context;
  const { learningRate, hidden, epochs, bugs } = measure;
  const spec = mlp([1, hidden, 1], 'relu');
  const shapes = parameterShapes(spec);
  const network = referenceNetwork(spec);
  const data = functionDataset('sinc');
  const batch = datasetRows(
    data,
    Uint32Array.from({ length: data.size }, (_, i) => i),
  );
  const ones = new Float64Array(data.size).fill(1);
  const drawn = initializeParameters(
    new Mt19937(seed),
    shapes.map(({ shape, fanIn }) => ({ size: product(shape), fanIn })),
  );
  const ratioOf = bugs.gaussNewtonByLayer ? layerRatio(hidden, bugs) : hessianRatio(bugs);
  const optimizer = { kind: 'adam', learningRate } as const;
  let state = initialState(optimizer, Float64Array.from(drawn));
  const rows: { loss: number; gradNorm: number; ratio: number }[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const at = network.curvature(state.params.slice(), batch, 'mse');
    const gradNorm = bugs.meanOfWeightNorms ? meanWeightNorm(at.gradient, hidden) : norm(at.gradient);
    rows.push({ loss: at.loss, gradNorm, ratio: ratioOf(state.params, batch.inputs, at.hvp) });
    const direction = bugs.stepOnWrongGradient
      ? network.linearize(state.params, batch.inputs).vjp(ones).params
      : at.gradient;
    state = optimizerStep(optimizer, state, direction);
    onProgress(epoch / epochs);
  }
  const [first, last] = [rows[0]!, rows.at(-1)!];
  return {
    values: {
      firstLoss: first.loss,
      finalLoss: last.loss,
      finalRatio: last.ratio,
      firstGradNorm: first.gradNorm,
      finalGradNorm: last.gradNorm,
    },
    columns: {
      epoch: rows.map((_, i) => i + 1),
      loss: rows.map(({ loss }) => loss),
      ratio: rows.map(({ ratio }) => ratio),
      gradNorm: rows.map(({ gradNorm }) => gradNorm),
    },
  };
}

type RatioOf = (params: Float64Array, inputs: Float64Array, hvp: (v: Float64Array) => Float64Array) => number;

/**
 * The notebook's: share of eigenvalues above 0, as they come out, of each layer's matrix; then the mean of both layers.
 */
function layerRatio(hidden: number, { accumulateOverEpochs }: MinimalRatioBugs): RatioOf {
  let sums = layerMatrices(hidden);
  const share = (matrix: Float32Array): number => {
    const { values } = symmetricEigen(Float64Array.from(matrix), hidden);
    return values.filter((value) => value > 0).length / hidden;
  };
  return (params, inputs) => {
    if (!accumulateOverEpochs) sums = layerMatrices(hidden);
    addLayerMatrices(sums, params, inputs);
    const { first, second }: LayerMatrices = sums;
    return (share(first) + share(second)) / 2;
  };
}

/** The whole Hessian, by itself or added up. */
function hessianRatio({ accumulateOverEpochs }: MinimalRatioBugs): RatioOf {
  let sum: Float64Array | undefined;
  return (params, _, hvp) => {
    const { matrix } = denseMatrix(hvp, params.length);
    const before = sum;
    sum = accumulateOverEpochs && before ? matrix.map((value, i) => value + before[i]!) : matrix;
    return eigenvalueSigns(symmetricEigen(sum, params.length).values).minimalRatio;
  };
}

/** Parameters of 1-h-1 lie as weight [h], bias [h], weight [h], bias [1]. */
function meanWeightNorm(gradient: Float64Array, hidden: number): number {
  return (norm(gradient.subarray(0, hidden)) + norm(gradient.subarray(2 * hidden, 3 * hidden))) / 2;
}
