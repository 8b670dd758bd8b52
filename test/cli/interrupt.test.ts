import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/platform/node/store.js';
import { type Ended, startDescent } from '../support/descent.js';
import { temporaryFolder } from '../support/store.js';

/** Starts a run, interrupts it when stdout shows the text, and gives how it ended and how long after the signal. */
async function interrupted(args: readonly string[], text: string): Promise<Ended & { readonly msAfter: number }> {
  const started = startDescent([
    'run',
    'function-fit-sinc',
    '--protocol',
    'as-coded',
    '--preset',
    'smoke',
    '--workers',
    '2',
    '--json',
    ...args,
  ]);
  await started.printed(text);
  const start = performance.now();
  started.process.kill('SIGINT');
  return { ...(await started.ended), msAfter: performance.now() - start };
}

const lastLine = ({ stdout }: Ended): Record<string, unknown> => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

test('Ctrl-C between trials ends a run of many within 2 s and keeps exactly the finished ones', async () => {
  const store = temporaryFolder();
  const ended = await interrupted(['--store', store, '--seeds', '1..2000'], '"event":"trial"');
  expect(ended.msAfter).toBeLessThan(2000);
  expect(ended.code).toBe(130);
  expect(ended.stderr).toBe('descent: stopping; finished trials are kept (once more to leave at once)\n');
  const { done, interrupted: left, failed } = lastLine(ended);
  expect({ left: Number(left) > 0, failed, total: Number(done) + Number(left) }).toEqual({
    left: true,
    failed: 0,
    // Three trials and three measurements a seed.
    total: 12_000,
  });
  const kept = [openStore(store).list(), openStore(store).listMeasurements()] as const;
  expect(kept[0].length).toBeGreaterThan(0);
  expect(kept.flat()).toHaveLength(Number(done));
  expect(readdirSync(join(store, 'trials')).sort()).toEqual(kept[0]);
});

test('Ctrl-C within a trial that would take hours ends it within 2 s and leaves nothing of it', async () => {
  const store = temporaryFolder();
  const ended = await interrupted(['--store', store, '--set', 'stop={"epochs":1000000000}'], '"event":"progress"');
  expect(ended.msAfter).toBeLessThan(2000);
  expect(ended.code).toBe(130);
  expect(lastLine(ended)).toMatchObject({ done: 0, interrupted: 6 });
  expect(readdirSync(join(store, 'trials'))).toEqual([]);
});
