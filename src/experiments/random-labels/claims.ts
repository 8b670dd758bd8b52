import type { Claim, ClaimTest } from '../../study/claim.js';
import { band, claim, factor, images, last, logRatio, median, term } from '../../study/vocabulary/index.js';
import { armId, random } from './arms.js';
import { epochsToFit, fit } from './quantities.js';

const testImages = 10_000;

const fits: readonly ClaimTest[] = [
  median(term(random, last('trainAccuracy')), 'final training accuracy', 'points').above(0.95),
];
const hurts: readonly ClaimTest[] = [
  median(
    logRatio(term(random, last('testLoss')), term(random, { kind: 'min', metric: 'testLoss' })),
    'test loss, final / smallest',
    'factor',
  ).above(factor(2), 0),
  band(images(term(random, last('testAccuracy')), testImages), 'test images right', 'images').within(850, 1150),
];
const slow: readonly ClaimTest[] = [
  median(
    logRatio(term(random, epochsToFit), term(armId(0), epochsToFit)),
    `epochs to ${fit.text}, random / true labels`,
    'factor',
  ).above(factor(2), 0),
];

/** What is claimed of labels that mean nothing. */
export const claims: readonly Claim[] = [
  claim({
    id: 'random-labels-fit',
    statement: 'The network can fit random labels.',
    metric: 'final training accuracy, which the report never gives',
    judged: { 'as-coded': { tests: fits }, 'as-intended': { tests: fits } },
  }),
  claim({
    id: 'random-labels-hurt-test',
    statement: 'Test loss rises as training loss falls.',
    metric: `final test loss / its smallest; test images right`,
    judged: { 'as-coded': { tests: hurts }, 'as-intended': { tests: hurts } },
  }),
  claim({
    id: 'random-labels-slow',
    statement: 'Learning random labels is prolonged.',
    metric: `epochs to ${fit.text} training accuracy, random / true labels`,
    judged: { 'as-intended': { tests: slow } },
  }),
];
