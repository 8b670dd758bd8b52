import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, tinySpec } from '../../../../../test/support/store.js';
import { parseJobData } from '../../../../fleet/job.js';
import { taskOf } from '../../../../lab/task.js';
import type { TrialSpec } from '../../../../tasks/trial-spec.js';
import { openBlobs } from '../blobs/open-blobs.js';
import { createSigner } from '../signatures.js';
import type { Slot } from './slot.js';
import { type JobEnd, openWorkshop } from './workshop.js';

const ofImages: TrialSpec = {
  ...tinySpec,
  data: { kind: 'mnist', trainSize: 10, testSize: 10 },
  model: { kind: 'mlp', widths: [784, 3, 10], activation: 'relu' },
  loss: 'crossEntropy',
};

/** Does a job in a slot whose tasks all end so. */
async function doJob(run: Slot['run'], spec: TrialSpec = tinySpec): Promise<JobEnd> {
  const scratch = temporaryFolder();
  const workshop = openWorkshop({
    ...{ signer: createSigner('a'), slots: 1, scratch, dataDir: join(scratch, 'nowhere') },
    ...{ checkpointEveryMs: 1000, sendEveryMs: 1000 },
    onNote: () => {},
    isEnding: () => true,
  });
  const slot: Slot = { run, check: async () => {}, stop: () => {}, end: () => {} };
  const task = taskOf(spec);
  return workshop.run(slot, {
    name: { kind: 'run', task: task.id, round: 1 },
    task,
    data: parseJobData({ spec, needs: [], blobs: '' }),
    blobs: await openBlobs(join(scratch, 'blobs')),
    onProgress: () => {},
    onSent: () => {},
  });
}

const failing =
  (reason: string): Slot['run'] =>
  async ({ id }) => ({ id, state: 'failed', reason });

test('a full disk, and images that are not there, are no failure of the task', async () => {
  const reason = 'ENOSPC: no space left on device, write';
  expect(await doJob(failing(reason))).toMatchObject({ state: 'unable', reason });
  expect(await doJob(() => Promise.reject(new Error(reason)))).toMatchObject({ state: 'unable', reason });
  expect(await doJob(failing('not reached'), ofImages)).toMatchObject({
    state: 'unable',
    reason: expect.stringMatching(/^--data .*nowhere: expected a directory with the four MNIST files/),
  });
});

test('what a task itself throws is its failure', async () => {
  expect(await doJob(failing('its weights'))).toMatchObject({ state: 'failed', reason: 'its weights' });
});
