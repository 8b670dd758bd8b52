import { spectralDensity } from '../../measures/curvature/spectral-density.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import { trainedPoint } from './objective.js';

interface SpectrumOptions {
  readonly samples: number;
  readonly probes: number;
  readonly steps: number;
}

/** Density of the Hessian's eigenvalues at a trial's end. */
export async function measureSpectrum(context: MeasureContext<SpectrumOptions>): Promise<RawResult> {
  const { measure, networks, seed, loadMnist, onProgress } = context;
  const { objective, params } = await trainedPoint(networks[0]!, measure.samples, loadMnist);
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
