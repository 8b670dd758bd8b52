import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { optimizers } from '../../../test/fuzz/support/specs.js';
import { functionDataset } from '../../data/index.js';
import {
  type Batch,
  createTrainer,
  type Dataset,
  evaluate,
  type MetricRow,
  mlp,
  type Network,
  type NetworkSpec,
  type Slice,
  train,
} from '../index.js';
import type { TrainerOptions } from './options.js';
import { isTrained } from './stop-rule.js';

type Subject = Pick<TrainerOptions, 'network' | 'loss' | 'data' | 'test' | 'observe'>;

const everything = {
  loss: 'epoch',
  lastBatchLoss: 'epoch',
  stepLoss: { step: 2 },
  gradNorm: 'step',
  train: 'epoch',
  tensorGradNorm: 'epoch',
  lambdaMax: { every: 3 },
  snapshots: { every: 2, parameters: 'weights', initial: true },
} as const;

/** Labelled byte images that look random and never change. */
const images = (size: number): Dataset => ({
  name: 'images',
  size,
  inputShape: [1, 8, 8],
  inputs: Uint8Array.from({ length: 64 * size }, (_, i) => Math.max(0, (Math.imul(i + size, 2654435761) >>> 24) - 128)),
  targets: Uint8Array.from({ length: size }, (_, i) => i % 3),
});
const imageSubject = (layers: NetworkSpec['layers']): Subject => ({
  network: { input: [1, 8, 8], layers },
  loss: 'crossEntropy',
  data: images(17),
  test: images(5),
  observe: { ...everything, loss: 'step', accuracy: 'epoch', test: 'end', train: 'end' },
});

/** Between them every kind of layer, both losses and every observation at both of its cadences. */
const subjects: Readonly<Record<string, Subject>> = {
  'a curve': {
    network: mlp([1, 6, 4, 1], 'tanh'),
    loss: 'mse',
    data: functionDataset('sinc', { points: 17 }),
    observe: everything,
  },
  'leaky units': {
    network: mlp([1, 9, 1], 'leakyRelu'),
    loss: 'mse',
    data: functionDataset('signSin', { points: 17 }),
    observe: { ...everything, loss: 'step', gradNorm: 'epoch' },
  },
  'images in a row': imageSubject([{ kind: 'flatten' }, ...mlp([64, 12, 3], 'relu').layers]),
  'convolution, pooling and dropout': imageSubject([
    { kind: 'conv2d', channels: 2, kernel: 3 },
    { kind: 'relu' },
    { kind: 'maxPool2d', size: 2 },
    { kind: 'flatten' },
    { kind: 'dropout', rate: 0.4 },
    { kind: 'linear', features: 3 },
  ]),
};

/** A run's listeners, and what they took down. */
function listeners() {
  const rows: MetricRow[] = [];
  const snapshots: [number, ...number[]][] = [];
  return {
    seen: { rows, snapshots },
    onRow: (row: MetricRow) => void rows.push(row),
    onSnapshot: (epoch: number, values: Float32Array) => void snapshots.push([epoch, ...values]),
    curvatureProbe: (network: Network, batch: Batch) => {
      const ones = new Float32Array(network.parameterCount).fill(1);
      const { product } = network.curvatureProduct(batch, ones, 'hessian');
      return { lambdaMax: product[0]!, preconditionedLambdaMax: network.preconditioner()?.[0] ?? Number.NaN };
    },
  };
}

async function straight(options: TrainerOptions) {
  const { seen, ...hooks } = listeners();
  return { result: await train({ ...options, ...hooks }), ...seen };
}

const slices: fc.Arbitrary<Slice> = fc.oneof(
  fc.nat(40).map((untilStep) => ({ untilStep })),
  fc.constantFrom(0, 0.02, 0.2).map((forMs) => ({ forMs })),
  fc.constant({ untilStep: 0 }),
  fc.constant({ pause: () => true }),
);
const settings = fc.record({
  optimizer: optimizers,
  batchSize: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant('full' as const)),
  stop: fc.record(
    { epochs: fc.integer({ min: 0, max: 7 }), converged: fc.constant({ below: 10, change: 10 }) },
    { requiredKeys: ['epochs'] },
  ),
  seed: fc.nat(1000),
});

describe.each(Object.entries(subjects))('%s', (_, subject) => {
  test('in random slices by step and by time, empty ones too, a run emits and ends as one without', async () => {
    await fc.assert(
      fc.asyncProperty(settings, fc.array(slices, { maxLength: 9 }), async (setting, cuts) => {
        const expected = await straight({ ...subject, ...setting });
        const { seen, ...hooks } = listeners();
        const trainer = await createTrainer({ ...subject, ...setting, ...hooks });
        for (const cut of cuts) trainer.run(cut);
        trainer.run();
        expect({ result: trainer.finish(), ...seen }).toEqual(expected);
      }),
      { numRuns: 25, seed: 1 },
    );
  });

  test('restored to any of its states, or made from one, it emits the rest and ends the same', async () => {
    await fc.assert(
      fc.asyncProperty(settings, fc.array(fc.nat(30), { minLength: 2, maxLength: 4 }), async (setting, stops) => {
        const expected = await straight({ ...subject, ...setting });
        const { seen, ...hooks } = listeners();
        const trainer = await createTrainer({ ...subject, ...setting, ...hooks });
        const stood = [...stops]
          .sort((a, b) => a - b)
          .map((untilStep) => {
            trainer.run({ untilStep });
            return structuredClone({ state: trainer.state(), rows: [...seen.rows], snapshots: [...seen.snapshots] });
          });
        trainer.run();
        for (const { state, rows, snapshots } of [...stood.reverse(), ...stood]) {
          seen.rows.splice(0, Number.POSITIVE_INFINITY, ...rows);
          seen.snapshots.splice(0, Number.POSITIVE_INFINITY, ...snapshots);
          trainer.restore(state);
          expect(trainer.state()).toEqual(state);
          trainer.run();
          expect({ result: trainer.finish(), ...seen }).toEqual(expected);
        }
        const { state, rows, snapshots } = stood[0]!;
        const again = listeners();
        again.seen.rows.push(...rows);
        again.seen.snapshots.push(...snapshots);
        const { seen: seenAgain, ...hooksAgain } = again;
        const result = await train({ ...subject, ...setting, ...hooksAgain, from: state });
        expect({ result, ...seenAgain }).toEqual(expected);
      }),
      { numRuns: 15, seed: 2 },
    );
  });
});

const options: TrainerOptions = {
  ...subjects['a curve']!,
  observe: { loss: 'step' },
  optimizer: { kind: 'adam', learningRate: 0.01 },
  batchSize: 5,
  stop: { epochs: 3 },
  seed: 1,
};

test('a slice says whether more can follow, and the progress how far the run is', async () => {
  const trainer = await createTrainer(options);
  expect(trainer.progress()).toEqual({ epoch: 1, step: 0, steps: 12 });
  expect(trainer.run({ untilStep: 4 })).toBeUndefined();
  expect(trainer.progress()).toEqual({ epoch: 2, step: 4, steps: 12 });
  expect(trainer.finish()).toMatchObject({ status: 'stopped', steps: 4 });
  expect(trainer.run()).toEqual({ status: 'finished' });
  expect(trainer.run()).toEqual({ status: 'finished' });
  expect(trainer.finish()).toMatchObject({ status: 'finished', epochs: 3, steps: 12 });
});

test('a slice by time returns soon after its time is up, with steps taken', async () => {
  const trainer = await createTrainer({ ...options, stop: { epochs: 10_000_000 } });
  trainer.run({ untilStep: 1000 });
  const start = performance.now();
  expect(trainer.run({ forMs: 8 })).toBeUndefined();
  expect(performance.now() - start).toBeGreaterThanOrEqual(8);
  expect(trainer.progress().step).toBeGreaterThan(1000);
});

test('predictions and evaluations between slices are of the parameters there, and move nothing', async () => {
  const expected = await straight(options);
  const trainer = await createTrainer(options);
  const first = trainer.predict(options.data);
  trainer.run({ untilStep: 6 });
  expect(trainer.predict(options.data)).not.toEqual(first);
  expect(trainer.predict(options.data)).toHaveLength(17);
  const { parameters } = trainer.state();
  expect(trainer.evaluate(options.data)).toEqual(await evaluate(options.network, parameters, 'mse', options.data));
  trainer.run();
  expect(trainer.finish()).toEqual(expected.result);
});

test('a state does not follow the run, and is taken whole', async () => {
  const trainer = await createTrainer(options);
  trainer.run({ untilStep: 6 });
  const state = trainer.state();
  const copy = structuredClone(state);
  trainer.run();
  expect(state).toEqual(copy);
  trainer.restore(state);
  trainer.run();
  expect(state).toEqual(copy);
});

test('what an older recorder remembered beyond the sums in use is passed over; a missing sum is an error', async () => {
  const watched: TrainerOptions = { ...options, observe: { loss: 'epoch' } };
  const expected = await straight(watched);
  const trainer = await createTrainer(watched);
  trainer.run({ untilStep: 6 });
  const state = trainer.state();
  const { lossSum } = state.recorder.sums;
  const sums = { lossSum: lossSum!, correctSum: 0, seen: 10, tensorNormSum: 0, steps: 2 };
  const from = { ...state, recorder: { ...state.recorder, sums } };
  expect(await train({ ...watched, from })).toEqual(expected.result);
  expect(() => trainer.restore({ ...state, recorder: { ...state.recorder, sums: {} } })).toThrow(
    'recorder state: expected a number lossSum, got none',
  );
});

describe('the rule that evaluates the training set', () => {
  const { data, ...fit } = subjects['a curve']!;
  const options = {
    ...fit,
    data,
    optimizer: { kind: 'adam', learningRate: 0.01 },
    batchSize: 'full',
    seed: 3,
  } as const;
  const run = (stop: TrainerOptions['stop'], observe: TrainerOptions['observe']) => {
    const rows: MetricRow[] = [];
    return train({ ...options, stop, observe, onRow: (row) => rows.push(row) }).then((result) => ({ ...result, rows }));
  };

  test('ends at the first epoch whose evaluation is below the bound, whether it is observed or not', async () => {
    const whole = await run({ epochs: 60 }, { train: 'epoch' });
    const losses = whole.rows.map(({ trainLoss }) => trainLoss!);
    const bound = (losses[20]! + losses[21]!) / 2;
    const first = losses.findIndex((loss) => loss < bound) + 1;
    expect(first).toBeGreaterThan(1);
    for (const observe of [{ train: 'epoch' }, { loss: 'step' }] as const) {
      const stopped = await run({ epochs: 60, evaluated: { lossBelow: bound } }, observe);
      expect(stopped).toMatchObject({ status: 'converged', epochs: first });
    }
    expect(await run({ epochs: 20, evaluated: { lossBelow: 1e-9 } }, {})).toMatchObject({ status: 'finished' });
  });

  test('asks for both where both are given, and an accuracy of 1 is every sample', () => {
    const found = { loss: 0.2, accuracy: 0.9 };
    expect(isTrained({ lossBelow: 0.3 }, found)).toBe(true);
    expect(isTrained({ lossBelow: 0.2 }, found)).toBe(false);
    expect(isTrained({ accuracy: 0.9 }, found)).toBe(true);
    expect(isTrained({ accuracy: 1 }, found)).toBe(false);
    expect(isTrained({ lossBelow: 0.3, accuracy: 0.95 }, found)).toBe(false);
    expect(isTrained({ accuracy: 0.5 }, { loss: 0.2 })).toBe(false);
  });
});
