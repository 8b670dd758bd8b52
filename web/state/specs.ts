import { dataShape, dataSizes } from '../../src/data/sources/index.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';

type Data = TrialSpec['data'];
type Model = TrialSpec['model'];
type Optimizer = TrialSpec['optimizer'];

/** What some data feed to a network and ask of it. */
export interface Ends {
  readonly inputs: number;
  readonly outputs: number;
  readonly labels: boolean;
  readonly hasTest: boolean;
  readonly images: boolean;
}

/** The ends of a network for some data. */
export function endsOf(data: Data): Ends {
  const { input, outputs, targets } = dataShape(data);
  return {
    inputs: input.reduce((product, length) => product * length, 1),
    outputs,
    labels: targets === 'labels',
    hasTest: dataSizes(data).test > 0,
    images: input.length === 3,
  };
}

/** What is recorded of a run where nothing else is asked for. */
export const usualObserve = ({ labels, hasTest }: Ends): NonNullable<TrialSpec['observe']> => ({
  loss: 'step',
  gradNorm: 'step',
  ...(labels && { accuracy: 'epoch' }),
  ...(hasTest && { test: 'epoch' }),
});

/** A spec with other data: the network's ends, the loss and what is recorded follow. */
export function withData(spec: TrialSpec, data: Data): TrialSpec {
  const [before, ends] = [endsOf(spec.data), endsOf(data)];
  const same = before.labels === ends.labels && before.hasTest === ends.hasTest;
  return {
    ...spec,
    data,
    model: fitted(spec.model, ends),
    loss: ends.labels ? 'crossEntropy' : 'mse',
    observe: same && spec.observe ? spec.observe : usualObserve(ends),
  };
}

const usualHidden = [16, 16];

function fitted(model: Model, { inputs, outputs, images }: Ends): Model {
  if (model.kind === 'mlp') return { ...model, widths: [inputs, ...model.widths.slice(1, -1), outputs] };
  if (images) return model;
  const activation = model.layers.map(({ kind }) => kind).find((kind) => kind in activationWords) ?? 'relu';
  return { kind: 'mlp', widths: [inputs, ...usualHidden, outputs], activation: activation as Activation };
}

/** The kind of an activation. */
export type Activation = Extract<Model, { kind: 'mlp' }>['activation'];

/** Every activation with its words: a new one that is missing here is a type error. */
export const activationWords: Readonly<Record<Activation, string>> = {
  relu: 'ReLU',
  leakyRelu: 'leaky ReLU',
  tanh: 'tanh',
  softplus: 'softplus',
  square: 'square',
};

/** Every optimizer with its words. */
export const optimizerWords: Readonly<Record<Optimizer['kind'], string>> = {
  sgd: 'SGD',
  adam: 'Adam',
  adamW: 'AdamW',
  rmsprop: 'RMSprop',
};

/** Another optimizer at a rate that is usual for it. */
export const usualOptimizer = (kind: Optimizer['kind']): Optimizer => ({ kind, learningRate: usualRates[kind] });

const usualRates: Readonly<Record<Optimizer['kind'], number>> = {
  sgd: 0.05,
  adam: 0.002,
  adamW: 0.002,
  rmsprop: 0.001,
};
