/**
 * What can be measured of a network: curvature, landscape, trajectory, flatness, sensitivity. Definitions:
 * docs/definitions.md.
 */
export * from './critical-point/critical-point.js';
export * from './critical-point/damped-newton.js';
export * from './critical-point/gradient-norm.js';
export * from './critical-point/gradient-norm-descent.js';
export * from './critical-point/levenberg-marquardt.js';
export * from './critical-point/minimal-ratio.js';
export * from './critical-point/zero-gradient.js';
export * from './curvature/exact-hessian.js';
export * from './curvature/hutchinson.js';
export * from './curvature/lanczos.js';
export * from './curvature/preconditioned-curvature.js';
export * from './curvature/spectral-density.js';
export * from './curvature/symmetric-eigen.js';
export * from './landscape/epsilon-sharpness.js';
export * from './landscape/filter-normalization.js';
export * from './landscape/grid.js';
export * from './landscape/interpolation.js';
export * from './landscape/surface.js';
export * from './objective/engine-objective.js';
export * from './objective/evaluator.js';
export type * from './objective/objective.js';
export * from './objective/reference-objective.js';
export * from './sensitivity/sensitivity.js';
export * from './trajectory/distances.js';
export * from './trajectory/gram-pca.js';
export * from './trajectory/random-walk.js';
export * from './trajectory/snapshots.js';
export * from './trajectory/trajectory.js';
