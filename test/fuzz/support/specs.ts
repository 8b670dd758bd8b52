import fc from 'fast-check';
import { dataShape, dataSizes } from '../../../src/data/sources/index.js';
import type { EditSpec } from '../../../src/engine/training/edits.js';
import type { ObserveSpec } from '../../../src/engine/training/observations/index.js';
import type { OptimizerSpec } from '../../../src/engine/training/spec.js';
import type { TrialSpec } from '../../../src/tasks/trial-spec.js';
import { flatLayers, imageLayers } from './networks.js';

/** What a synthetic MNIST has to hold for these specs. */
export const mostImages = { train: 30, test: 10 } as const;

const within = (min: number, max: number) => fc.integer({ min, max });
const seeds = within(0, 2 ** 32 - 1);
const rates = fc.constantFrom(1e-4, 0.001, 0.03, 0.1);
const decays = fc.constantFrom(0, 1e-4, 0.1);
/** Some of an object's fields. */
const partly = <T extends object>(fields: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

export const optimizers: fc.Arbitrary<OptimizerSpec> = fc.oneof(
  fc
    .tuple(rates, partly({ momentum: fc.constantFrom(0, 0.5, 0.9), weightDecay: decays }))
    .map(([learningRate, more]): OptimizerSpec => ({ kind: 'sgd', learningRate, ...more })),
  fc
    .tuple(
      fc.constantFrom('adam' as const, 'adamW' as const),
      rates,
      partly({
        betas: fc.constantFrom<readonly [number, number]>([0.9, 0.999], [0.5, 0.9], [0, 0.99]),
        epsilon: fc.constantFrom(1e-8, 1e-3),
        weightDecay: decays,
      }),
    )
    .map(([kind, learningRate, more]): OptimizerSpec => ({ kind, learningRate, ...more })),
  fc
    .tuple(
      rates,
      partly({
        alpha: fc.constantFrom(0.5, 0.9, 0.99),
        epsilon: fc.constantFrom(1e-8, 1e-3),
        momentum: fc.constantFrom(0, 0.9),
        weightDecay: decays,
        centered: fc.boolean(),
      }),
    )
    .map(([learningRate, more]): OptimizerSpec => ({ kind: 'rmsprop', learningRate, ...more })),
);

const cadence = fc.constantFrom('step' as const, 'epoch' as const);
const evaluation = fc.constantFrom('epoch' as const, 'end' as const);
const epoch = fc.constant('epoch' as const);
const ofEach = {
  loss: cadence,
  lastBatchLoss: epoch,
  gradNorm: cadence,
  layerGradNorm: cadence,
  train: evaluation,
  tensorGradNorm: epoch,
  snapshots: fc.record(
    {
      every: within(1, 3),
      parameters: fc.constantFrom<'all' | 'weights'>('all', 'weights'),
      initial: fc.boolean(),
    },
    { requiredKeys: ['every', 'parameters'] },
  ),
  lambdaMax: fc.record({ every: within(1, 3) }),
  accuracy: cadence,
  test: evaluation,
  stepLoss: fc.record({ step: within(1, 5) }),
} satisfies { readonly [K in keyof ObserveSpec]-?: fc.Arbitrary<ObserveSpec[K]> };
const { lambdaMax, accuracy, test, ...observations } = ofEach;

const value = fc.double({ min: -2, max: 2, noNaN: true });
const functionData = fc
  .tuple(fc.constantFrom('sinc' as const, 'signSin' as const), within(2, 40))
  .map(([name, points]) => ({ kind: 'function' as const, name, points }));
const tableData = fc.tuple(within(1, 12), within(1, 5), within(1, 4)).chain(([rows, inputs, targets]) =>
  fc.record({
    kind: fc.constant('table' as const),
    inputs: fc.array(fc.array(value, { minLength: inputs, maxLength: inputs }), { minLength: rows, maxLength: rows }),
    targets: fc.array(fc.array(value, { minLength: targets, maxLength: targets }), {
      minLength: rows,
      maxLength: rows,
    }),
  }),
);
const formulaData = fc.record(
  {
    kind: fc.constant('formula' as const),
    formula: fc.constantFrom('x', 'sin(3 * x)', 'x^2 - max(x, 0.1)', 'exp(-x^2) / 2'),
    points: within(2, 40),
    testPoints: within(2, 9),
    from: fc.constantFrom(-1, -3),
    to: fc.constantFrom(1, 2),
    noise: fc.constantFrom(0, 0.1),
    noiseSeed: seeds,
  },
  { requiredKeys: ['kind', 'formula', 'points'] },
);
const noisyLabels = fc.record({ fraction: fc.double({ min: 0, max: 1, noNaN: true }), seed: seeds });
const planeData = fc.record(
  {
    kind: fc.constant('plane' as const),
    set: fc.constantFrom('spiral' as const, 'circles', 'xor', 'moons', 'gaussians'),
    trainSize: within(2, 40),
    testSize: within(0, 9),
    noise: fc.constantFrom(0, 0.1, 1),
    seed: seeds,
    randomLabels: noisyLabels,
  },
  { requiredKeys: ['kind', 'set', 'trainSize', 'testSize'] },
);
const labelledData = fc.tuple(within(2, 12), within(1, 5)).chain(([rows, inputs]) =>
  fc.record(
    {
      kind: fc.constant('table' as const),
      inputs: fc.array(fc.array(value, { minLength: inputs, maxLength: inputs }), { minLength: rows, maxLength: rows }),
      labels: fc.array(within(0, 3), { minLength: rows, maxLength: rows }),
      classes: within(4, 6),
      test: fc.record({ size: within(1, rows - 1), seed: seeds }, { requiredKeys: ['size'] }),
      randomLabels: noisyLabels,
    },
    { requiredKeys: ['kind', 'inputs', 'labels'] },
  ),
);
const mnistData = fc
  .tuple(
    within(1, mostImages.train),
    within(1, mostImages.test),
    partly({
      subsetSeed: seeds,
      randomLabels: fc.record({ fraction: fc.double({ min: 0, max: 1, noNaN: true }), seed: seeds }),
      pixels: fc.record({ how: fc.constantFrom('shuffled' as const, 'random', 'gaussian'), seed: seeds }),
    }),
  )
  .map(([trainSize, testSize, more]) => ({ kind: 'mnist' as const, trainSize, testSize, ...more }));

function modelFor(inputs: number, outputs: number): fc.Arbitrary<TrialSpec['model']> {
  const mlp = fc
    .tuple(fc.array(within(1, 20), { maxLength: 3 }), fc.constantFrom('relu' as const, 'leakyRelu', 'tanh'))
    .map(([hidden, activation]) => ({ kind: 'mlp' as const, widths: [inputs, ...hidden, outputs], activation }));
  return fc.oneof(
    mlp,
    flatLayers(outputs).map((layers) => ({ kind: 'layers' as const, input: [inputs], layers })),
  );
}

const imageModel = imageLayers([1, 28, 28], 10).map((layers) => ({
  kind: 'layers' as const,
  input: [1, 28, 28],
  layers,
}));

const rest = {
  optimizer: optimizers,
  batchSize: fc.oneof(within(1, 50), fc.constant('full' as const)),
  stop: fc.record(
    {
      epochs: within(1, 3),
      converged: fc.constant({ below: 0.1, change: 0.01 }),
      evaluated: fc.constant({ lossBelow: 0.5 }),
    },
    { requiredKeys: ['epochs'] },
  ),
  seed: seeds,
};
/** Of steps after the first, as each epoch has one at least. */
const editsOf = (epochs: number): fc.Arbitrary<readonly EditSpec[]> =>
  fc.subarray([2, 3].filter((step) => step <= epochs)).chain((steps) =>
    fc.tuple(
      ...steps.map((atStep) =>
        fc.oneof(
          rates.map((rate) => ({ atStep, path: 'optimizer.learningRate', value: rate })),
          fc.constantFrom(0, 0.1).map((decay) => ({ atStep, path: 'optimizer.weightDecay', value: decay })),
          fc.constantFrom<number | 'full'>(3, 'full').map((size) => ({ atStep, path: 'batchSize', value: size })),
          fc.constantFrom(1, -100).map((units) => ({ atStep, path: 'parameters[0]', value: units })),
        ),
      ),
    ),
  );
/** Some trials with edits among them. */
const withEdits = <T extends { readonly stop: { readonly epochs: number } }>(specs: fc.Arbitrary<T>) =>
  specs.chain((spec) =>
    fc.oneof(
      { weight: 2, arbitrary: fc.constant(spec) },
      { weight: 1, arbitrary: editsOf(spec.stop.epochs).map((edits) => ({ ...spec, edits })) },
    ),
  );
const init = fc.oneof(
  fc.record({ kind: fc.constant('pytorch' as const), skip: within(0, 3000) }),
  fc.record({ kind: fc.constant('nudged' as const), skip: within(0, 3000), twin: within(1, 9) }),
);
const optional = { requiredKeys: ['data', 'model', 'loss', 'optimizer', 'batchSize', 'stop', 'seed'] } as const;

const onValues = fc.oneof(functionData, tableData, formulaData).chain((data) => {
  const [inputs, outputs] = data.kind === 'table' ? [data.inputs[0]!.length, data.targets[0]!.length] : [1, 1];
  const fields = {
    data: fc.constant(data),
    model: modelFor(inputs, outputs),
    loss: fc.constant('mse' as const),
    observe: partly({ ...observations, lambdaMax }),
    init,
    ...rest,
  };
  return fc.record(fields, { requiredKeys: [...optional.requiredKeys] });
});
const onLabels = fc.oneof(planeData, labelledData).chain((data) => {
  const { input, outputs } = dataShape(data);
  const fields = {
    data: fc.constant(data),
    model: modelFor(input[0]!, outputs),
    loss: fc.constant('crossEntropy' as const),
    observe: partly({ ...observations, accuracy, lambdaMax, ...(dataSizes(data).test > 0 && { test }) }),
    init,
    ...rest,
  };
  return fc.record(fields, { requiredKeys: [...optional.requiredKeys] });
});
const onImages = mnistData.chain((data) => {
  const fields = {
    data: fc.constant(data),
    model: fc.oneof(modelFor(784, 10), imageModel),
    loss: fc.constant('crossEntropy' as const),
    observe: partly({ ...observations, accuracy, test }),
    init,
    ...rest,
  };
  return fc.record(fields, { requiredKeys: [...optional.requiredKeys] });
});

/** Trials that are valid by the way they are made, small enough to take a step of in a millisecond. */
export const trialSpecs = fc.oneof(
  { weight: 3, arbitrary: withEdits(onValues) },
  { weight: 2, arbitrary: withEdits(onLabels) },
  { weight: 1, arbitrary: withEdits(onImages) },
) as fc.Arbitrary<TrialSpec>;
