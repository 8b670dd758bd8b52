import type { Quantity } from '../../study/experiment.js';
import type { Reading } from '../../study/reading.js';
import { cell, last, quantity, sources, testAccuracy, value } from '../../study/vocabulary/index.js';
import { nearestAlpha } from './arms.js';

/** Test loss of a measured line where alpha is nearest to a number. */
export const onLine = (alpha: number): Reading => cell('testLoss', 'alpha', alpha);

/** Test losses along alpha, as reported. */
export type ReportedLine = readonly (readonly [alpha: number, testLoss: number])[];

/** The reported test losses beside those of networks that were trained further, or of the line itself. */
export const lineQuantities = (retrained: boolean, reported: ReportedLine): readonly Quantity[] =>
  reported.map(([alpha, loss]) => {
    const arm = retrained ? nearestAlpha(alpha) : 'line';
    return quantity({
      id: `test-loss-${alpha}`,
      label: `Test loss at alpha ${alpha}`,
      reading: retrained ? last('testLoss') : onLine(alpha),
      arms: [arm],
      decimals: 4,
      headline: alpha === 0,
      reported: { [arm]: { value: loss } },
      source: sources.notebook,
    });
  });

/** What the ends themselves are like. */
export const endQuantities = (ends: readonly string[]): readonly Quantity[] => [
  testAccuracy({ id: 'end-test-accuracy', label: 'Test accuracy of the ends', arms: ends, headline: false }),
  quantity({
    id: 'end-train-loss',
    label: 'Training loss of the ends, whole set',
    reading: last('trainLoss'),
    arms: ends,
    decimals: 4,
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
