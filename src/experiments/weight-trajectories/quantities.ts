import type { Quantity } from '../../study/experiment.js';
import {
  at,
  cell,
  parameters,
  quantity,
  reportedBy,
  setting,
  share,
  sources,
  value,
} from '../../study/vocabulary/index.js';
import { runId, tableRunId } from './arms.js';
import { pairs, runOfWeights, weightId } from './planes.js';
import { reportedPlaces, reportedPoints, reportedWeights } from './reported.js';

/** How far apart runs end, beside how far each went. */
export const apartness = value('endDistanceOverLength');

/** The same as a number of the table, of pairs of runs. */
export const endsApart: Quantity = quantity({
  id: 'ends-apart',
  label: 'Distance between the ends of two runs / length of a run',
  reading: apartness,
  arms: pairs.map(({ id }) => id),
  decimals: 2,
  headline: true,
});

const planeValues = [
  ['explained1', 'Variance explained by component 1'],
  ['explained2', 'Variance explained by component 2'],
  ['residualShare', 'Distance off the plane / distance from the mean'],
  ['randomWalkExplained1', 'Component 1 for random walks with the same steps'],
  ['randomWalkExplained2', 'Component 2 for random walks with the same steps'],
] as const;

/** How much of the runs a plane shows, and how much it would show of random walks. */
export const planeQuantities = (arms: readonly string[]): readonly Quantity[] =>
  planeValues.map(([name, label]) =>
    share({
      id: name,
      label,
      reading: value(name),
      arms,
      decimals: 1,
      source: 'none: the original does not say what its two components leave out',
    }),
  );

const common = { source: sources.table } as const;

const meanNote = 'a mean over the epoch of the running accuracy, which is a little lower: see below';

/** Accuracies as they are, of the first run, which is the same in all versions. */
const accuracyQuantities: readonly Quantity[] = reportedPoints
  .filter(({ run }) => run === 0)
  .map(({ run, epoch, accuracy }) =>
    share({
      ...common,
      arms: [runId(run)],
      id: `accuracy-${epoch}`,
      label: `Training accuracy of epoch ${epoch} (running)`,
      reading: at('accuracy', epoch),
      decimals: 2,
      headline: epoch === 15,
      reported: { [runId(run)]: { value: accuracy, ...(epoch === 3 && { note: meanNote }) } },
    }),
  );

/** Accuracy and loss of the rows that the text prints, the accuracy as the original averages it. */
export const tableQuantities: readonly Quantity[] = [
  ...accuracyQuantities,
  ...reportedPoints.flatMap(({ run, epoch, accuracy, loss }) => [
    share({
      ...common,
      arms: [tableRunId(run)],
      id: `mean-running-accuracy-${epoch}`,
      label: `Mean over epoch ${epoch} of its running accuracy`,
      reading: { kind: 'meanRunning', metric: 'accuracy', from: epoch, until: epoch },
      decimals: 3,
      reported: { [tableRunId(run)]: { value: accuracy } },
    }),
    quantity({
      ...common,
      arms: [tableRunId(run)],
      id: `loss-${epoch}`,
      label: `Training loss of epoch ${epoch}`,
      reading: at('loss', epoch),
      decimals: 4,
      reported: { [tableRunId(run)]: { value: loss } },
    }),
  ]),
];

const inPlane = { arms: ['plane-printed'], source: sources.table } as const;

/** Where the printed points lie in our plane, once its axes are turned and mirrored to meet them. */
export const printedPlaneQuantities: readonly Quantity[] = [
  ...reportedPoints.flatMap(({ run, epoch, ...point }, i) =>
    (['x', 'y'] as const).map((axis) =>
      quantity({
        ...inPlane,
        id: `${axis}-run${run}-epoch${epoch}`,
        label: `${axis} of run ${run} after epoch ${epoch}`,
        reading: cell(`point${axis.toUpperCase()}`, 'point', i + 1),
        decimals: 3,
        reported: { 'plane-printed': { value: point[axis] } },
      }),
    ),
  ),
  share({
    arms: ['plane-printed', 'plane-printed-untested'],
    id: 'printed-misfit',
    label: 'Distance of these points from the printed ones / length of these',
    reading: value('pointMisfit'),
    decimals: 1,
    source: 'none: what turning and mirroring cannot bring together',
  }),
];

/** The weights that the text prints. */
export const printedWeightQuantities: readonly Quantity[] = reportedWeights.map(([epoch, values]) => {
  const run = runOfWeights(epoch);
  const arms = reportedPlaces.map((place) => weightId(run, place));
  return quantity({
    id: `weight-${epoch}`,
    label: `Weight after epoch ${epoch}, run ${run}`,
    reading: cell('weight', 'epoch', epoch),
    arms,
    decimals: 4,
    ...reportedBy(arms, values, sources.table),
  });
});

const inText = (reading: Quantity['reading'], id: string, label: string, reported: number): Quantity =>
  quantity({
    id,
    label,
    reading,
    arms: [runId(0)],
    decimals: id === 'parameters' ? 0 : 4,
    reported: { [runId(0)]: { value: reported } },
    source: sources.text,
  });

/** What the text says of the network and its training, beside what is trained here. */
export const settings: readonly Quantity[] = [
  inText(parameters, 'parameters', 'Parameters', 397_510),
  inText(setting('optimizer.learningRate'), 'learning-rate', 'Learning rate', 4e-4),
  inText(setting('optimizer.weightDecay'), 'weight-decay', 'Weight decay', 1e-4),
];
