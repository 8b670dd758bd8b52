import type { Axis, Figure } from '../../study/figure.js';
import { accuracyAxis, byArm, count, crossEntropyAxis, last } from '../../study/vocabulary/index.js';
import { longIds, moreIds, noise, noisyIds, noisyImages } from './intended-arms.js';
import { trainAccuracy, trainLoss } from './quantities.js';

interface SizeAxis {
  readonly at: string;
  readonly x: Axis;
}

const parametersAxis: SizeAxis = { at: 'parameters', x: { label: 'parameters (count)', scale: 'log' } };
const hiddenAxis: SizeAxis = { at: 'hidden', x: { label: 'hidden units (count)', scale: 'log' } };

/** Loss and accuracy by size; training as the code counts it, or at the end. */
export const sizeFigures = (arms: readonly string[], running = false, axis = parametersAxis): readonly Figure[] => [
  byArm({
    ...axis,
    id: 'loss',
    title: 'Loss by size',
    caption:
      `Training loss (${running ? 'best running mean of an epoch, as coded' : 'whole set, at the end'}) and test ` +
      'loss ' +
      'of each network. See whether test loss turns upward with size: only that would be overfitting.',
    series: [
      { label: 'training', dashed: true, arms, reading: trainLoss(running) },
      { label: 'test', arms, reading: last('testLoss') },
    ],
    y: crossEntropyAxis('mean', 'linear'),
  }),
  byArm({
    ...axis,
    id: 'accuracy',
    title: 'Accuracy by size',
    caption:
      'Training and test accuracy of each network. See how the gap between the two grows, and whether test accuracy ' +
      'ever falls.',
    series: [
      { label: 'training', dashed: true, arms, reading: trainAccuracy(running) },
      { label: 'test', arms, reading: last('testAccuracy') },
    ],
    y: accuracyAxis('mean'),
    headline: true,
  }),
];

const noisyFigures = (prefix: string, arms: readonly string[], images: string): readonly Figure[] =>
  sizeFigures(arms, false, hiddenAxis).map(
    (figure): Figure => ({
      ...figure,
      id: `${prefix}-${figure.id}`,
      title: `${figure.title}, ${images} images with ${noise}`,
      caption: `${figure.caption} The training set is just fitted where training accuracy reaches 100 %.`,
    }),
  );

/** The ten sizes when they have fitted, and the small networks with random labels. */
export const intendedFigures: readonly Figure[] = [
  ...sizeFigures(longIds),
  ...noisyFigures('noisy', noisyIds, 'few'),
  ...noisyFigures('noisy-more', moreIds, count(noisyImages.more)),
];
