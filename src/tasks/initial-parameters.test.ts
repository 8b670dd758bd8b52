import { expect, test } from 'vitest';
import type { FinishedTrial } from './finished-trial.js';
import { nudged } from './initial-parameters.js';
import { runTrial } from './run-trial.js';
import type { InitSpec, TrialSpec } from './trial-spec.js';

const spec: TrialSpec = {
  data: { kind: 'function', name: 'sinc', points: 20 },
  model: { kind: 'mlp', widths: [1, 8, 1], activation: 'tanh' },
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.01 },
  batchSize: 5,
  stop: { epochs: 3 },
  seed: 1,
};
const ids: readonly [string, string] = ['a'.repeat(64), 'b'.repeat(64)];
const noMnist = (): never => {
  throw new Error('MNIST was loaded though no trial needs it');
};
const finished = async (id: string, seed: number): Promise<FinishedTrial> => {
  const { parameters } = await runTrial({ ...spec, seed }, { loadMnist: noMnist });
  return { id, spec, parameters };
};

async function startedFrom(init: InitSpec, change: Partial<TrialSpec> = {}) {
  const ends = new Map([[ids[0], await finished(ids[0], 1)] as const, [ids[1], await finished(ids[1], 2)] as const]);
  const outcome = await runTrial(
    { ...spec, init, observe: { snapshots: { every: 3, parameters: 'all', initial: true } }, ...change },
    { loadMnist: noMnist, loadTrial: async (id) => ends.get(id)! },
  );
  const start = outcome.snapshots!.values.slice(0, outcome.snapshots!.width);
  return { start, outcome, ends };
}

test('a nudged value is at most one unit in the last place away, a third of them each way; 0 and the sign stay', () => {
  const values = Float32Array.from({ length: 30_000 }, (_, i) => (i % 3 === 0 ? 0.1 : -7.25));
  values[0] = 0;
  values[1] = -0;
  const bitsOf = (array: Float32Array) => new Int32Array(array.slice().buffer);
  const before = bitsOf(values);
  const after = bitsOf(nudged(values.slice(), 1));
  const moves = Array.from(before, (bits, i) => after[i]! - bits);
  expect(moves.slice(0, 2)).toEqual([0, 0]);
  const share = (move: number): number => moves.filter((each) => each === move).length / moves.length;
  for (const move of [-1, 0, 1]) expect(Math.abs(share(move) - 1 / 3)).toBeLessThan(0.01);
  expect(share(-1) + share(0) + share(1)).toBe(1);
  expect(nudged(values.slice(), 2)).not.toEqual(nudged(values.slice(), 1));
});

test('a twin starts beside its trial and sees the same batches; twins of different number differ', async () => {
  const plain = await startedFrom({ kind: 'pytorch', skip: 0 });
  const twins = [
    await startedFrom({ kind: 'nudged', skip: 0, twin: 1 }),
    await startedFrom({ kind: 'nudged', skip: 0, twin: 2 }),
  ];
  for (const { start, outcome } of twins) {
    start.forEach((value, i) => {
      expect(Math.abs(value / plain.start[i]! - 1)).toBeLessThan(2e-7);
    });
    // Other batches would move the loss by far more than rounding does in 12 steps.
    expect(Math.abs(outcome.summary.finalLoss! / plain.outcome.summary.finalLoss! - 1)).toBeLessThan(1e-4);
  }
  const hashes = [plain, ...twins].map(({ outcome }) => outcome.summary.hash);
  expect(new Set(hashes).size).toBe(3);
});

test('an interpolated trial starts at (1 - alpha) a + alpha b, at the ends bit for bit', async () => {
  for (const alpha of [0, 1]) {
    const { start, ends } = await startedFrom({ kind: 'interpolated', from: ids, alpha });
    expect(start).toEqual(ends.get(ids[alpha]!)!.parameters);
  }
  const { start, ends } = await startedFrom({ kind: 'interpolated', from: ids, alpha: -0.4 });
  const [a, b] = ids.map((id) => ends.get(id)!.parameters) as [Float32Array, Float32Array];
  expect([...start]).toEqual(Array.from(a, (value, i) => Math.fround(1.4 * value + -0.4 * b[i]!)));
});

test('trials of another network, or no store to find them in, are a clear error', async () => {
  const init: InitSpec = { kind: 'interpolated', from: ids, alpha: 0.5 };
  const model = { kind: 'mlp', widths: [1, 9, 1], activation: 'tanh' } as const;
  await expect(startedFrom(init, { model })).rejects.toThrow(
    'init.from: expected trials of this network with 28 parameters, got 25 in aaaaaaaaaaaa',
  );
  await expect(runTrial({ ...spec, init }, { loadMnist: noMnist })).rejects.toThrow('expected a store');
});
