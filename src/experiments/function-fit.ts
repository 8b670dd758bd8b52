import { parameterCount } from '../engine/shapes.js';
import { networkOf } from '../trials/trial-network.js';
import type { ModelSpec } from '../trials/trial-spec.js';
import type { Arm, Disagreement, Experiment, Figure, Preset, Quantity } from './experiment.js';

/** Section 1.1.1: three networks of one size and of depths 7, 4 and 1 learn a function from 300 points. */

const networks = [
  { id: 'm1', label: 'M1, 7 hidden layers', widths: [1, 5, 10, 10, 10, 10, 10, 5, 1] },
  { id: 'm2', label: 'M2, 4 hidden layers', widths: [1, 10, 18, 15, 4, 1] },
  { id: 'm3', label: 'M3, 1 hidden layer', widths: [1, 190, 1] },
] as const;

type NetworkId = (typeof networks)[number]['id'];

interface FunctionFit {
  readonly name: 'sinc' | 'signSin';
  readonly learningRates: Readonly<Record<NetworkId, number>>;
}

/** The report builds its networks one after the other on one stream of random numbers: each starts where the one before ended. */
function armsOf(fit: FunctionFit, epochs: number): readonly Arm[] {
  let skip = 0;
  return networks.map(({ id, label, widths }) => {
    const model: ModelSpec = { kind: 'mlp', widths, activation: 'leakyRelu' };
    const arm: Arm = {
      id,
      label,
      spec: {
        data: { kind: 'function', name: fit.name, points: 300 },
        model,
        loss: 'mse',
        optimizer: { kind: 'adam', learningRate: fit.learningRates[id], weightDecay: 1e-4 },
        batchSize: 'full',
        stop: { epochs, converged: { below: 0.001, change: 1e-5 } },
        init: { kind: 'pytorch', skip },
        observe: { loss: 'step' },
      },
    };
    skip += parameterCount(networkOf(model));
    return arm;
  });
}

function presetsOf(fit: FunctionFit, estimatedSeconds: number): Experiment['presets'] {
  const full: Preset = {
    seeds: [1],
    arms: armsOf(fit, 25_000),
    note: 'Full size: 300 points, at most 25,000 epochs. The report has one seed, 1.',
    miniature: false,
    estimatedSeconds,
  };
  const smoke: Preset = {
    seeds: [1],
    arms: armsOf(fit, 200),
    note: 'The first 200 epochs only: shows that it runs, not who wins.',
    miniature: true,
    estimatedSeconds: 1,
  };
  return { smoke, quick: full, report: full };
}

const inputAxis = { label: 'x (input, dimensionless)' };

function figuresOf(formula: string): readonly Figure[] {
  return [
    {
      kind: 'metric',
      id: 'loss',
      title: 'Training loss of the three networks',
      caption:
        'A line ends where its network converged, or at the last epoch. See who crosses the threshold first, and who is ahead on the way there.',
      metric: 'loss',
      threshold: { value: 0.001, label: 'threshold 0.001' },
      x: { label: 'epoch (1 epoch = 1 full-batch step)' },
      y: { label: 'training loss (mean squared error)', scale: 'log' },
    },
    {
      kind: 'truth',
      id: 'function',
      title: `The function ${formula}`,
      caption: 'The 300 points that the networks learn from. There are no others: every loss here is on these points.',
      x: inputAxis,
      y: { label: 'f(x) (target, dimensionless)' },
    },
    {
      kind: 'predictions',
      id: 'predictions',
      title: 'Predictions against the truth',
      caption:
        'Each network at the end of its training, drawn over the target in grey. See where a line leaves the grey: at peaks, at jumps and at both ends.',
      x: inputAxis,
      y: { label: 'f(x) (dimensionless)' },
    },
  ];
}

const quantities = (epochs: Quantity['reported'], loss: Pick<Quantity, 'reported' | 'source'>): readonly Quantity[] => [
  {
    id: 'epochs',
    label: 'Epochs to convergence',
    measure: { kind: 'epochs' },
    decimals: 0,
    headline: true,
    reported: epochs,
    source: "the report's text",
  },
  { id: 'loss', label: 'Final loss', measure: { kind: 'last', metric: 'loss' }, decimals: 4, ...loss },
];

const protocol =
  'As coded. Full batch, so one Adam step an epoch; weight decay 1e-4 as L2 in the gradient. A network has converged when, after epoch 5, the loss is below 0.001 and ' +
  'its last two changes are below 0.00001; else training ends at epoch 25,000. The networks are built one after the other from one seed, so M2 starts 571 and M3 1,143 draws into the stream.';

const noHeldOutData: Disagreement = {
  id: 'D5',
  about: 'Weight decay against overfitting',
  written: 'weight decay "prevents the model from overfitting"',
  coded: 'no held-out points: losses and predictions are on the training grid',
  consequence: 'Nothing here can show overfitting, or the lack of it.',
};

const fits = { sinc: 'sin(5πx) / (5πx)', signSin: 'sgn(sin(5πx))' } as const;

/** 1.1.1, function 1: the initial weights of the report are known, so its numbers can be met. */
export const functionFitSinc: Experiment = {
  id: 'function-fit-sinc',
  section: '1.1.1',
  title: `Simulate a function: ${fits.sinc}`,
  question: 'Do more layers fit a smooth function sooner, at the same number of parameters?',
  protocol,
  presets: presetsOf({ name: 'sinc', learningRates: { m1: 0.0012, m2: 0.0012, m3: 0.0011 } }, 1),
  figures: figuresOf(fits.sinc),
  quantities: quantities(
    { m1: { value: 961 }, m2: { value: 857 }, m3: { value: 2186 } },
    { reported: { m1: { value: 0.001 }, m2: { value: 0.001 }, m3: { value: 0.001 } }, source: "the report's notebook" },
  ),
  disagreements: [
    {
      id: 'D1',
      about: 'Which function',
      written: '"(sin(5x)·π(x))/5π(x)" in the introduction, and "5πx" in a list of functions',
      coded: fits.sinc,
    },
    {
      id: 'D2',
      about: 'More layers, sooner converged',
      written: 'M1 and M2, with more layers, converge quicker: 961 and 857 epochs against 2,186',
      coded: 'M2 with 4 hidden layers is before M1 with 7; M3 has a learning rate of its own, 0.0011 instead of 0.0012',
      consequence:
        "M1's 961 is rounding noise: the same weights and data gave 749 and 946 epochs with two matrix kernels of one machine, and 722 to 2,010 over orders of summation. M2 (857-863) and M3 (2,180-2,186) hold.",
    },
    {
      id: 'D3',
      about: 'When a network has converged',
      written: 'the loss is "almost equal to zero (loss stops dropping further)"',
      coded: 'loss below 0.001 and two changes in a row below 0.00001, after epoch 5',
      consequence: 'A noisy loss that once touches the threshold between two small changes counts as converged.',
    },
    noHeldOutData,
  ],
};

/** 1.1.1, function 2: the state of the report's generator is lost, so its networks are built as for function 1. */
export const functionFitSignSin: Experiment = {
  id: 'function-fit-sign-sin',
  section: '1.1.1',
  title: `Simulate a function: ${fits.signSin}`,
  question: 'Does depth help more when the function jumps?',
  protocol: `${protocol} The learning rate is 0.009 for all three. The report's cells were run several times over, so the weights it started from are lost: here the networks start as for the first function, and the numbers cannot be expected to agree epoch by epoch.`,
  presets: presetsOf({ name: 'signSin', learningRates: { m1: 0.009, m2: 0.009, m3: 0.009 } }, 4),
  figures: figuresOf(fits.signSin),
  quantities: quantities(
    {
      m1: { value: 8146 },
      m2: { value: 25_000, note: 'not converged' },
      m3: { value: 25_000, note: 'not converged' },
    },
    {
      reported: { m1: { value: 0.001 }, m2: { value: 0.0025 }, m3: { value: 0.0893 } },
      source: "the report's notebook",
    },
  ),
  disagreements: [
    {
      id: 'D3',
      about: 'When a network has converged',
      written: 'only M1, with the most layers, "could reach convergence"',
      coded: 'loss below 0.001 and two changes in a row below 0.00001, after epoch 5',
      consequence:
        "M1's loss is noisy at learning rate 0.009, with spikes up to 0.4: it touches the threshold, it does not settle below it. From the start used here PyTorch takes 15,693 epochs for M1.",
    },
    {
      id: 'D4',
      about: 'How alike the predictions are',
      written: '"their prediction performance is similar"',
      coded: 'final losses 0.0010, 0.0025 and 0.0893: up to 90 times apart; M3 draws ramps where the target steps',
      consequence:
        'M1 was run again after the other two: which run was reported is a choice that the text does not mention.',
    },
    noHeldOutData,
  ],
};
