import { hutchinsonTrace } from '../../measures/curvature/hutchinson.js';
import { extremeEigenvalues } from '../../measures/curvature/lanczos.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import { trainedPoint } from './objective.js';

interface CurvatureOptions {
  readonly samples: number;
  readonly products: number;
}

/** Both ends of the Hessian's spectrum, and its trace with a standard error, at a trial's end. */
export async function measureCurvature(context: MeasureContext<CurvatureOptions>): Promise<RawResult> {
  const { measure, networks, seed, loadMnist, onProgress } = context;
  const { objective, params } = await trainedPoint(networks[0]!, measure.samples, loadMnist);
  const { hvp, loss } = objective.at(params);
  let products = 0;
  const counted = (v: Float64Array): Float64Array => {
    onProgress(Math.min(1, ++products / (2 * measure.products)));
    return hvp(v);
  };
  const n = objective.parameterCount;
  const ends = extremeEigenvalues(counted, n, { maxProducts: measure.products, seed, tolerance: 1e-4 });
  const { trace, standardError } = hutchinsonTrace(counted, n, { probes: measure.products, seed });
  return {
    values: {
      loss,
      lambdaMax: ends.lambdaMax.value,
      lambdaMin: ends.lambdaMin.value,
      lambdaMaxResidual: ends.lambdaMax.residual,
      lambdaMinResidual: ends.lambdaMin.residual,
      trace,
      traceError: standardError,
    },
  };
}
