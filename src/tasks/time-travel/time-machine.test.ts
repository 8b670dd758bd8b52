import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeMnist } from '../../../test/support/fake-mnist.js';
import { isLong } from '../../../test/support/length.js';
import { stateDigest } from '../../engine/index.js';
import type { MetricRow } from '../../engine/training/observations/index.js';
import { runTrial } from '../run-trial.js';
import type { TrialSpec } from '../trial-spec.js';
import { openTrial } from './open-trial.js';
import { createTimeMachine } from './time-machine.js';

const curve: TrialSpec = {
  data: { kind: 'function', name: 'sinc', points: 31 },
  model: { kind: 'mlp', widths: [1, 5, 4, 1], activation: 'tanh' },
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.01, weightDecay: 1e-4 },
  batchSize: 8,
  stop: { epochs: 12 },
  seed: 3,
  observe: { loss: 'step', gradNorm: 'epoch', train: 'epoch', snapshots: { every: 3, parameters: 'all' } },
};
const images: TrialSpec = {
  data: { kind: 'mnist', trainSize: 30, testSize: 10 },
  model: {
    kind: 'layers',
    input: [784],
    layers: [
      { kind: 'linear', features: 8 },
      { kind: 'dropout', rate: 0.5 },
      { kind: 'linear', features: 10 },
    ],
  },
  loss: 'crossEntropy',
  optimizer: { kind: 'sgd', learningRate: 0.05, momentum: 0.9 },
  batchSize: 7,
  stop: { epochs: 8 },
  seed: 4,
  observe: { loss: 'epoch', accuracy: 'epoch', test: 'end' },
};
const host = { loadMnist: async () => fakeMnist() };

/** A run without a pause: its rows, its outcome, and the digest after every step. */
async function straight(spec: TrialSpec) {
  const rows: MetricRow[] = [];
  const outcome = await runTrial(spec, { ...host, onRow: (row) => rows.push(row) });
  const trial = await openTrial(spec, host);
  const digests = [trial.digest()];
  while (!trial.end()) {
    trial.run({ untilStep: digests.length });
    digests.push(trial.digest());
  }
  return { rows, outcome, digests };
}

test.each([
  ['a curve', curve],
  ['images with dropout', images],
])(
  '%s: wherever it is moved, each step is that of a straight run; rows come once; the end is the same',
  async (_, spec) => {
    const { rows, outcome, digests } = await straight(spec);
    const moves = fc.array(fc.nat(digests.length + 3), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(moves, fc.integer({ min: 1, max: 9 }), async (steps, every) => {
        const seen: MetricRow[] = [];
        const machine = await createTimeMachine(spec, { ...host, onRow: (row) => seen.push(row) }, { every });
        for (const step of steps) {
          const furthest = machine.furthest();
          const missing = machine.seek(step);
          expect(missing).toBe(step - machine.trial.progress().step);
          if (step <= furthest) expect(missing).toBeLessThan(every);
          machine.run({ untilStep: step });
          expect(machine.trial.digest()).toBe(digests[Math.min(step, digests.length - 1)]);
        }
        machine.run();
        expect(machine.trial.outcome()).toEqual(outcome);
        expect(seen).toEqual(rows);
      }),
      { numRuns: isLong ? 100 : 6, seed: 5 },
    );
  },
);

test('slices by the clock end with the same hash', async () => {
  const { outcome } = await straight(curve);
  const machine = await createTimeMachine(curve, host, { every: 5 });
  let slices = 0;
  while (!machine.run({ forMs: 0.2 })) slices++;
  expect(slices).toBeGreaterThan(1);
  expect(machine.trial.outcome().summary).toEqual(outcome.summary);
});

test('where keyframes take too much room every other one is dropped, the first never', async () => {
  const machine = await createTimeMachine(curve, host, { every: 2, mostBytes: 100_000 });
  machine.run();
  expect(machine.bytes()).toBeLessThanOrEqual(100_000);
  expect(machine.keyframes()).toEqual([0, 8, 16, 24, 32, 40, 48]);
  expect(machine.seek(31)).toBe(7);
});

test('keyframes of 784-500-10 with Adam are 250 steps apart through its first 13,000', async () => {
  const spec: TrialSpec = {
    ...images,
    model: { kind: 'mlp', widths: [784, 500, 10], activation: 'relu' },
    optimizer: { kind: 'adam', learningRate: 0.001 },
  };
  const machine = await createTimeMachine(spec, host);
  expect(machine.keyframes()).toEqual([0]);
  expect(Math.floor(2 ** 28 / machine.bytes()) * 250).toBeGreaterThan(13_000);
});

test('a branch of the same spec equals its parent at every keyframe, and emits only what is new', async () => {
  const { rows, outcome, digests } = await straight(curve);
  const parent = await createTimeMachine(curve, host, { every: 5 });
  parent.run({ untilStep: 17 });
  const seen: MetricRow[] = [];
  const branch = await parent.branch(curve, { ...host, onRow: (row) => seen.push(row) });
  expect(branch.keyframes()).toEqual([0, 5, 10, 15]);
  for (const step of branch.keyframes()) {
    branch.seek(step);
    expect(branch.trial.digest()).toBe(digests[step]);
  }
  branch.run();
  expect(branch.trial.outcome()).toEqual(outcome);
  expect(seen).toEqual(rows.slice(16));
  parent.run();
  expect(parent.trial.outcome()).toEqual(outcome);
});

test('a branch with an edit is the trial of that spec, equal up to the step; so is one with more epochs', async () => {
  const edits = [{ atStep: 18, path: 'optimizer.learningRate', value: 0.005 }];
  const edited: TrialSpec = { ...curve, edits, stop: { epochs: 14 } };
  const [parent, child] = [await straight(curve), await straight(edited)];
  expect(child.digests.slice(0, 18)).toEqual(parent.digests.slice(0, 18));
  expect(child.digests[18]).not.toBe(parent.digests[18]);
  const machine = await createTimeMachine(curve, host, { every: 5 });
  machine.run({ untilStep: 40 });
  machine.seek(17);
  machine.run({ untilStep: 17 });
  const branch = await machine.branch(edited, host);
  branch.run();
  expect(branch.trial.outcome()).toEqual(child.outcome);
  for (const step of [3, 17, 18, 41]) {
    branch.seek(step);
    branch.run({ untilStep: step });
    expect(branch.trial.digest()).toBe(child.digests[step]);
  }
  const again = await branch.branch({ ...edited, edits: [...edits, { ...edits[0]!, atStep: 50 }] }, host);
  again.run({ untilStep: 49 });
  expect(again.trial.digest()).toBe(child.digests[49]);
});

test('what differs before the branch is refused by its name', async () => {
  const machine = await createTimeMachine(curve, host);
  machine.run({ untilStep: 10 });
  const early = [{ atStep: 10, path: 'optimizer.learningRate', value: 0.005 }];
  const refusals: readonly [TrialSpec, string][] = [
    [{ ...curve, seed: 4 }, 'got one that differs in seed'],
    [{ ...curve, edits: early }, 'expected a spec that differs in edits after step 10 or in stop.epochs'],
    [{ ...curve, observe: { loss: 'step' } }, 'got one that differs in observe'],
    [{ ...curve, stop: { epochs: 2 } }, "it is another run's"],
  ];
  for (const [spec, problem] of refusals) await expect(machine.branch(spec, host)).rejects.toThrow(problem);
  machine.run();
  await expect(machine.branch({ ...curve, stop: { epochs: 20 } }, host)).rejects.toThrow('got one that has at 48');
});

test('a moment of another trial is refused, and nothing has moved', async () => {
  const { outcome } = await straight(curve);
  const trial = await openTrial(curve, host);
  trial.run({ untilStep: 9 });
  const before = trial.state();
  const others: readonly TrialSpec[] = [
    images,
    { ...curve, batchSize: 5 },
    { ...curve, optimizer: { kind: 'sgd', learningRate: 0.1 } },
    { ...curve, model: { kind: 'mlp', widths: [1, 6, 4, 1], activation: 'tanh' } },
  ];
  for (const spec of others) {
    const other = await openTrial(spec, host);
    other.run({ untilStep: 14 });
    expect(() => trial.restore(other.keyframe())).toThrow(RangeError);
    expect(trial.state()).toEqual(before);
  }
  trial.run();
  expect(trial.outcome()).toEqual(outcome);
});

test('a checkpoint is plain data, and resumes with the rows by then', async () => {
  const { outcome } = await straight(curve);
  const rows: MetricRow[] = [];
  const trial = await openTrial(curve, { ...host, onRow: (row) => rows.push(row) });
  trial.run({ untilStep: 18 });
  const from = structuredClone({ checkpoint: trial.checkpoint(), rows });
  expect(await runTrial(curve, host, from)).toEqual(outcome);
});

test('the digest of a state is of its weights and moments', async () => {
  const trial = await openTrial(curve, host);
  trial.run({ untilStep: 3 });
  const { parameters, optimizer, ...rest } = trial.state();
  const moved = parameters.with(0, parameters[0]! + 1) as Float32Array<ArrayBuffer>;
  const moments = [optimizer.moments[1]!, optimizer.moments[0]!];
  expect(stateDigest({ ...rest, parameters: moved, optimizer })).not.toBe(trial.digest());
  expect(stateDigest({ ...rest, parameters, optimizer: { ...optimizer, moments } })).not.toBe(trial.digest());
  expect(stateDigest({ ...rest, losses: [1, 2, 3], parameters, optimizer })).toBe(trial.digest());
  expect(stateDigest(trial.state())).toBe('5d2be712f9b6e88fa857b0eaa00a3f37e1ae375330260b7c13bdf1100a031e8d');
});
