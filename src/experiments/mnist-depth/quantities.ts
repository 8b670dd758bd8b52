import type { Quantity } from '../../study/experiment.js';
import {
  last,
  parameters,
  quantity,
  type Reported,
  reportedBy,
  setting,
  share,
  sources,
  testAccuracy,
  unreported,
  value,
} from '../../study/vocabulary/index.js';
import { codedPlan, hitsId, type Plan, pairsOf } from './arms.js';

const cnns = codedPlan.networks.map(({ id }) => id);
const inText = (...values: readonly number[]): Reported => reportedBy(cnns, values, sources.text);
const quotedLoss = { ...inText(0.0744, 0.088, 0.0242), source: `${sources.text}, which calls it the loss` };

const redrawn = 'if seeds and test images are drawn again (bootstrap, fixed n, 95 %; judges nothing)';
const leadValues = [
  ['lead', 'Test images that the best network is ahead of the better of the others, median over seeds'],
  ['low', `The same, at least, ${redrawn}`],
  ['high', `The same, at most, ${redrawn}`],
] as const;

type Keeps = (found: Reported) => Reported;

/** What the networks have at the end; `keeps` keeps what was reported, or drops it. */
const results = (keeps: Keeps): readonly Quantity[] => [
  testAccuracy(keeps(inText(98.66, 97.9, 98.8))),
  share({
    id: 'train-accuracy',
    label: 'Training accuracy of the last epoch (running)',
    reading: last('accuracy'),
    decimals: 3,
    ...keeps(inText(98.045, 97.825, 98.898)),
  }),
  quantity({
    id: 'last-batch-loss',
    label: 'Loss of the last minibatch',
    reading: last('lastBatchLoss'),
    decimals: 4,
    ...keeps(quotedLoss),
  }),
  quantity({ id: 'train-loss', label: 'Mean training loss of the last epoch', reading: last('loss'), decimals: 4 }),
];

/** What was set for them. */
const settings = (keeps: Keeps): readonly Quantity[] => [
  quantity({
    id: 'parameters',
    label: 'Parameters',
    reading: parameters,
    decimals: 0,
    ...keeps(inText(25_550, 25_570, 25_550)),
  }),
  quantity({
    id: 'learning-rate',
    label: 'Learning rate',
    reading: setting('optimizer.learningRate'),
    decimals: 4,
    ...keeps(inText(1e-4, 1e-4, 1e-4)),
  }),
  quantity({
    id: 'weight-decay',
    label: 'Weight decay',
    reading: setting('optimizer.weightDecay'),
    decimals: 4,
    ...keeps(inText(1e-4, 1e-4, 1e-4)),
  }),
];

/** The numbers at the end, and how often two networks disagree. */
export function quantitiesOf(plan: Plan, isReported = true): readonly Quantity[] {
  const arms = plan.networks.map(({ id }) => id);
  const ofNetworks = (all: (keeps: Keeps) => readonly Quantity[]): readonly Quantity[] =>
    all((found) => (isReported ? found : unreported)).map((one) => ({ ...one, arms }));
  return [
    ...ofNetworks(results),
    quantity({
      id: 'mcnemar',
      label: "Chance of as many disagreements on test images if both are equally good (McNemar's p)",
      reading: { kind: 'mcnemar' },
      arms: pairsOf(plan).map(({ id }) => id),
      decimals: 3,
    }),
    ...ofNetworks(settings),
    ...leadValues.map(([name, label]) =>
      quantity({ id: `lead-${name}`, label, reading: value(name), arms: [hitsId], decimals: 0 }),
    ),
  ];
}
