/**
 * What can be measured of a network: curvature, landscape, trajectory, critical points, sensitivity.
 * Methods, pure and in the names of their papers; definitions: docs/definitions.md.
 */
export { activeUnits } from './critical-point/active-units.js';
export type { ZeroGradient, ZeroGradientOptions, ZeroGradientStatus } from './critical-point/critical-point.js';
export { dampedNewton } from './critical-point/damped-newton.js';
export { type GradientNorms, gradientNorms, type NamedNorm } from './critical-point/gradient-norm.js';
export { gradientNormDescent } from './critical-point/gradient-norm-descent.js';
export { levenbergMarquardt } from './critical-point/levenberg-marquardt.js';
export { type EigenvalueSigns, eigenvalueSigns, toleranceSweep } from './critical-point/minimal-ratio.js';
export { saddleFreeNewton } from './critical-point/saddle-free-newton.js';
export {
  type SampledMinimalRatio,
  type SamplingOptions,
  sampledMinimalRatio,
} from './critical-point/sampled-minimal-ratio.js';
export {
  type FindOptions,
  type FoundZeroGradient,
  findZeroGradient,
  type ZeroGradientMethod,
} from './critical-point/zero-gradient.js';
export { type DenseMatrix, denseMatrix } from './curvature/dense-matrix.js';
export { type ExactHessian, exactHessian } from './curvature/exact-hessian.js';
export { hutchinsonTrace, type ProbeOptions, type TraceEstimate } from './curvature/hutchinson.js';
export {
  type ExtremeEigenvalues,
  extremeEigenvalues,
  type LanczosOptions,
  type RitzValue,
} from './curvature/lanczos.js';
export { preconditionedEigenvalues } from './curvature/preconditioned-curvature.js';
export { type DensityOptions, type SpectralDensity, spectralDensity } from './curvature/spectral-density.js';
export { adaptiveSharpness } from './landscape/adaptive-sharpness.js';
export type { BoxSharpness, SharpnessOptions } from './landscape/box-sharpness.js';
export {
  type EpsilonSharpness,
  type EpsilonSharpnessOptions,
  epsilonSharpness,
} from './landscape/epsilon-sharpness.js';
export { filterNormalized, type NamedShape, randomDirections } from './landscape/filter-normalization.js';
export { evenGrid } from './landscape/grid.js';
export {
  type InterpolationPath,
  type InterpolationPoint,
  interpolate,
  interpolationAlphas,
} from './landscape/interpolation.js';
export { type Barrier, lossBarrier } from './landscape/loss-barrier.js';
export { lineSlice, planeSlice, type SliceAxis } from './landscape/surface.js';
export type { ParameterVector } from './numerics/parameter-vectors.js';
export { type SymmetricEigen, symmetricEigen } from './numerics/symmetric-eigen.js';
export type { Product } from './numerics/vectors.js';
export { engineObjective } from './objective/engine-objective.js';
export { type Evaluator, type LandscapeValue, networkEvaluator, type SetEvaluation } from './objective/evaluator.js';
export type { Objective, ObjectivePoint } from './objective/objective.js';
export { referenceObjective } from './objective/reference-objective.js';
export { type InputSensitivity, inputSensitivity, type MeanNorm } from './sensitivity/sensitivity.js';
export type { SnapshotCenter } from './trajectory/column-blocks.js';
export type { ParameterChoice } from './trajectory/columns.js';
export { snapshotDistance, stepLengths } from './trajectory/distances.js';
export { type Gram, type GramOptions, gramMatrix } from './trajectory/gram-matrix.js';
export { type GramPca, gramPca } from './trajectory/gram-pca.js';
export { type PrincipalPlane, principalPlane } from './trajectory/principal-plane.js';
export { type RandomWalk, randomWalkGram, walksLike } from './trajectory/random-walk.js';
export { type Range, type Snapshots, snapshotsInMemory } from './trajectory/snapshots.js';
export { type Trajectory, type TrajectoryOptions, trajectoryPca } from './trajectory/trajectory.js';
