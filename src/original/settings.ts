import { sum } from '../base/sum.js';
import { defaultLeakySlope } from '../engine/layers/activations/leaky-relu.js';
import { layerWeights, type SettingSubject } from './setting-subject.js';

/** How a setting is shown: several values stand beside each other. */
type Shown = number | string | readonly (number | string)[] | undefined;

const steps = ({ batchSize, samples }: SettingSubject): number | undefined =>
  batchSize === undefined || samples === undefined ? undefined : Math.ceil(samples / batchSize);

/** Settings by the names that items use, each read from the spec of an arm. */
const settings = {
  data: ({ data }) => data?.kind,
  function: ({ data }) => (data?.kind === 'function' ? data.name : undefined),
  points: ({ data }) => (data?.kind === 'function' ? data.points : undefined),
  trainImages: ({ data }) => (data?.kind === 'mnist' ? data.trainSize : undefined),
  testImages: ({ data }) => (data?.kind === 'mnist' ? data.testSize : undefined),
  randomLabels: ({ data }) => (data?.kind === 'mnist' ? (data.randomLabels?.fraction ?? 0) : undefined),
  networkKind: ({ layers }) => layers && (layers.some(({ kind }) => kind === 'conv2d') ? 'CNN' : 'DNN'),
  hiddenLayers: ({ layers }) => layers && layers.filter(({ kind }) => kind === 'linear').length - 1,
  convolutions: ({ layers }) => layers?.filter(({ kind }) => kind === 'conv2d').length,
  kernels: ({ layers }) => distinct(layers?.flatMap((layer) => (layer.kind === 'conv2d' ? [layer.kernel] : []))),
  channels: ({ layers }) => layers?.flatMap((layer) => (layer.kind === 'conv2d' ? [layer.channels] : [])),
  pools: ({ layers }) => distinct(layers?.flatMap((layer) => (layer.kind === 'maxPool2d' ? [layer.size] : []))),
  dropout: ({ layers }) => distinct(layers?.flatMap((layer) => (layer.kind === 'dropout' ? [layer.rate] : []))) ?? 0,
  activation: ({ activations }) => distinct(activations),
  leakySlope: ({ layers }) =>
    distinct(layers?.flatMap((layer) => (layer.kind === 'leakyRelu' ? [layer.slope ?? defaultLeakySlope] : []))),
  widths: ({ widths }) => widths?.join('-'),
  flat: ({ widths }) => widths?.[0],
  parameters: ({ tensors }) => tensors && sum(tensors.map(({ size }) => size)),
  parametersByLayer: ({ tensors }) => tensors && layerWeights(tensors),
  parametersByTensor: ({ tensors }) => tensors?.map(({ size }) => size),
  weights: ({ tensors }) => tensors && sum(tensors.flatMap(({ name, size }) => (/weight$/.test(name) ? [size] : []))),
  loss: ({ loss }) => loss,
  optimizer: ({ optimizer }) => optimizer?.kind,
  learningRate: ({ optimizer }) => optimizer?.learningRate,
  weightDecay: ({ optimizer }) => (optimizer && 'weightDecay' in optimizer ? optimizer.weightDecay : 0),
  beta1: ({ optimizer }) => (optimizer && 'betas' in optimizer ? optimizer.betas?.[0] : undefined),
  beta2: ({ optimizer }) => (optimizer && 'betas' in optimizer ? optimizer.betas?.[1] : undefined),
  epsilon: ({ optimizer }) => (optimizer && 'epsilon' in optimizer ? optimizer.epsilon : undefined),
  batchSize: ({ batchSize }) => batchSize,
  batchWord: ({ batchSize, samples }) => (batchSize === samples ? 'full' : batchSize),
  stepsPerEpoch: steps,
  epochs: ({ epochs }) => epochs,
  updates: (subject) => {
    const each = steps(subject);
    return each === undefined || subject.epochs === undefined ? undefined : each * subject.epochs;
  },
  lossBelow: ({ converged }) => converged?.below,
  changesBelow: ({ converged }) => converged?.change,
  seed: ({ seed }) => seed,
  drawsBefore: ({ skip }) => skip,
  snapshotsEvery: ({ snapshotsEvery }) => snapshotsEvery,
  components: ({ components }) => components,
  firstColumns: ({ firstColumns }) => firstColumns,
  alphaCount: ({ alphas }) => alphas?.length,
  alphaFrom: ({ alphas }) => alphas && Math.min(...alphas),
  alphaTo: ({ alphas }) => alphas && Math.max(...alphas),
  alphaStep: ({ alphas }) => alphas && Number((alphas[1]! - alphas[0]!).toFixed(4)),
  networks: () => 1,
} as const satisfies Readonly<Record<string, (subject: SettingSubject) => Shown>>;

/** A setting as items name it. */
export type SettingName = keyof typeof settings;

/** Each of some values once; one by itself, none as undefined. */
function distinct<T extends number | string>(values: readonly T[] = []): T | readonly T[] | undefined {
  const own = [...new Set(values)];
  return own.length < 2 ? own[0] : own;
}

/** A setting of some arms in words: once where all have the same; how many arms there are is their sum. */
export function settingText(name: SettingName, subjects: readonly SettingSubject[]): string | undefined {
  if (name === 'networks') return subjects.length === 0 ? undefined : String(subjects.length);
  const read: (subject: SettingSubject) => Shown = settings[name];
  const texts = subjects.flatMap((subject) => {
    const shown = read(subject);
    return shown === undefined ? [] : [Array.isArray(shown) ? shown.join(', ') : String(shown)];
  });
  return texts.length === 0
    ? undefined
    : [texts.every((text) => text === texts[0]) ? texts[0] : texts].flat().join(', ');
}

/** What the original's words are called in a spec. */
const specWords: Readonly<Record<string, string>> = {
  leaky_relu: 'leakyRelu',
  MSELoss: 'mse',
  CrossEntropyLoss: 'crossEntropy',
  Adam: 'adam',
  MNIST: 'mnist',
  'sin(5*pi*x)/(5*pi*x)': 'sinc',
  'sgn(sin(5*pi*x))': 'signSin',
};

/** Whether a setting as it is stated and as a spec has it are one: the same word, or the same number. */
export function isSameSetting(stated: string, ours: string): boolean {
  const own = specWords[stated] ?? stated;
  return own === ours || (own !== '' && Number(own) === Number(ours));
}
