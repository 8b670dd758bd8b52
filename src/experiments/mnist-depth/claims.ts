import type { Claim, Judged, Term } from '../../study/claim.js';
import type { MetricName } from '../../study/reading.js';
import { allImages, claim, factor, images, last, logRatio, median, term } from '../../study/vocabulary/index.js';
import { codedPlan, intendedPlan, othersOf, type Plan, triedId, triedRates, writtenPlan } from './arms.js';

/** Images that the best network has right, less those of the better of the others. */
const ahead = (plan: Plan, metric: MetricName, of: number): Term => {
  const right = (id: string): Term => images(term(id, last(metric)), of);
  return { difference: [right(plan.best), { greatest: othersOf(plan).map(({ id }) => right(id)) }] };
};

/**
 * The learning rate at which each depth does best, in the order of the networks: of those that are tried by most test
 * images right, of 10,000 training images that were held out.
 */
const bestRates = [1e-2, 3e-3, 1e-2] as const;

/** The networks at their best rates. */
const bestRatePlan: Plan = {
  ...intendedPlan,
  networks: intendedPlan.networks.map((network, i) => ({ ...network, id: triedId(network.id, bestRates[i]!) })),
  best: triedId(intendedPlan.best, bestRates[0]),
};

const better = (plan: Plan, metric: MetricName, of: number, margin: number): Judged => ({
  tests: [
    median(ahead(plan, metric, of), `images right, ${plan.bestName} less the better of the others`, 'images').above(
      margin,
      0,
    ),
  ],
});
const test = (plan: Plan): Judged => better(plan, 'testAccuracy', allImages.testSize, 10);
const train = (plan: Plan, metric: MetricName): Judged => better(plan, metric, allImages.trainSize, 60);

const lowestLoss = (plan: Plan): Judged => {
  const loss = (id: string): Term => term(id, last('trainLoss'));
  return {
    tests: [
      median(
        logRatio({ least: othersOf(plan).map(({ id }) => loss(id)) }, loss(plan.best)),
        `training loss, least of the others / ${plan.bestName}`,
        'factor',
      ).above(factor(1.1), 0),
    ],
  };
};

const running = 'Running accuracy of the last epoch, as reported: dropout is on, a handicap for networks that have it.';

const depthAlone = 'One, two and four dense layers behind the same convolutions, of one size, without dropout.';

const trainMetric = `of ${allImages.trainSize} training images, those that CNN-3 has right less those of the better of \
the others`;

/** What is claimed of depth on images. */
export const claims: readonly Claim[] = [
  claim({
    id: 'one-dense-layer-best-test',
    statement: 'CNN-3, with one dense layer, has the highest test accuracy.',
    metric: `of ${allImages.testSize} test images, those that CNN-3 has right less those of the better of the others`,
    judged: {
      'as-written': test(writtenPlan),
      'as-coded': test(codedPlan),
      'as-intended': { ...test(intendedPlan), note: depthAlone },
    },
  }),
  claim({
    id: 'one-dense-layer-best-test-at-best-rate',
    companionOf: 'one-dense-layer-best-test',
    statement: 'Has one dense layer the highest test accuracy when each depth has its best learning rate?',
    metric:
      `of ${allImages.testSize} test images, those that the network with one dense layer has right less those of the ` +
      'better of the others',
    judged: {
      'as-intended': {
        ...test(bestRatePlan),
        chosen:
          `learning rates ${bestRates.join(', ')} for ${intendedPlan.networks.map(({ depth }) => depth).join(', ')} ` +
          `dense layers, the best of ${triedRates.join(', ')} for each by the median of test images right (seeds 501 ` +
          'to 503, 10,000 training images held out)',
        note:
          `${depthAlone} With one and with two layers the two highest rates are an image apart; higher ones were not ` +
          'tried.',
      },
    },
  }),
  claim({
    id: 'one-dense-layer-best-train',
    statement: 'CNN-3 has the highest training accuracy.',
    metric: trainMetric,
    judged: {
      'as-written': { ...train(writtenPlan, 'accuracy'), note: running },
      'as-coded': { ...train(codedPlan, 'accuracy'), note: running },
      'as-intended': { ...train(intendedPlan, 'trainAccuracy'), note: `${depthAlone} Evaluated at the end.` },
    },
  }),
  claim({
    id: 'one-dense-layer-best-train-evaluated',
    companionOf: 'one-dense-layer-best-train',
    statement: 'Has it still, when all are evaluated at the end, dropout off?',
    metric: trainMetric,
    judged: { 'as-coded': train(codedPlan, 'trainAccuracy') },
  }),
  claim({
    id: 'one-dense-layer-lowest-loss',
    statement: 'CNN-3 has the lowest training loss.',
    metric: 'training loss at the end, whole set, dropout off: least of the others / CNN-3',
    judged: {
      'as-written': lowestLoss(writtenPlan),
      'as-coded': lowestLoss(codedPlan),
      'as-intended': { ...lowestLoss(intendedPlan), note: depthAlone },
    },
  }),
];
