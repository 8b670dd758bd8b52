import { eigenvalueSigns } from '../../measures/critical-point/minimal-ratio.js';
import { requireExactSize } from '../../measures/curvature/dense-matrix.js';
import { exactHessian } from '../../measures/curvature/exact-hessian.js';
import { symmetricEigen } from '../../measures/numerics/symmetric-eigen.js';
import { norm } from '../../measures/numerics/vectors.js';
import { referenceObjective } from '../../measures/objective/reference-objective.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import { finiteParameters } from './objective.js';
import { samplesOf } from './samples.js';

/** The whole Hessian of a small network's training loss in float64, and all its eigenvalues. */
export async function measureHessian(context: MeasureContext<{ readonly tolerance?: number }>): Promise<RawResult> {
  const { measure, networks, loadMnist, onProgress } = context;
  const trained = networks[0]!;
  const { id, network, loss, parameters } = trained;
  requireExactSize('hessian', parameters.length, 'the measures spectrum or curvature');
  const { train } = await samplesOf(trained, loadMnist);
  const objective = referenceObjective(network, train, loss);
  const hessian = exactHessian(objective, finiteParameters(id, parameters), (done, of) => onProgress(done / of));
  const { values: eigenvalue } = symmetricEigen(hessian.matrix, hessian.n);
  const { tolerance, relativeTolerance: _, ...signs } = eigenvalueSigns(eigenvalue, measure.tolerance);
  return {
    values: {
      loss: hessian.loss,
      gradNorm: norm(hessian.gradient),
      lambdaMax: eigenvalue.at(-1)!,
      lambdaMin: eigenvalue[0]!,
      trace: eigenvalue.reduce((sum, value) => sum + value, 0),
      ...signs,
      tolerance,
      asymmetry: hessian.asymmetry,
    },
    columns: { eigenvalue },
  };
}
