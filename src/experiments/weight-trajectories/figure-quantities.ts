import type { Quantity } from '../../study/experiment.js';
import { at, last, quantity, share, sources } from '../../study/vocabulary/index.js';
import { figureRunIds, lastEpoch, tableRunId, tableRunIds } from './arms.js';

/** What is read off the original's figures, and the accuracy of the first epoch, which an older notebook has. */
export const figureQuantities: readonly Quantity[] = [
  share({
    id: 'figure-accuracy-3',
    label: 'Training accuracy of epoch 3 (running), the network of the figures',
    reading: at('accuracy', 3),
    arms: figureRunIds,
    decimals: 1,
    reported: { [figureRunIds[0]!]: { value: 91, note: 'the first marks' } },
    source: sources.figure,
  }),
  quantity({
    id: 'figure-range',
    label: 'Largest first coordinate of all points',
    reading: { kind: 'greatestCell', column: 'pc1', where: 'epoch', from: 1, to: lastEpoch },
    arms: ['plane-figure-model'],
    decimals: 1,
    reported: { 'plane-figure-model': { value: 13, note: 'on either side; signs are free' } },
    source: sources.figure,
  }),
  share({
    id: 'mean-running-accuracy-1',
    label: 'Mean over epoch 1 of its running accuracy',
    reading: { kind: 'meanRunning', metric: 'accuracy', from: 1, until: 1 },
    arms: [tableRunId(0)],
    decimals: 1,
    reported: { [tableRunId(0)]: { value: 82.9, note: 'of which version is not known' } },
    source: "an older version of the original's notebook",
  }),
  share({
    id: 'test-accuracy',
    label: 'Test accuracy at the end',
    reading: last('testAccuracy'),
    arms: tableRunIds,
    decimals: 2,
    reported: { [tableRunIds.at(-1)!]: { value: 98.3, note: 'of which of the eight runs is not known' } },
    source: "the version of the original's notebook that made the tables",
  }),
];
