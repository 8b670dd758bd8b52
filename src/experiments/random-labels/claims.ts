import type { Claim, ClaimTest } from '../../study/claim.js';
import { claim, guessed, last, median, percent, ratio, seeds, term } from '../../study/vocabulary/index.js';
import { armId, random } from './arms.js';
import { epochsToFit, fit } from './quantities.js';

/** What guessing one of ten digits comes to. */
const guess = 0.1;

const fits: readonly ClaimTest[] = [median(term(random, last('trainAccuracy')), 'final training accuracy').above(0.99)];
const hurts: readonly ClaimTest[] = [
  ratio(
    term(random, last('testLoss')),
    term(random, { kind: 'min', metric: 'testLoss' }),
    'test loss, final / smallest',
  ).above(2),
  guessed(
    term(random, last('testAccuracy')),
    term(random, { kind: 'testImages' }),
    `test accuracy against ${percent(guess)} %`,
  ).at(guess),
];
const slow: readonly ClaimTest[] = [
  ratio(term(random, epochsToFit), term(armId(0), epochsToFit), `epochs to ${fit.text}, random / true labels`).above(2),
];

/** What is claimed of labels that mean nothing. */
export const claims: readonly Claim[] = [
  claim({
    id: 'random-labels-fit',
    statement: 'The network can fit random labels.',
    metric: 'final training accuracy, which the report never gives',
    unit: '%',
    least: seeds(3),
    tests: { 'as-coded': fits, 'as-intended': fits },
  }),
  claim({
    id: 'random-labels-hurt-test',
    statement: 'Test loss rises as training loss falls.',
    metric: `final test loss / its smallest; test accuracy against ${percent(guess)} % (exact binomial interval)`,
    margin: (rise) => `ratio ${rise}, and the interval holds ${percent(guess)} %`,
    least: seeds(3),
    tests: { 'as-coded': hurts, 'as-intended': hurts },
  }),
  claim({
    id: 'random-labels-slow',
    statement: 'Learning random labels is prolonged.',
    metric: `epochs to ${fit.text} training accuracy, random / true labels`,
    least: seeds(3),
    tests: { 'as-intended': slow },
  }),
];
