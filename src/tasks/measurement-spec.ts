import type { ZeroGradientMethod } from '../measures/critical-point/zero-gradient.js';
import type { DataSpec, ModelSpec } from './trial-spec.js';

/** One measurement as data: what is measured, of which finished trials, from which seed. Its id is a hash of this. */
export interface MeasurementSpec {
  readonly kind: 'measurement';
  readonly measure: MeasureSpec;
  /** Ids of finished trials, in the order that the measure wants. */
  readonly of: readonly string[];
  readonly seed: number;
}

/** Bugs of the public notebook of section 1.2.3, each by itself. Default: all true, as that code is. */
export interface MinimalRatioBugs {
  /** D21: the optimizer steps along the gradient of the sum of the outputs, not of the loss. */
  readonly stepOnWrongGradient?: boolean;
  /** D22: the "Hessian" is the Gauss-Newton matrix of each weight matrix by itself, in float32; else it is the whole Hessian in float64. */
  readonly gaussNewtonByLayer?: boolean;
  /** D23: matrices are added up over all epochs (and samples), never reset. */
  readonly accumulateOverEpochs?: boolean;
  /** D24: the gradient norm is the mean of the norms of the two weight matrices. */
  readonly meanOfWeightNorms?: boolean;
}

/** What is measured; `of` says of which trials. Definitions: docs/definitions.md. */
export type MeasureSpec =
  /** Of [a, b]: columns alpha, trainLoss, trainAccuracy, testLoss, testAccuracy; values barrierTrain, barrierTest. */
  | { readonly name: 'interpolation'; readonly alphas: readonly number[] }
  /**
   * Of runs with snapshots: columns run (from 0), epoch, pc1, pc2 ..., residual, distance; values explained1, explained2 ..., residualShare, endDistanceOverLength,
   * pathLength, randomWalkExplained1, randomWalkExplained2 ...
   */
  | {
      readonly name: 'trajectory';
      readonly components: number;
      /** Relative to their mean (default), or to the last one. */
      readonly rows?: 'centred' | 'fromEnd';
      /** Tensors to look at, by name; default all that the snapshots hold. */
      readonly tensors?: readonly string[];
      /** Only the first so many parameters of these. */
      readonly firstColumns?: number;
      /** Only snapshots of these epochs, both included. */
      readonly epochs?: readonly [number, number];
    }
  /** Of [a]: values sharpness, adaptiveSharpness, loss; over the first `samples` training samples. */
  | { readonly name: 'sharpness'; readonly epsilon: number; readonly samples: number }
  /** Of [a]: values lambdaMax, lambdaMin, trace, traceError; `products` at most for Lanczos, and as many probes for the trace. */
  | { readonly name: 'curvature'; readonly samples: number; readonly products: number }
  /** Of [a]: values logitsTest, logitsTrain, probabilitiesTest, probabilitiesTrain; over the first `samples` of each set. */
  | { readonly name: 'sensitivity'; readonly samples: number }
  /** Of [a], a fit of a function: values mse, maxError, points on an even grid over [-1, 1]; `excludeAroundJumps` leaves out what is nearer to a jump than that. */
  | { readonly name: 'gridError'; readonly points: number; readonly excludeAroundJumps?: number }
  /** Of [a, b], both on images: values bothRight, onlyFirstRight, onlySecondRight, bothWrong over the test set. */
  | { readonly name: 'predictions' }
  /** Of []: trains from the seed for `warmUpEpochs`, then looks for a zero gradient in float64: values gradNorm, relativeHg, loss, nPositive, nZero, nNegative, minimalRatio, kind (1 critical, 0 gradient-flat, -1 neither), steps. */
  | {
      readonly name: 'criticalPoint';
      readonly model: ModelSpec;
      readonly data: DataSpec;
      readonly warmUpEpochs: number;
      /** The gradient norm that counts as zero. */
      readonly gradNorm: number;
      readonly maxSteps: number;
      /** Of Adam in the warm-up. Default 0.001. */
      readonly learningRate?: number;
      /** Default `dampedNewton`, which finds saddles as well as minima. */
      readonly method?: ZeroGradientMethod;
      /** Starts at most: each after the first is where the last ended, moved at random. Default 10. */
      readonly attempts?: number;
      /** Share of max |lambda| below which an eigenvalue counts as zero. Default 1e-8. */
      readonly tolerance?: number;
    }
  /** Of []: section 1.2.3 as its public notebook does it: columns epoch, loss, ratio, gradNorm. */
  | {
      readonly name: 'minimalRatioAsCoded';
      readonly hidden: number;
      readonly epochs: number;
      /** Of Adam. Default 0.0004. */
      readonly learningRate?: number;
      readonly bugs?: MinimalRatioBugs;
    }
  /** Of [a], a small network: the whole Hessian in float64: columns eigenvalue; values loss, gradNorm, lambdaMax, lambdaMin, trace, nPositive, nZero, nNegative, minimalRatio. */
  | { readonly name: 'hessian'; readonly tolerance?: number }
  /** Of [a]: density of eigenvalues: columns lambda, density; values lambdaMax, lambdaMin. */
  | { readonly name: 'spectrum'; readonly samples: number; readonly probes: number; readonly steps: number }
  /**
   * Of [a]: the loss over a plane: columns a, b, trainLoss, testLoss; of a trajectory also pathA, pathB, pathEpoch, a row a snapshot, and values explained1, explained2.
   * The shorter columns end in null.
   */
  | {
      readonly name: 'surface';
      readonly span: number;
      readonly points: number;
      readonly samples: number;
      /** Through the trial's end along two random filter-normalised directions (default), or the plane in which its snapshots vary most. */
      readonly plane?: SurfacePlaneName;
    };

/** Planes that a loss surface is taken over. */
export const surfacePlanes = ['random', 'trajectory'] as const;

export type SurfacePlaneName = (typeof surfacePlanes)[number];

export type MeasureName = MeasureSpec['name'];

/** What a measurement came to. A value that is not finite is null; columns are of one length. */
export interface MeasurementResult {
  readonly values: Readonly<Record<string, number | null>>;
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>;
}
