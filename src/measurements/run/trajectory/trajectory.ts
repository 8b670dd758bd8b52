import { UserError } from '../../../base/errors.js';
import { median } from '../../../base/statistics/index.js';
import { type Alignment, aligned, type Point } from '../../../measures/trajectory/alignment.js';
import { snapshotDistance, stepLengths } from '../../../measures/trajectory/distances.js';
import { type Gram, gramMatrix } from '../../../measures/trajectory/gram-matrix.js';
import { type GramPca, gramPca } from '../../../measures/trajectory/gram-pca.js';
import { randomWalkGram, walksLike } from '../../../measures/trajectory/random-walk.js';
import type { Range } from '../../../measures/trajectory/snapshots.js';
import { type RunShares, runShares } from '../../../measures/trajectory/within-runs.js';
import type { MeasureContext, RawResult } from '../../measurement.js';
import { type JoinedSnapshots, joinSnapshots, type SnapshotChoice } from './joined-snapshots.js';

interface TrajectoryOptions extends SnapshotChoice {
  readonly components: number;
  readonly rows: 'centred' | 'fromEnd';
  readonly movement: boolean;
  readonly picture?: readonly (readonly [run: number, epoch: number, x: number, y: number])[];
}

/** Runs seen in the plane where their snapshots vary most, and what of them that plane does not show. */
export async function measureTrajectory(context: MeasureContext<TrajectoryOptions>): Promise<RawResult> {
  const { measure, networks, onProgress } = context;
  const { snapshots, columns, rows, runs } = joinSnapshots(networks, measure);
  const center = measure.rows === 'fromEnd' ? 'last' : 'mean';
  const gram = gramMatrix(snapshots, { columns, center, onProgress });
  // Centred, t snapshots lie in t - 1 dimensions; on what is beyond them all scores are 0.
  const components = Math.min(measure.components, rows.length - 1);
  const pca = gramPca(gram, components);
  const { scores, residuals, distances, explainedVarianceRatio } = pca;
  const walks = randomWalkGram(walksLike(gram, runs), center);
  const walkPca = gramPca(walks, components);
  const numbers = Array.from({ length: measure.components }, (_, c) => c);
  const met = measure.picture && meetPicture(measure.picture, rows, { scores, components });
  const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
  return {
    values: {
      ...Object.fromEntries(numbers.map((c) => [`explained${c + 1}`, explainedVarianceRatio[c] ?? 0])),
      ...Object.fromEntries(
        numbers.map((c) => [`randomWalkExplained${c + 1}`, walkPca.explainedVarianceRatio[c] ?? 0]),
      ),
      residualShare: Math.sqrt(squares(residuals) / squares(distances)),
      ...pathValues(gram, runs),
      ...(measure.movement && movementValues(runShares(gram, pca, runs), runShares(walks, walkPca, runs))),
      ...(met && { pointMisfit: met.misfit }),
    },
    columns: {
      run: rows.map(({ run }) => run),
      epoch: rows.map(({ epoch }) => epoch),
      ...Object.fromEntries(
        numbers.map((c) => [`pc${c + 1}`, rows.map((_, t) => (c < components ? scores[t * components + c]! : 0))]),
      ),
      residual: residuals,
      distance: distances,
      ...(met && {
        point: met.points.map((_, i) => i + 1),
        pointX: met.points.map(([x]) => x),
        pointY: met.points.map(([, y]) => y),
      }),
    },
  };
}

/** The snapshots of a picture in this plane, turned and mirrored to be nearest to it. */
function meetPicture(
  picture: NonNullable<TrajectoryOptions['picture']>,
  rows: JoinedSnapshots['rows'],
  { scores, components }: Pick<GramPca, 'scores' | 'components'>,
): Alignment {
  const points = picture.map(([run, epoch]): Point => {
    const at = rows.findIndex((row) => row.run === run && row.epoch === epoch);
    if (at < 0) throw new UserError(`trajectory: expected a snapshot of run ${run}, epoch ${epoch}, got none`);
    if (components < 2) throw new UserError(`trajectory: expected 2 components to meet a picture, got ${components}`);
    return [scores[at * components]!, scores[at * components + 1]!];
  });
  return aligned(
    points,
    picture.map(([, , x, y]): Point => [x, y]),
  );
}

const movementValues = (of: RunShares, ofWalks: RunShares): Readonly<Record<string, number>> => ({
  withinShare: of.within,
  randomWalkWithinShare: ofWalks.within,
  betweenShare: of.between,
});

/** How far the runs go, and how far apart they end, in the full space: medians over runs and over pairs of runs. */
function pathValues(gram: Gram, runs: readonly Range[]): Readonly<Record<string, number>> {
  const lengths = runs.map((run) => stepLengths(gram, run).reduce((sum, step) => sum + step, 0));
  const pairs = runs.flatMap((run, r) =>
    runs.slice(0, r).map((other, q) => ({ run, other, length: (lengths[r]! + lengths[q]!) / 2 })),
  );
  const distances = pairs.map(({ run, other }) => snapshotDistance(gram, run.end - 1, other.end - 1));
  // A run of one snapshot has no length to compare with.
  const shares = distances.map((distance, i) => distance / pairs[i]!.length).filter(Number.isFinite);
  return {
    pathLength: median(lengths),
    ...(pairs.length > 0 && { endDistance: median(distances) }),
    ...(shares.length > 0 && { endDistanceOverLength: median(shares) }),
  };
}
