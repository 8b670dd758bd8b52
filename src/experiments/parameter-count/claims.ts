import type { Claim, ClaimTest, Judged, Term } from '../../study/claim.js';
import type { Reading } from '../../study/reading.js';
import {
  allImages,
  argmax,
  claim,
  count,
  factor,
  images,
  last,
  logRatio,
  median,
  term,
  trend,
} from '../../study/vocabulary/index.js';
import { armId, ids, widths } from './arms.js';
import { best, how, rise } from './chosen.js';
import {
  longId,
  longIds,
  longImages,
  moreIds,
  noise,
  noisyId,
  noisyIds,
  noisyImages,
  smallWidths,
} from './intended-arms.js';
import { trainAccuracy } from './quantities.js';

/** Accuracy in images, so that a tie is a tie. */
const right = (arm: string, reading: Reading, of: number): Term => images(term(arm, reading), of);

const grows = (arms: readonly string[], what: string, reading: Reading, of: number): readonly ClaimTest[] => [
  median(
    trend(
      widths,
      arms.map((id) => right(id, reading, of)),
    ),
    `Kendall's tau of parameters and ${what}`,
  ).above(0.5, 0),
];
const test = (arms: readonly string[]): Judged => ({
  tests: grows(arms, 'test accuracy', last('testAccuracy'), allImages.testSize),
});
const train = (running: boolean): Judged => ({
  tests: grows(ids, 'training accuracy', trainAccuracy(running), allImages.trainSize),
  ...(running && { note: 'The best running accuracy of all epochs, as the code has it.' }),
});

const [middle, largest] = [500, 2000] as const;
/** How far the error falls from the middle to the largest network. */
const falls = (reading: Reading, of: number): Term => {
  const wrong = (hidden: number): Term => ({ difference: [{ number: of }, right(armId(hidden), reading, of)] });
  return logRatio(wrong(middle), wrong(largest));
};
const plateaus = (running: boolean): Judged => ({
  tests: [
    median(
      {
        difference: [
          falls(trainAccuracy(running), allImages.trainSize),
          falls(last('testAccuracy'), allImages.testSize),
        ],
      },
      `error at ${middle} / at ${largest} hidden units, training / testing`,
      'factor',
    ).above(factor(1.5), 0),
  ],
});

/** How much more test loss the largest network has than the best of the others. */
function overfits(armOf: (hidden: number) => string, { hidden, of, how }: (typeof best)[keyof typeof best]): Judged {
  const lossAt = (width: number): Term => term(armOf(width), last('testLoss'));
  return {
    tests: [
      median(
        { difference: [lossAt(largest), lossAt(hidden)] },
        `test loss at ${largest} less at ${hidden} hidden units`,
      ).above(0),
    ],
    chosen: `${hidden} hidden units, with the least test loss of ${of} (${how})`,
  };
}

/** How much worse the network at the peak is than the one at the trough before it. */
function rises(of: keyof typeof rise.trough): Judged {
  const { peak, trough: troughs } = rise;
  const trough = troughs[of];
  const at = (hidden: number): Term => term(noisyId(hidden), last(of === 'error' ? 'testAccuracy' : 'testLoss'));
  const label = `test ${of} at ${peak} less at ${trough} hidden units`;
  return {
    tests: [
      of === 'error'
        ? median({ difference: [at(trough), at(peak)] }, label, 'points').above(0.02, 0)
        : median({ difference: [at(peak), at(trough)] }, label).above(0.1, 0),
    ],
    chosen:
      `${peak} hidden units, the fewest that fit all training images, and ${trough}, the least test ${of} of those ` +
      `with fewer (${how})`,
  };
}
const belkin = 'Belkin et al. 2019, Nakkiran et al. 2020';

const [few, more] = [count(noisyImages.few), count(noisyImages.more)];
/** Hidden units of the network with the largest test loss. */
const widthAtPeak = (arms: readonly string[]): Term =>
  argmax(
    smallWidths,
    arms.map((id) => term(id, last('testLoss'))),
  );
const nakkiran = 'Nakkiran et al. 2020';

/** In what the test of overfitting is ours. */
const ourReading =
  'The original says "due to overfitting", and means a gap between training and testing: that gap grows with size ' +
  '(see the figures). That test loss rises with size is our reading: how overfitting would show on images that were ' +
  'not seen.';
const otherSettings =
  'Here one hidden layer learns MNIST by cross-entropy. Belkin et al. have it as well (their figure 3), on 4,000 ' +
  'images by squared loss, wide networks started from narrower ones; Nakkiran et al. train convolutional networks on ' +
  'CIFAR. Peak and trough are two widths, chosen beforehand, of widths that double.';

/** What is claimed of size. */
export const claims: readonly Claim[] = [
  claim({
    id: 'more-parameters-better-test',
    statement: 'More parameters do better on test images.',
    metric: "Kendall's tau of test accuracy and parameters over the ten sizes, within a seed",
    judged: { 'as-written': test(ids), 'as-coded': test(ids), 'as-intended': test(longIds) },
  }),
  claim({
    id: 'more-parameters-better-train',
    statement: 'More parameters do better on training images.',
    metric: "Kendall's tau of training accuracy and parameters over the ten sizes, within a seed",
    judged: {
      'as-written': train(false),
      'as-coded': train(true),
      'as-intended': {
        tests: grows(longIds, 'training accuracy', trainAccuracy(false), longImages),
        note: 'Where all have fitted, their accuracies tie, and a tie counts against the claim.',
      },
    },
  }),
  claim({
    id: 'test-plateaus-first',
    statement: 'Testing stops improving well before training does.',
    metric: `(training error at ${middle} / at ${largest} hidden units) / (test error at the same)`,
    judged: { 'as-written': plateaus(false), 'as-coded': plateaus(true) },
  }),
  claim({
    id: 'by-overfitting',
    statement: 'That testing stops improving is due to overfitting: with more parameters test loss rises.',
    metric: 'test loss of the largest network less that of the best of the others, one size for all seeds',
    judged: {
      'as-coded': { ...overfits(armId, best.coded), note: ourReading },
      'as-intended': { ...overfits(longId, best.intended), note: ourReading },
    },
  }),
  claim({
    id: 'double-descent-error',
    companionOf: 'by-overfitting',
    statement: `Has test error a peak where a network just fits its training set (${belkin})?`,
    metric:
      `share of test images that are wrong at the peak less at the trough before it; ${few} images with ${noise}, ` +
      'images and labels drawn anew with each seed',
    judged: { 'as-intended': { ...rises('error'), note: otherSettings } },
  }),
  claim({
    id: 'double-descent-loss',
    companionOf: 'by-overfitting',
    statement: 'Has test loss one?',
    metric:
      `test loss at the peak less at the trough before it; ${few} images with ${noise}, images and labels drawn anew ` +
      'with each seed',
    judged: { 'as-intended': { ...rises('loss'), note: otherSettings } },
  }),
  claim({
    id: 'double-descent-threshold-moves',
    companionOf: 'by-overfitting',
    statement: `Do more images move the peak of test loss to wider networks (${nakkiran})?`,
    metric:
      `hidden units at which test loss is largest, of nine widths from ${smallWidths[0]} to ${smallWidths.at(-1)}, ` +
      `at ${more} / at ${few} images with ${noise}, images and labels drawn anew with each seed`,
    judged: {
      'as-intended': {
        tests: [
          median(
            logRatio(widthAtPeak(moreIds), widthAtPeak(noisyIds)),
            `hidden units at the largest test loss, ${more} / ${few} images`,
            'factor',
          ).above(factor(1.5), 0),
        ],
        note: 'Widths double from one to the next, so the least move is by a factor of 2.',
      },
    },
  }),
];
