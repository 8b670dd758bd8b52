import type { Quantity } from '../../study/experiment.js';
import type { Reading } from '../../study/reading.js';
import {
  at,
  cell,
  last,
  quantity,
  type Reported,
  share,
  sources,
  testAccuracy,
  unreported,
  value,
} from '../../study/vocabulary/index.js';
import { nearestAlpha } from './arms.js';

/** Test loss of a measured line where alpha is nearest to a number. */
export const onLine = (alpha: number): Reading => cell('testLoss', 'alpha', alpha);

/** Numbers along alpha, as reported. */
export type ReportedLine = readonly (readonly [alpha: number, value: number])[];

/** A line as tables show it: its arms, what was reported of it and where. */
export interface LineTable {
  readonly losses: ReportedLine;
  /** In percent. */
  readonly accuracies: ReportedLine;
  /** Arms of the networks on it, one for each alpha of the code; none: the line itself is measured. */
  readonly ids?: readonly string[];
  /** What stands before the ids of its quantities and, in brackets, behind their labels. */
  readonly version?: { readonly prefix: string; readonly words: string };
  readonly source?: string;
}

/** Test loss and accuracy of the networks on a line: where they were reported, and at all other alphas. */
export function lineQuantities({ losses, accuracies, ids, version, source }: LineTable): readonly Quantity[] {
  const [prefix, words] = version ? [version.prefix, ` (${version.words})`] : ['', ''];
  const named = (id: string, label: string) => ({ id: `${prefix}${id}`, label: `${label}${words}` });
  const armAt = (alpha: number): string => (ids ? nearestAlpha(alpha, ids) : 'line');
  const beside = (alpha: number, value: number) => ({
    arms: [armAt(alpha)],
    reported: { [armAt(alpha)]: { value } },
    source: source ?? sources.notebook,
  });
  const known = new Set(losses.map(([alpha]) => armAt(alpha)));
  const others = (ids ?? []).filter((id) => !known.has(id));
  return [
    ...losses.map(([alpha, loss]) =>
      quantity({
        ...named(`test-loss-${alpha}`, `Test loss at alpha ${alpha}`),
        reading: ids ? last('testLoss') : onLine(alpha),
        decimals: 4,
        headline: alpha === 0,
        ...beside(alpha, loss),
      }),
    ),
    ...accuracies.map(([alpha, accuracy]) =>
      share({
        ...named(`test-accuracy-${alpha}`, `Test accuracy at alpha ${alpha}`),
        reading: ids ? last('testAccuracy') : cell('testAccuracy', 'alpha', alpha),
        decimals: 2,
        ...beside(alpha, accuracy),
      }),
    ),
    ...(ids
      ? [
          quantity({
            ...named('test-loss-others', 'Test loss at the other alphas'),
            reading: last('testLoss'),
            arms: others,
            decimals: 4,
          }),
        ]
      : []),
  ];
}

/** What the ends themselves are like, and their training losses where these were reported. */
export const endQuantities = (ends: readonly string[], losses: Reported = unreported): readonly Quantity[] => [
  testAccuracy({ id: 'end-test-accuracy', label: 'Test accuracy of the ends', arms: ends, headline: false }),
  quantity({
    id: 'end-train-loss',
    label: 'Training loss of the ends, whole set',
    reading: last('trainLoss'),
    arms: ends,
    decimals: 4,
    ...losses,
  }),
];

/** The first and the last mean loss of an epoch of the ends, beside what the original's figure shows. */
export const curveQuantities = (ends: readonly string[], first: Reported, final: Reported): readonly Quantity[] => [
  quantity({
    id: 'curve-first',
    label: 'Training loss in the first of 15 epochs, mean',
    reading: at('loss', 1),
    arms: ends,
    decimals: 3,
    ...first,
  }),
  quantity({
    id: 'curve-last',
    label: 'Training loss in the last of 15 epochs, mean',
    reading: at('loss', 15),
    arms: ends,
    decimals: 3,
    ...final,
  }),
];

/** What stands between the ends, on both lines. */
export const barrier: Quantity = quantity({
  id: 'barrier',
  label: 'Test loss barrier between the ends',
  reading: value('barrierTest'),
  arms: ['line-shared', 'line-own'],
  decimals: 4,
  headline: true,
});
