import type { Claim, Term } from '../../study/claim.js';
import type { Reading } from '../../study/reading.js';
import {
  allImages,
  band,
  claim,
  epochs,
  factor,
  images,
  last,
  logRatio,
  median,
  percent,
  rate,
  term,
} from '../../study/vocabulary/index.js';
import { armId, random, toZero } from './arms.js';
import { epochsToFit, fit } from './quantities.js';

const measured = (reading: Reading): Term => term(random, reading);
const right = images(measured(last('testAccuracy')), allImages.testSize);
/** Guessing one of ten digits is right for 1,000 of 10,000 images; 1.5 points to either side. */
const [fewest, most] = [850, 1150] as const;

const slower = (reading: Reading, label: string) =>
  median(logRatio(term(toZero.random, reading), term(toZero.true, reading)), label, 'factor');
const evaluatedFit: Reading = { kind: 'epochsTo', metric: 'trainAccuracy', above: fit.above };
const zhang = 'Zhang et al. (2017)';
const theirData = 'They train on CIFAR-10 and ImageNet.';

/** What is claimed of labels that mean nothing; they are drawn anew with each seed. */
export const claims: readonly Claim[] = [
  claim({
    id: 'random-labels-fit',
    statement: 'The network can fit random labels.',
    metric: 'training accuracy at the end, whole set, dropout off; the original never reports it',
    judged: {
      'as-coded': { tests: [median(measured(last('trainAccuracy')), 'final training accuracy', 'points').above(0.95)] },
    },
  }),
  claim({
    id: 'random-labels-fit-exactly',
    companionOf: 'random-labels-fit',
    statement: `Is the training error zero in the end, as in ${zhang}?`,
    metric: 'share of seeds with every training label right within 1,000 epochs; 10,000 images of its own each seed',
    judged: {
      'as-intended': {
        tests: [
          rate(term(toZero.random, { kind: 'converged' }), 'share of seeds that reach zero training error').above(0.5),
        ],
        note: theirData,
      },
    },
  }),
  claim({
    id: 'random-labels-hurt-test',
    statement: 'Test loss rises as training loss falls.',
    metric: 'test loss after the last epoch / its smallest',
    judged: {
      'as-coded': {
        tests: [
          median(
            logRatio(measured(last('testLoss')), measured({ kind: 'min', metric: 'testLoss' })),
            'test loss, final / smallest',
            'factor',
          ).above(factor(2), 0),
        ],
      },
    },
  }),
  claim({
    id: 'random-labels-at-chance',
    statement: 'It performs poorly on test images.',
    metric: `test images right of ${allImages.testSize}, against guessing`,
    judged: { 'as-coded': { tests: [band(right, 'test images right', 'images').within(fewest, most)] } },
  }),
  claim({
    id: 'random-labels-slow',
    statement: 'Learning random labels is prolonged.',
    metric: `epochs to ${percent(fit.above)} % running training accuracy, random / true labels`,
    judged: {
      'as-coded': {
        tests: [
          median(
            logRatio(measured(epochsToFit), term(armId(0), epochsToFit)),
            `epochs to ${fit.text}, random / true labels`,
            'factor',
          ).above(factor(2), 0),
        ],
        note: 'The run with true labels is not in the original.',
      },
      'as-intended': {
        tests: [slower(evaluatedFit, `epochs to ${fit.text}, random / true labels`).above(factor(2), 0)],
        note: 'Training accuracy of the whole set; 10,000 images of its own each seed.',
      },
    },
  }),
  claim({
    id: 'random-labels-slow-by-a-small-factor',
    companionOf: 'random-labels-slow',
    statement: `Is it prolonged by a small constant factor only, as in ${zhang}?`,
    metric: 'epochs to zero training error, random / true labels',
    judged: {
      'as-intended': {
        tests: [slower(epochs, 'epochs to zero training error, random / true labels').below(factor(10))],
        note: theirData,
      },
    },
  }),
];
