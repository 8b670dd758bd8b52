import type { Experiment, Protocol, Quantity } from '../../../study/experiment.js';
import type { Figure } from '../../../study/figure.js';
import { count, epochs, fitted, last, quantity, reportedBy, sources } from '../../../study/vocabulary/index.js';
import { fitNote, lastEpoch, networkIds, withSuffix } from '../arms.js';
import { signSinDisagreements } from '../disagreements.js';
import { lossFigure, predictionsFigure, truthFigure } from '../figures.js';
import { epochsToConvergence, fitErrors, settings } from '../quantities.js';
import { againIds, codedPresets, codedRate, intendedPresets, rates } from './arms.js';
import { claims, settledLoss, settling } from './claims.js';

const formula = 'sgn(sin(5πx))';
const notConverged = { value: lastEpoch, note: 'not converged' };

const settledAfter = 1000;
const latePeak: Quantity = quantity({
  id: 'late-peak',
  label: `Largest loss after epoch ${count(settledAfter)}`,
  reading: { kind: 'max', metric: 'loss', from: settledAfter + 1 },
  arms: ['m1'],
  decimals: 1,
  reported: { m1: { value: 0.4, note: 'the spikes' } },
  source: sources.figure,
});

/** What comes of the starts that the stream has next: the original's own is lost. */
const againQuantities: readonly Quantity[] = networkIds.flatMap((network) => {
  const common = {
    arms: againIds(network),
    source: 'none: other starts of the stream, as that of the original is lost',
  };
  const name = network.toUpperCase();
  return [
    quantity({
      ...common,
      id: `${network}-epochs-again`,
      label: `Epochs to convergence of ${name}, built again`,
      reading: epochs,
      decimals: 0,
    }),
    quantity({
      ...common,
      id: `${network}-loss-again`,
      label: `Final loss of ${name}, built again`,
      reading: last('loss'),
      decimals: 4,
    }),
  ];
});

const asCoded: Protocol = {
  id: 'as-coded',
  note:
    `${fitNote} The learning rate is ${rates[0].rate} for all three. The original's cells were run several times ` +
    'over, so the weights it started from are lost: here the networks start as for the first function, and the ' +
    'numbers cannot be expected to agree epoch by epoch.',
  presets: codedPresets,
  figures: [{ ...lossFigure, arms: networkIds }, truthFigure(formula), { ...predictionsFigure, arms: networkIds }],
  quantities: [
    { ...epochsToConvergence({ m1: { value: 8146 }, m2: notConverged, m3: notConverged }), arms: networkIds },
    ...fitErrors(reportedBy(networkIds, [0.001, 0.0025, 0.0893], sources.notebook), networkIds),
    ...againQuantities,
    latePeak,
    ...settings([codedRate, codedRate, codedRate]),
  ],
};

const figuresAt = ({ id, rate }: (typeof rates)[number]): readonly Figure[] => [
  { ...lossFigure, id: `loss${id}`, title: `Training loss at learning rate ${rate}`, arms: withSuffix(id) },
  {
    ...predictionsFigure,
    id: `predictions${id}`,
    title: `Predictions after ${count(lastEpoch)} updates at learning rate ${rate}`,
    arms: withSuffix(id),
  },
];

const settledQuantity: Quantity = quantity({
  id: 'settled-loss',
  label: `Mean loss of the last ${settling} epochs`,
  reading: settledLoss,
  decimals: 4,
  headline: true,
});

const asIntended: Protocol = {
  id: 'as-intended',
  note:
    `The same number of updates for all three networks, ${count(lastEpoch)}, at the learning rate of the original, ` +
    `${rates[0].rate}, and at ${rates[1].rate}, where the loss is not so noisy. A network has converged if the mean ` +
    `loss of its last ${settling} epochs is below ${fitted.below}, so that touching the threshold once is not enough.`,
  presets: intendedPresets,
  figures: rates.flatMap(figuresAt),
  quantities: [
    settledQuantity,
    ...fitErrors(
      undefined,
      rates.flatMap(({ id }) => withSuffix(id)),
    ),
  ],
};

/** 1.1.1, function 2: the state of the original's generator is lost, so its networks are built as for function 1. */
export const functionFitSignSin: Experiment = {
  id: 'function-fit-sign-sin',
  section: '1.1.1',
  title: `Simulate a function: ${formula}`,
  question: 'Does depth help more when the function jumps?',
  protocols: [asCoded, asIntended],
  claims,
  disagreements: signSinDisagreements,
};
