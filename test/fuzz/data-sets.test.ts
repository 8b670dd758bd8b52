import { expect, test } from 'vitest';
import type { Dataset } from '../../src/base/dataset.js';
import { UserError } from '../../src/base/errors.js';
import { mlp } from '../../src/engine/network-spec.js';
import { evaluate, train } from '../../src/engine/training/train.js';

const good: Dataset = {
  name: 'own',
  size: 3,
  inputShape: [2],
  inputs: new Float32Array(6),
  targets: Uint8Array.of(0, 1, 1),
};

/** What the engine says to data of a user's own, for a network of two inputs and two outputs. */
async function complaint(change: Partial<Dataset>, loss: 'mse' | 'crossEntropy' = 'crossEntropy'): Promise<string> {
  const data = { ...good, ...change };
  const network = mlp([2, 3, 2], 'tanh');
  const optimizer = { kind: 'sgd', learningRate: 0.1 } as const;
  const messageOf = (error: unknown): string => {
    expect(error).toBeInstanceOf(UserError);
    return (error as Error).message;
  };
  const trained = train({ network, loss, optimizer, batchSize: 2, stop: { epochs: 1 }, seed: 1, data });
  const message = await trained.then(() => 'none', messageOf);
  expect(await evaluate(network, new Float32Array(17), loss, data).then(() => 'none', messageOf)).toBe(message);
  return message;
}

test('data that a kernel would read past, or labels that the network has no output for, are refused by training and evaluation', async () => {
  expect(await complaint({})).toBe('none');
  expect(await complaint({ targets: new Float32Array(6) }, 'mse')).toBe('none');
  expect(await complaint({ targets: Uint8Array.of(0, 1, 2) })).toBe(
    'own.targets[2]: expected a label from 0 to 1, as the network has 2 outputs, got 2',
  );
  expect(await complaint({ targets: Float32Array.of(0, 0.5, 1) })).toContain('own.targets[1]: expected a label');
  expect(await complaint({ targets: Uint8Array.of(0, 1) })).toBe(
    'own.targets: expected a label for each of 3 samples, got 2',
  );
  expect(await complaint({ targets: new Float32Array(3) }, 'mse')).toBe(
    'own.targets: expected 2 numbers for each of 3 samples, got 3',
  );
  expect(await complaint({ inputs: new Float32Array(5) })).toBe(
    'own.inputs: expected 3 samples of 2 numbers, got 5 numbers',
  );
  expect(await complaint({ inputShape: [3] })).toContain('expected samples of shape [2]');
});
