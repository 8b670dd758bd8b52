import { expect, onTestFinished } from 'vitest';
import { openStore } from '../../src/platform/node/store/store.js';
import { type Started, startDescent } from './descent.js';

/** Starts an agent; it is killed after the test if it still runs. */
export function startAgent(url: string, ...args: readonly string[]): Started {
  const agent = startDescent(['work', url, '--workers', '1', ...args]);
  onTestFinished(() => void agent.process.kill('SIGKILL'));
  return agent;
}

/** Every result of a store: ids and hashes. */
export function hashesOf(path: string): readonly (readonly [string, string])[] {
  const store = openStore(path);
  return [...store.list(), ...store.listMeasurements()].map((id) => [id, store.readSummary(id).hash]);
}

/** The last line of a run with --json. */
export interface RunEnd {
  readonly done: number;
  readonly failed: number;
  readonly interrupted: number;
  readonly durationMs: number;
  readonly fleet: {
    readonly lost: number;
    readonly resumed: number;
    readonly withdrawn: number;
    readonly audited: number;
    readonly unaudited: number;
  };
}

/** What a run with --json came to. */
export async function endOf({ ended }: Started): Promise<RunEnd> {
  const { code, stdout, stderr } = await ended;
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}
