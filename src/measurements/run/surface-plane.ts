import { UserError } from '../../base/errors.js';
import type { ParameterShape } from '../../engine/shapes.js';
import { randomDirections } from '../../measures/landscape/filter-normalization.js';
import { evenGrid } from '../../measures/landscape/grid.js';
import type { SliceAxis } from '../../measures/landscape/surface.js';
import type { ParameterVector } from '../../measures/numerics/parameter-vectors.js';
import { trajectoryPca } from '../../measures/trajectory/trajectory.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import type { KeptSnapshots, TrainedNetwork } from '../trained-network.js';

/** The measurement's own spec. */
export interface SurfaceOptions {
  readonly span: number;
  readonly points: number;
  readonly samples: number;
  readonly plane: 'random' | 'trajectory';
}

/** Where a loss surface is taken, and what is known of it beside the losses. */
export interface SurfacePlane extends Required<RawResult> {
  readonly center: ParameterVector;
  readonly axes: readonly [SliceAxis, SliceAxis];
}

/** How much farther than the path the plane of a trajectory goes, so that its ends are not on the edge. */
const margin = 1.1;

/** The plane through a trial's end along two random directions, filters of the network's own size. */
export function randomPlane(
  { measure: { span, points }, networks, seed }: MeasureContext<SurfaceOptions>,
  shapes: readonly ParameterShape[],
): SurfacePlane {
  const { parameters: center } = networks[0]!;
  const [first, second] = randomDirections(center, shapes, { seed });
  const grid = evenGrid(-span, span, points);
  const axes = [
    { direction: first!, grid },
    { direction: second!, grid },
  ] as const;
  return { center, axes, values: {}, columns: {} };
}

/**
 * The plane in which a trial's snapshots vary most: through their mean, along their first two principal components of
 * unit length.
 *
 *     grid_c = -span r_c ... span r_c,   r_c = 1.1 max_t |score_tc|
 *
 * Columns: pathA and pathB, the snapshots' scores, and pathEpoch.
 * @throws UserError if the trial has no snapshots of all its parameters, or fewer than 3
 */
export function trajectoryPlane(
  { measure: { span, points }, networks, onProgress }: MeasureContext<SurfaceOptions>,
  shapes: readonly ParameterShape[],
): SurfacePlane {
  const snapshots = wholeSnapshots(networks[0]!, shapes);
  const { epochs, width } = snapshots;
  const { pca, plane } = trajectoryPca(
    {
      count: epochs.length,
      parameterCount: width,
      read: (row, start, target) => snapshots.read(row, start, target),
    },
    shapes,
    { plane: true, onProgress },
  );
  const scores = (c: number): number[] => epochs.map((_, t) => pca.scores[2 * t + c]!);
  const axis = (c: number): SliceAxis => {
    const reach = span * margin * scores(c).reduce((most, score) => Math.max(most, Math.abs(score)), 0);
    // Scaled afterwards, so that the middle is exactly the center.
    return { direction: plane!.directions[c]!, grid: evenGrid(-1, 1, points).map((share) => share * reach) };
  };
  return {
    center: plane!.center,
    axes: [axis(0), axis(1)],
    values: { explained1: pca.explainedVarianceRatio[0]!, explained2: pca.explainedVarianceRatio[1]! },
    columns: { pathA: scores(0), pathB: scores(1), pathEpoch: epochs },
  };
}

function wholeSnapshots({ id, snapshots }: TrainedNetwork, shapes: readonly ParameterShape[]): KeptSnapshots {
  const got = (what: string): UserError =>
    new UserError(
      `surface: expected a trial with at least 3 snapshots of all parameters, got ${id.slice(0, 12)} ` +
        `with ${what}; train it with observe.snapshots {"every": EPOCHS, "parameters": "all"}`,
    );
  if (snapshots === undefined) throw got('none');
  const { tensors, epochs } = snapshots;
  if (tensors.length < shapes.length) throw got(`those of ${tensors.map(({ name }) => name).join(', ')}`);
  if (epochs.length < 3) throw got(String(epochs.length));
  return snapshots;
}
