import { expect, test } from 'vitest';
import { functionDataset } from '../../data/index.js';
import { createNetwork, type MetricRow, mlp, type ObserveSpec, type TrainOptions, train } from '../index.js';
import { observationWork } from './observations/index.js';

const data = functionDataset('sinc', { points: 50 });
const options: TrainOptions = {
  network: mlp([1, 6, 4, 1], 'tanh'),
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.01 },
  batchSize: 20,
  stop: { epochs: 4 },
  seed: 1,
  data,
};

async function observed(observe: ObserveSpec, more: Partial<TrainOptions> = {}) {
  const rows: MetricRow[] = [];
  const snapshots: { epoch: number; values: number[] }[] = [];
  const result = await train({
    ...options,
    observe,
    onRow: (row) => rows.push(row),
    onSnapshot: (epoch, values) => snapshots.push({ epoch, values: [...values] }),
    ...more,
  });
  return { rows, snapshots, parameters: [...result.parameters] };
}

test('tensorGradNorm is the mean over steps of the mean norm of a tensor, within 1e-6', async () => {
  const { rows } = await observed({ tensorGradNorm: 'epoch' }, { batchSize: 'full', stop: { epochs: 1 } });
  const { snapshots } = await observed({ snapshots: { every: 1, parameters: 'all', initial: true } });
  const network = await createNetwork(options.network, { loss: 'mse', inputs: 'floats' });
  network.setParameters(Float32Array.from(snapshots[0]!.values));
  network.gradient({ data, order: null, start: 0, count: data.size });
  const gradients = network.gradients();
  let at = 0;
  const norms = network.parameterShapes.map(({ shape }) => {
    const size = shape.reduce((product, n) => product * n, 1);
    at += size;
    return Math.sqrt(gradients.subarray(at - size, at).reduce((sum, g) => sum + g * g, 0));
  });
  const mean = norms.reduce((sum, norm) => sum + norm, 0) / norms.length;
  expect(norms).toHaveLength(6);
  expect(Math.abs(rows[0]!.tensorGradNorm! / mean - 1)).toBeLessThan(1e-6);
});

test('layerGradNorm has a column for each layer with parameters; squares add up to that of gradNorm', async () => {
  const { rows, parameters } = await observed({ gradNorm: 'step', layerGradNorm: 'step', loss: 'epoch' });
  expect(rows).toHaveLength(12);
  for (const { epoch, step, loss, gradNorm, ...layers } of rows) {
    expect(Object.keys(layers)).toEqual(['layerGradNorm0', 'layerGradNorm2', 'layerGradNorm4']);
    const squares = (Object.values(layers) as number[]).reduce((sum, norm) => sum + norm * norm, 0);
    expect(Math.abs(Math.sqrt(squares) / gradNorm! - 1)).toBeLessThan(1e-6);
  }
  const byEpoch = await observed({ layerGradNorm: 'epoch' });
  expect(byEpoch.rows).toEqual(
    [3, 6, 9, 12].map((step) => {
      const { gradNorm, loss, ...row } = rows[step - 1]!;
      return row;
    }),
  );
  expect(parameters).toEqual((await observed({})).parameters);
});

test('stepLoss is the loss of a step of each epoch, or of the last where there are fewer', async () => {
  const { rows } = await observed({ loss: 'step' });
  const losses = rows.map(({ loss }) => loss);
  for (const [step, place] of [
    [1, 0],
    [2, 1],
    [3, 2],
    [501, 2],
  ] as const) {
    const { rows: quoted } = await observed({ stepLoss: { step } });
    expect(quoted.map(({ stepLoss }) => stepLoss)).toEqual([0, 3, 6, 9].map((first) => losses[first + place]));
  }
});

test('snapshots come after the epochs asked for, of the tensors asked for, the last one being the result', async () => {
  const all = await observed({ snapshots: { every: 2, parameters: 'all', initial: true } });
  expect(all.snapshots.map(({ epoch }) => epoch)).toEqual([0, 2, 4]);
  expect(all.snapshots[2]!.values).toEqual(all.parameters);
  const weights = await observed({ snapshots: { every: 4, parameters: 'weights' } });
  expect(weights.snapshots.map(({ epoch }) => epoch)).toEqual([4]);
  // 1-6-4-1: weight 0-6, bias 6-12, weight 12-36, bias 36-40, weight 40-44, bias 44.
  const cut = (...ranges: readonly [number, number][]) =>
    ranges.flatMap(([from, to]) => all.parameters.slice(from, to));
  expect(weights.snapshots[0]!.values).toEqual(cut([0, 6], [12, 36], [40, 44]));
  const named = await observed({ snapshots: { every: 4, parameters: ['4.bias', '2.weight'] } });
  expect(named.snapshots[0]!.values).toEqual(cut([12, 36], [44, 45]));
});

test('a tensor that the network has not is an error that names those it has', async () => {
  await expect(observed({ snapshots: { every: 1, parameters: ['1.weight'] } })).rejects.toThrow(
    'observe.snapshots.parameters: expected some of 0.weight, 0.bias, 2.weight, 2.bias, 4.weight, 4.bias, got 1.weight',
  );
});

test('lambdaMax is taken before every so many steps, samples in their order; no bit of the run changes', async () => {
  const before: number[][] = [];
  const { rows, parameters } = await observed(
    { loss: 'step', lambdaMax: { every: 5 } },
    {
      curvatureProbe: (network, batch) => {
        before.push([...network.parameters()]);
        const { product } = network.curvatureProduct(
          batch,
          new Float32Array(network.parameterCount).fill(1),
          'hessian',
        );
        return { lambdaMax: product[0]!, preconditionedLambdaMax: network.preconditioner()?.[0] ?? Number.NaN };
      },
    },
  );
  expect(rows.filter(({ lambdaMax }) => lambdaMax !== undefined).map(({ step }) => step)).toEqual([5, 10]);
  const plain = await observed({ loss: 'step' });
  expect(parameters).toEqual(plain.parameters);
  expect(rows.map(({ loss }) => loss)).toEqual(plain.rows.map(({ loss }) => loss));
  const { snapshots } = await observed({ snapshots: { every: 1, parameters: 'all' } });
  // Step 10 is the first of epoch 4.
  expect(before[1]).toEqual(snapshots[2]!.values);
});

test('a window bounds the steps at which lambdaMax is taken, and the work that is counted for it', async () => {
  const setting = { every: 2, from: 4, until: 9 };
  const { rows } = await observed({ lambdaMax: setting }, { curvatureProbe: () => ({ lambdaMax: 1 }) });
  expect(rows.filter(({ lambdaMax }) => lambdaMax !== undefined).map(({ step }) => step)).toEqual([4, 6, 8]);
  const work = (lambdaMax: typeof setting | { every: number }): number =>
    observationWork({ lambdaMax }, { epochs: 4, steps: 12, train: 10, test: 0 }).gradients;
  expect(work(setting)).toBe((3 / 6) * work({ every: 2 }));
  expect(work({ ...setting, from: 13, until: 20 })).toBe(0);
});

test('the preconditioner is sqrt(v / (1 - beta2^t)) + epsilon to 1e-6: after one step |g| + epsilon', async () => {
  const network = await createNetwork(options.network, {
    loss: 'mse',
    inputs: 'floats',
    optimizer: options.optimizer,
  });
  network.setParameters(Float32Array.from({ length: network.parameterCount }, (_, i) => 0.3 - 0.07 * (i % 9)));
  expect(network.preconditioner()).toBeUndefined();
  network.step({ data, order: null, start: 0, count: data.size });
  const gradients = network.gradients();
  network.preconditioner()!.forEach((value, i) => {
    expect(Math.abs(value / (Math.abs(gradients[i]!) + 1e-8) - 1)).toBeLessThan(1e-6);
  });
});

test('without a probe lambdaMax is an error, not a silence', async () => {
  await expect(observed({ lambdaMax: { every: 1 } })).rejects.toThrow('observe.lambdaMax: expected a curvatureProbe');
});

test('initial parameters of the caller leave the order of the batches as it was', async () => {
  const drawn = await observed({ loss: 'step' });
  const same = await observed({ loss: 'step' }, { initial: (values) => values.slice() });
  expect(same.parameters).toEqual(drawn.parameters);
  const other = await observed({ loss: 'step' }, { initial: (values) => values.map((value) => value + 1) });
  expect(other.rows[0]!.loss).not.toBe(drawn.rows[0]!.loss);
});

test.each([0, -1, 1.5, Number.NaN])('a batch size of %d is refused', async (batchSize) => {
  await expect(train({ ...options, batchSize })).rejects.toThrow('batchSize: expected "full" or a whole number');
});
