import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/platform/node/store/store.js';
import { type Ended, startDescent } from '../support/descent.js';
import { expectBelow } from '../support/patience.js';
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

test('Ctrl-C between trials ends a run of many within 2 s and keeps exactly the finished ones', () =>
  expectBelow(2000, async () => {
    const store = temporaryFolder();
    const ended = await interrupted(['--store', store, '--seeds', '1..2000'], '"event":"trial"');
    expect(ended.code).toBe(130);
    expect(ended.stderr).toBe('descent: stopping, and keeping where each trial stands (once more to leave at once)\n');
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
    expect(
      readdirSync(join(store, 'trials'))
        .filter((name) => !name.startsWith('.partial-'))
        .sort(),
    ).toEqual(kept[0]);
    return ended.msAfter;
  }));

test('Ctrl-C within a trial that would take hours ends it within 2 s and keeps where it stands, from where the same command goes on', () =>
  expectBelow(2000, async () => {
    const store = temporaryFolder();
    const endless = ['--store', store, '--set', 'stop={"epochs":1000000000}'];
    /** Of each trial, the first or the last step that was told. */
    const stepsOf = ({ stdout }: Ended, which: 'first' | 'last'): ReadonlyMap<unknown, number> => {
      const told = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ event }) => event === 'progress')
        .map(({ id, step }) => [id, Number(step)] as const);
      return new Map(which === 'last' ? told : told.toReversed());
    };
    const first = await interrupted(endless, '"event":"progress"');
    expect(first.code).toBe(130);
    expect(lastLine(first)).toMatchObject({ done: 0, interrupted: 6 });
    const left = readdirSync(join(store, 'trials'));
    expect(left).toHaveLength(2);
    for (const name of left) {
      expect(name).toMatch(/^\.partial-/);
      expect(readdirSync(join(store, 'trials', name)).filter((file) => file.startsWith('checkpoint-'))).toHaveLength(1);
    }
    const second = await interrupted(endless, '"event":"progress"');
    const before = stepsOf(first, 'last');
    for (const [id, step] of stepsOf(second, 'first')) expect(step).toBeGreaterThanOrEqual(before.get(id) ?? 0);
    return first.msAfter;
  }));
