import type { Quantity } from '../../study/experiment.js';
import { cell, quantity, value } from '../../study/vocabulary/index.js';
import { codedWidths, lastEpoch, secondRun } from './arms.js';
import { searches } from './searches.js';

const coded = (id: string, label: string, name: string, reported: number): Quantity =>
  quantity({
    id,
    label,
    reading: value(name),
    arms: codedWidths.map((width) => width.id),
    decimals: 3,
    reported: { h128: { value: reported } },
    source: 'the saved output of the notebook (from another start)',
  });

type Ends = readonly [least: number, greatest: number];

/** Least and greatest of a column over the epochs of a run. */
const range = (
  column: string,
  label: string,
  { arms, from, until }: { readonly arms: readonly string[]; readonly from: number; readonly until: number },
  reported: Readonly<Record<string, Ends>>,
): readonly Quantity[] =>
  (['leastCell', 'greatestCell'] as const).map((kind, end) =>
    quantity({
      id: `${kind === 'leastCell' ? 'least' : 'greatest'}-${column}-from-${from}`,
      label: `${kind === 'leastCell' ? 'Least' : 'Greatest'} ${label}, epochs ${from} to ${until}`,
      reading: { kind, column, where: 'epoch', from, to: until },
      arms,
      decimals: 3,
      reported: Object.fromEntries(Object.entries(reported).map(([arm, ends]) => [arm, { value: ends[end]! }])),
      source: 'the figure (20 units), the saved output of the notebook (128 units, from another start)',
    }),
  );

const first = { arms: codedWidths.map(({ id }) => id), from: 1, until: lastEpoch };
const second = { arms: [secondRun.id], from: secondRun.from, until: secondRun.until };

/** What the figure and the notebook show of their runs. */
const ranges: readonly Quantity[] = [
  ...range('ratio', 'minimal ratio', first, { h20: [0.65, 0.85], h128: [0.648, 0.735] }),
  ...range('loss', 'loss', first, { h20: [0.116, 0.279], h128: [0.18, 2.55] }),
  ...range('ratio', 'minimal ratio', second, { [secondRun.id]: [0.629, 0.703] }),
];

/** The second run of the notebook, at both ends. */
const secondEnds: readonly Quantity[] = (
  [
    ['loss', 'Loss', [2.59, 22.2]],
    ['gradNorm', 'Gradient norm', [6.79, 23.6]],
  ] as const
).flatMap(([column, label, values]) =>
  [secondRun.from, secondRun.until].map((epoch, end) =>
    quantity({
      id: `${column}-${epoch}`,
      label: `${label} at epoch ${epoch}`,
      reading: cell(column, 'epoch', epoch),
      arms: [secondRun.id],
      decimals: 2,
      reported: { [secondRun.id]: { value: values[end]! } },
      source: "the notebook's second run, which goes on with the network of the first (from another start)",
    }),
  ),
);

/** Both ends of the code's run, and how far its numbers range. */
export const codedQuantities: readonly Quantity[] = [
  coded('first-loss', 'Loss at the first epoch', 'firstLoss', 0.18),
  { ...coded('final-loss', 'Loss at the last epoch', 'finalLoss', 2.55), headline: true },
  coded('final-ratio', 'Minimal ratio at the last epoch', 'finalRatio', 0.735),
  ...ranges,
  ...secondEnds,
];

const pointValues = [
  ['loss', 'Loss', 5],
  ['nPositive', 'Positive eigenvalues', 0],
  ['nZero', 'Eigenvalues that are zero', 0],
  ['nNegative', 'Negative eigenvalues', 0],
  ['minimalRatio', 'Minimal ratio', 3],
] as const;

/** What kind of point each arm ends at. */
const pointQuantities = (arms: readonly string[], normDecimals: number): readonly Quantity[] =>
  [['gradNorm', 'Gradient norm', normDecimals] as const, ...pointValues].map(([name, label, decimals]) =>
    quantity({
      id: name,
      label,
      reading: value(name),
      arms,
      decimals,
      headline: name === 'minimalRatio',
      source: 'none: the original gives no number',
    }),
  );

/** Where the text's trainings end. */
export const writtenQuantities: readonly Quantity[] = pointQuantities(['hessian'], 4);

const pointIds = searches.map(({ id }) => id);

/** Where the searches end. */
export const intendedQuantities: readonly Quantity[] = [
  quantity({
    id: 'kind',
    label: 'Kind of point: 1 zero gradient, 0 flat, -1 search stalled',
    reading: value('kind'),
    arms: pointIds,
    decimals: 0,
  }),
  ...pointQuantities(pointIds, 10),
];
