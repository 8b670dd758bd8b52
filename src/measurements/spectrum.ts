import { spectralDensity } from '../measures/curvature/spectral-density.js';
import type { MeasureContext, RawResult } from './context.js';
import { trialPoint } from './objective.js';

/** Density of the Hessian's eigenvalues at a trial's end. */
export async function measureSpectrum(context: MeasureContext<'spectrum'>): Promise<RawResult> {
  const { measure, trials, seed, loadMnist, onProgress } = context;
  const { objective, params } = await trialPoint(trials[0]!, measure.samples, loadMnist);
  const { hvp, loss } = objective.at(params);
  const { probes, steps } = measure;
  let products = 0;
  const counted = (v: Float64Array): Float64Array => {
    onProgress(Math.min(1, ++products / (probes * steps)));
    return hvp(v);
  };
  const { lambda, density, nodes, sigma } = spectralDensity(counted, objective.parameterCount, { probes, steps, seed });
  return {
    values: {
      loss,
      lambdaMax: nodes.reduce((most, node) => Math.max(most, node), -Infinity),
      lambdaMin: nodes.reduce((least, node) => Math.min(least, node), Infinity),
      sigma,
    },
    columns: { lambda, density },
  };
}
