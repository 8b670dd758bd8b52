import type { NamedShape } from '../landscape/filter-normalization.js';
import type { SnapshotCenter } from './column-blocks.js';
import { chosenColumns, type ParameterChoice } from './columns.js';
import { type Gram, gramMatrix } from './gram-matrix.js';
import { type GramPca, gramPca } from './gram-pca.js';
import { type PrincipalPlane, principalPlane } from './principal-plane.js';
import type { Snapshots } from './snapshots.js';

/** How a trajectory is looked at. */
export interface TrajectoryOptions extends ParameterChoice {
  /** Number of components. Default 2. */
  readonly components?: number;
  /** Default: the mean, as in PCA. `last`: theta_t - theta_last without centring, around the end of training. */
  readonly center?: SnapshotCenter;
  /**
   * Whether the components are wanted as directions of parameter space. Default false: it takes a second pass over the
   * snapshots.
   */
  readonly plane?: boolean;
  readonly onProgress?: (share: number) => void;
}

/** A trajectory in the plane where it varies most. */
export interface Trajectory {
  readonly pca: GramPca;
  /** For distances and path lengths in the full space; see `snapshotDistance`, `stepLengths`. */
  readonly gram: Gram;
  readonly plane?: PrincipalPlane;
}

/**
 * PCA of parameter snapshots: of all parameters, of chosen layers, of weights alone. Fitted on all snapshots given, of
 * several runs too, whose differences then lead.
 *
 * Shapes: snapshots [t][P]. Cost: that of `gramMatrix`, t^2 P / 2 multiplications, and with `plane` t k P more.
 * Reference: Lorch 2016; Li et al. 2018, section 7. What random walks show in the same picture: `randomWalkGram`.
 * @throws UserError if the shapes are not the snapshots', a layer is unknown, or a snapshot holds a number that is not
 * finite; RangeError if there are too few snapshots that differ
 */
export function trajectoryPca(
  snapshots: Snapshots,
  shapes: readonly NamedShape[],
  { components = 2, plane = false, center, onProgress, ...choice }: TrajectoryOptions = {},
): Trajectory {
  const options = {
    columns: chosenColumns(shapes, snapshots.parameterCount, choice),
    ...(center && { center }),
    ...(onProgress && { onProgress }),
  };
  const gram = gramMatrix(snapshots, options);
  const pca = gramPca(gram, components);
  return { gram, pca, ...(plane && { plane: principalPlane(snapshots, pca, options) }) };
}
