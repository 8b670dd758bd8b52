import type { Quantity } from '../../study/experiment.js';
import { at, quantity, share, sources, value } from '../../study/vocabulary/index.js';
import { pairs } from './planes.js';

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

const reportedRun0: readonly (readonly [epoch: number, accuracy: number, loss: number, note?: string])[] = [
  [3, 96.033236, 0.132638, 'a mean over the epoch of the running accuracy, which is a little lower'],
  [6, 98.11656, 0.069274],
  [9, 98.744407, 0.045048],
  [12, 99.242878, 0.031745],
  [15, 99.563895, 0.022795],
];

const common = { arms: ['run0'], source: sources.table } as const;

/** The first run's numbers in the original's table. */
export const tableQuantities: readonly Quantity[] = reportedRun0.flatMap(([epoch, accuracy, loss, note]) => [
  share({
    ...common,
    id: `accuracy-${epoch}`,
    label: `Training accuracy of epoch ${epoch} (running)`,
    reading: at('accuracy', epoch),
    decimals: 2,
    headline: epoch === 15,
    reported: { run0: { value: accuracy, ...(note && { note }) } },
  }),
  quantity({
    ...common,
    id: `loss-${epoch}`,
    label: `Training loss of epoch ${epoch}`,
    reading: at('loss', epoch),
    decimals: 4,
    reported: { run0: { value: loss } },
  }),
]);
