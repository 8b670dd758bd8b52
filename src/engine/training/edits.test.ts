import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { runs } from '../../../test/support/length.js';
import { Mt19937 } from '../../base/mt19937.js';
import { initializeParameters, loaderOrder } from '../../base/torch-random.js';
import { functionDataset } from '../../data/index.js';
import { createNetwork, createTrainer, type MetricRow, mlp, type TrainerOptions, train } from '../index.js';
import type { OptimizerSpec } from '../optimizers/index.js';
import { product } from '../shapes.js';
import { type EditSpec, movedByUnits, readEdits } from './edits.js';

const data = functionDataset('sinc', { points: 17 });
const options: TrainerOptions = {
  network: mlp([1, 6, 4, 1], 'tanh'),
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.01 },
  batchSize: 5,
  stop: { epochs: 6 },
  seed: 1,
  data,
  observe: { loss: 'step', gradNorm: 'epoch' },
};

async function straight(more: Partial<TrainerOptions>) {
  const rows: MetricRow[] = [];
  const result = await train({ ...options, ...more, onRow: (row) => rows.push(row) });
  return { result, rows };
}

describe('an edit of the optimizer', () => {
  const cases: readonly [string, OptimizerSpec, OptimizerSpec][] = [
    ['learningRate', { kind: 'adam', learningRate: 0.01 }, { kind: 'adam', learningRate: 0.003 }],
    ['weightDecay', { kind: 'adamW', learningRate: 0.01 }, { kind: 'adamW', learningRate: 0.01, weightDecay: 0.5 }],
    ['momentum', { kind: 'sgd', learningRate: 0.01 }, { kind: 'sgd', learningRate: 0.01, momentum: 0.9 }],
    [
      'momentum',
      { kind: 'rmsprop', learningRate: 0.01, momentum: 0.9, centered: true },
      { kind: 'rmsprop', learningRate: 0.01, momentum: 0.4, centered: true },
    ],
  ];
  it.each(cases)(
    '%s: the step before is the old one, the step after a run with other settings',
    async (name, before, after) => {
      const value = (after as unknown as Readonly<Record<string, number>>)[name]!;
      const edits = [{ atStep: 8, path: `optimizer.${name}`, value }];
      const first = await createTrainer({ ...options, optimizer: before });
      first.run({ untilStep: 7 });
      const second = await createTrainer({ ...options, optimizer: after, from: first.state() });
      const edited = await createTrainer({ ...options, optimizer: before, edits });
      edited.run({ untilStep: 7 });
      expect(edited.state()).toEqual(first.state());
      edited.run();
      second.run();
      first.run();
      expect(edited.finish()).toEqual(second.finish());
      expect(edited.finish().parameters).not.toEqual(first.finish().parameters);
    },
  );
});

test('an edit of the batch size amid an epoch cuts the rest of its order; the next epochs are drawn on', async () => {
  const edits: EditSpec[] = [
    { atStep: 3, path: 'batchSize', value: 3 },
    { atStep: 8, path: 'batchSize', value: 'full' },
    { atStep: 10, path: 'batchSize', value: 9 },
  ];
  const { result, rows } = await straight({ edits, stop: { epochs: 5 } });
  const network = await createNetwork(options.network, { ...options, inputs: 'floats' });
  const rng = new Mt19937(1);
  const tensors = network.parameterShapes.map(({ shape, fanIn }) => ({ size: product(shape), fanIn }));
  network.setParameters(initializeParameters(rng, tensors));
  const batches = [
    [
      [0, 5],
      [5, 5],
      [10, 3],
      [13, 3],
      [16, 1],
    ],
    [
      [0, 3],
      [3, 3],
      [6, 11],
    ],
    [[0, 17]],
    [
      [0, 9],
      [9, 8],
    ],
    [
      [0, 9],
      [9, 8],
    ],
  ] as const;
  batches.forEach((epoch, i) => {
    const order = i === 2 ? null : loaderOrder(rng, 17);
    for (const [start, count] of epoch) network.step({ data, order, start, count });
  });
  expect(result.parameters).toEqual(network.parameters());
  expect(rows.map(({ epoch }) => epoch)).toEqual(batches.flatMap((epoch, i) => epoch.map(() => i + 1)));
  expect(rows.filter(({ gradNorm }) => gradNorm !== undefined).map(({ step }) => step)).toEqual([5, 8, 9, 11, 13]);
});

test('an edit of a parameter moves it by units in the last place before the step', async () => {
  const trainer = await createTrainer(options);
  trainer.run({ untilStep: 4 });
  const state = trainer.state();
  const parameters = state.parameters.slice();
  parameters[7] = movedByUnits(parameters[7]!, -3);
  trainer.restore({ ...state, parameters });
  trainer.run();
  const { result } = await straight({ edits: [{ atStep: 5, path: 'parameters[7]', value: -3 }] });
  expect(result).toEqual(trainer.finish());
});

const changes: fc.Arbitrary<Omit<EditSpec, 'atStep'>> = fc.oneof(
  fc.record({ path: fc.constant('optimizer.learningRate'), value: fc.constantFrom(0.1, 0.001) }),
  fc.record({ path: fc.constant('optimizer.weightDecay'), value: fc.constantFrom(0, 0.1) }),
  fc.record({ path: fc.constant('batchSize'), value: fc.constantFrom<number | 'full'>(1, 4, 7, 'full') }),
  fc.record({ path: fc.nat(30).map((i) => `parameters[${i}]`), value: fc.constantFrom(1, -1, 1000) }),
);
const editLists = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 6 }), changes), { selector: ([step, { path }]) => `${step} ${path}` })
  .map((all) =>
    all
      .map(([atStep, change]) => ({ atStep, ...change }))
      .sort((a, b) => a.atStep - b.atStep || (a.path < b.path ? -1 : 1)),
  );

test('however an edited run is cut and moved, also to the steps of its edits, each is made once', async () => {
  const starts = fc.constantFrom<number | 'full'>(5, 'full');
  await fc.assert(
    fc.asyncProperty(editLists, starts, fc.array(fc.nat(9), { maxLength: 6 }), async (edits, batchSize, moves) => {
      const { result } = await straight({ edits, batchSize });
      const trainer = await createTrainer({ ...options, edits, batchSize });
      const states = new Map([[0, trainer.state()]]);
      for (const step of moves) {
        const from = Math.max(...[...states.keys()].filter((kept) => kept <= step));
        trainer.restore(structuredClone(states.get(from)!));
        trainer.run({ untilStep: step });
        states.set(trainer.progress().step, trainer.state());
      }
      const resumed = await train({ ...options, edits, batchSize, from: trainer.state() });
      trainer.run();
      expect([trainer.finish(), resumed]).toEqual([result, result]);
    }),
    { numRuns: runs(60, 500), seed: 3 },
  );
});

test('no edits, and an edit to what is there already, change nothing', async () => {
  const { result, rows } = await straight({});
  expect(await straight({ edits: [] })).toEqual({ result, rows });
  const same = { atStep: 9, path: 'optimizer.learningRate', value: 0.01 };
  expect(await straight({ edits: [same] })).toEqual({ result, rows });
});

describe('what is no edit', () => {
  const run = {
    samples: 17,
    epochs: 6,
    batchSize: 5,
    optimizer: { kind: 'rmsprop', learningRate: 1 } as OptimizerSpec,
    parameters: 45,
  };
  const sgd = { ...run, optimizer: { kind: 'adam', learningRate: 1 } as OptimizerSpec };
  const rate = { path: 'optimizer.learningRate', value: 0.1 };
  const cases: readonly [EditSpec[], string, typeof run][] = [
    [
      [{ atStep: 1, path: 'optimizer.momentum', value: 0.5 }],
      'edits[0].path: expected optimizer.learningRate, optimizer.weightDecay, batchSize or parameters[i], got "opt',
      sgd,
    ],
    [[{ atStep: 1, path: 'seed', value: 1 }], 'or parameters[i], got "seed"', run],
    [[{ atStep: 1, path: 'parameters[01]', value: 1 }], 'got "parameters[01]"', run],
    [
      [{ atStep: 1, path: 'parameters[45]', value: 1 }],
      'edits[0].path: expected parameters[0] to parameters[44], got 45',
      run,
    ],
    [
      [{ atStep: 1, path: 'parameters[44]', value: 0 }],
      'edits[0].value: expected a whole number of units in the last place, not 0',
      run,
    ],
    [[{ atStep: 1, path: 'parameters[44]', value: 0.5 }], 'and at most 2^31 in size, got 0.5', run],
    [[{ atStep: 1, path: 'parameters[44]', value: 'full' }], 'got full', run],
    [[{ ...rate, atStep: 0 }], 'edits[0].atStep: expected a step from 1 to 24, got 0', run],
    [
      [
        { ...rate, atStep: 24 },
        { ...rate, atStep: 25 },
      ],
      'edits[1].atStep: expected a step from 1 to 24, got 25',
      run,
    ],
    [
      [
        { atStep: 5, path: 'batchSize', value: 'full' },
        { ...rate, atStep: 10 },
      ],
      'expected a step from 1 to 9, got 10',
      run,
    ],
    [[{ ...rate, atStep: 1, value: Number.NaN }], 'edits[0].value: expected a number above 0', run],
    [[{ ...rate, atStep: 1, value: Number.POSITIVE_INFINITY }], 'expected a number above 0', run],
    [[{ ...rate, atStep: 1, value: 0 }], 'expected a number above 0, got 0', run],
    [[{ ...rate, atStep: 1, value: 'full' }], 'expected a number above 0, got "full"', run],
    [
      [{ atStep: 1, path: 'batchSize', value: 1.5 }],
      'edits[0].value: expected a whole number of at least 1 or "full", got 1.5',
      run,
    ],
    [
      [
        { ...rate, atStep: 3 },
        { ...rate, atStep: 2 },
      ],
      'edits[1].atStep: expected edits in the order of their steps',
      run,
    ],
    [
      [
        { ...rate, atStep: 3 },
        { ...rate, atStep: 3 },
      ],
      'got optimizer.learningRate at step 3 after optimizer.learningRate at step 3',
      run,
    ],
    [
      [
        { ...rate, atStep: 3 },
        { atStep: 3, path: 'batchSize', value: 2 },
      ],
      'at one step in the order of their paths',
      run,
    ],
    [
      [{ atStep: 1, path: 'optimizer.momentum', value: 0.9 }],
      'expected 0, as rmsprop that starts with momentum 0 keeps no memory for it, got 0.9',
      run,
    ],
  ];
  it.each(cases)('%j: %s', (edits, problem, of) => {
    expect(() => readEdits(edits, of)).toThrow(problem);
  });
});

test('units in the last place count through 0, and end at infinity', () => {
  const least = 2 ** -149;
  expect([0, 1, 2, -1, -2].map((units) => movedByUnits(least, units))).toEqual([
    least,
    2 * least,
    3 * least,
    0,
    -least,
  ]);
  expect(movedByUnits(1, 1)).toBe(1 + 2 ** -23);
  expect(movedByUnits(1, -1)).toBe(1 - 2 ** -24);
  expect(movedByUnits(-1, 1)).toBe(-(1 - 2 ** -24));
  expect(movedByUnits(-1, -2)).toBe(-(1 + 2 ** -22));
  expect(movedByUnits(1, 2 ** 31)).toBe(Number.POSITIVE_INFINITY);
  expect(movedByUnits(-1, -(2 ** 31))).toBe(Number.NEGATIVE_INFINITY);
  expect(movedByUnits(Number.NaN, 5)).toBeNaN();
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -9, max: 9 }), (value, units) => {
      const moved = movedByUnits(value, units);
      if (Number.isFinite(moved)) expect(movedByUnits(moved, -units)).toBe(value === 0 ? 0 : value);
    }),
  );
});
