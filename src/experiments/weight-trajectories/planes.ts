import type { MeasurementArm } from '../../study/experiment.js';
import { count } from '../../study/vocabulary/index.js';
import { figureRunIds, lastEpoch, runId, runIds, tableRunId, tableRunIds } from './arms.js';
import { reportedPlaces, reportedPoints } from './reported.js';

/** What is measured of the runs: the plane of their two largest principal components. */

/** The original's "PCA for Layer 1" is of this many columns: 10 of the 500 hidden units. */
export const firstColumns = 7840;

interface PlaneOptions {
  /** Default: all weights. */
  readonly tensors?: readonly string[];
  /** Default: all columns. */
  readonly firstColumns?: number;
  /** Default: all. */
  readonly epochs?: readonly [number, number];
  /** Default false. */
  readonly movement?: boolean;
  /** Default: relative to their mean. */
  readonly rows?: 'fromEnd';
  readonly picture?: readonly (readonly [run: number, epoch: number, x: number, y: number])[];
}

const plane = (id: string, label: string, of: readonly string[], options: PlaneOptions = {}): MeasurementArm => ({
  id,
  label,
  of,
  measure: { name: 'trajectory', components: 2, ...options },
});

/** How much of what runs do by themselves is seen in the plane of all. */
export const movement: MeasurementArm = plane('movement', 'all weights, movement within runs', runIds, {
  movement: true,
});

/** One run in the plane of what it still has to go: theta_t - theta_n (Li et al. 2018, section 7). */
export const ownPlane: MeasurementArm = plane('own-plane', 'run 0, relative to its end', [runId(0)], {
  rows: 'fromEnd',
});

/** The plane of all runs and all their weights. */
export const modelPlane = (label = 'all weights'): MeasurementArm => plane('plane-model', label, runIds);

/** The plane of the first layer, whole or as much of it as the code takes. */
export const layerPlane = (tenUnitsOnly = false): MeasurementArm =>
  plane('plane-layer1', tenUnitsOnly ? `layer 1, first ${count(firstColumns)} weights` : 'layer 1', runIds, {
    tensors: ['0.weight'],
    ...(tenUnitsOnly && { firstColumns }),
  });

/** The plane of the original's table. */
export const tablePlane = (lastLayerOnly: boolean): MeasurementArm =>
  plane('plane-table', lastLayerOnly ? 'last layer' : 'all weights', runIds, {
    ...(lastLayerOnly && { tensors: ['2.weight'] }),
  });

/** The planes of the network that made the original's figures: all its weights, and the first columns. */
export const figurePlanes: readonly MeasurementArm[] = [
  plane('plane-figure-model', '784-500-50-10, all weights', figureRunIds),
  plane('plane-figure-layer1', `784-500-50-10, layer 1, first ${count(firstColumns)} weights`, figureRunIds, {
    tensors: ['0.weight'],
    firstColumns,
  }),
];

const onPrinted = (id: string, label: string, of: readonly string[], lastLayerOnly: boolean): MeasurementArm =>
  plane(id, label, of, {
    ...(lastLayerOnly && { tensors: ['2.weight'] }),
    picture: reportedPoints.map(({ run, epoch, x, y }) => [run, epoch, x, y]),
  });

/** The table's plane, turned to lie on the points that the text prints; and that of runs with no test in between. */
export const printedPlanes = (lastLayerOnly: boolean): readonly MeasurementArm[] => [
  onPrinted('plane-printed', 'runs of the tables, turned and mirrored', tableRunIds, lastLayerOnly),
  onPrinted('plane-printed-untested', 'runs without a test in between, turned and mirrored', runIds, lastLayerOnly),
];

/** Of which run of the tables a row of the weight table is: the print shows the first rows and the last. */
export const runOfWeights = (epoch: number): number => (epoch > lastEpoch / 2 ? tableRunIds.length - 1 : 0);

/** The weights of one row, place by place. */
export const weightId = (run: number, place: number): string => `weight-${place}-run${run}`;

/** The weights that the text prints. */
export const printedWeights: readonly MeasurementArm[] = [1, lastEpoch].map(runOfWeights).flatMap((run) =>
  reportedPlaces.map((place) => ({
    id: weightId(run, place),
    label: `weight ${count(place)} of the last layer, run ${run}`,
    measure: { name: 'weightPath', tensor: '2.weight', place },
    of: [tableRunId(run)],
  })),
);

/** Runs in pairs of which none shares one. */
export const pairs: readonly MeasurementArm[] = [0, 2, 4, 6].map((run) =>
  plane(`pair${run}`, `runs ${run} and ${run + 1}`, [runId(run), runId(run + 1)]),
);

/** Epochs that count as the beginning of a run. */
const firstEpochs = 10;
const few = [0, 1, 2];

/** Some runs each by itself: whole, at first, and after that. */
export const alone: readonly MeasurementArm[] = [
  ...few.map((run) => plane(`alone${run}`, `run ${run} alone`, [runId(run)])),
  ...few.map((run) =>
    plane(`early${run}`, `run ${run}, first ${firstEpochs} epochs`, [runId(run)], { epochs: [1, firstEpochs] }),
  ),
  ...few.map((run) =>
    plane(`late${run}`, `run ${run}, from epoch ${firstEpochs + 1}`, [runId(run)], {
      epochs: [firstEpochs + 1, lastEpoch],
    }),
  ),
];
