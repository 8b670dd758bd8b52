import type { Figure, FigureOf } from '../../study/figure.js';
import { accuracyAxis, accuracyCurves, alongEpochs, lossCurves } from '../../study/vocabulary/index.js';
import type { Plan } from './arms.js';

/** The curve as the code draws it: the sum of an epoch's 100 losses, divided by 99, plus 1. */
const liftedLossFigure: FigureOf<'metric'> = lossCurves({
  title: "Training loss, as the original's figure has it: sum / 99 + 1",
  caption:
    "The sum of an epoch's 100 minibatch losses, divided by 99, plus 1: a slip in the code that lifts every curve " +
    'above 1, so that the losses at the end cannot be read off it (D10).',
  series: [{ metric: 'loss', factor: 100 / 99, offset: 1 }],
  y: { label: 'plotted value (loss in nats * 100/99 + 1)' },
});

const meanLossFigure: FigureOf<'metric'> = lossCurves({
  caption:
    "Mean loss of each epoch's minibatches, taken while the network learns. See how far apart the networks end, and " +
    'whether they still fall.',
});

const accuracyFigures: readonly FigureOf<'metric'>[] = [
  accuracyCurves({
    caption:
      'Share of images that the network had right when it met them during the epoch. A network with dropout is ' +
      'counted with its dropout on, which holds it down.',
  }),
  alongEpochs({
    id: 'test-accuracy',
    title: 'Test accuracy',
    caption:
      'Images never trained on, dropout off. See whether the order of the three at the end is also their order on ' +
      'the way: where lines cross, the order is chance.',
    series: [{ metric: 'testAccuracy' }],
    y: accuracyAxis('test'),
    headline: true,
  }),
];

/** Loss and accuracy of a plan's networks by epoch; the loss as it is, or as the code draws it. */
export const figuresOf = ({ networks }: Plan, lossCurvePlusOne: boolean): readonly Figure[] =>
  [lossCurvePlusOne ? liftedLossFigure : meanLossFigure, ...accuracyFigures].map((figure) => ({
    ...figure,
    arms: networks.map(({ id }) => id),
  }));
