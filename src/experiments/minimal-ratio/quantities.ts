import type { Quantity } from '../../study/experiment.js';
import { quantity, value } from '../../study/vocabulary/index.js';
import { codedWidths } from './arms.js';
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

/** Both ends of the code's run. */
export const codedQuantities: readonly Quantity[] = [
  coded('first-loss', 'Loss at the first epoch', 'firstLoss', 0.18),
  { ...coded('final-loss', 'Loss at the last epoch', 'finalLoss', 2.55), headline: true },
  coded('final-ratio', 'Minimal ratio at the last epoch', 'finalRatio', 0.735),
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
