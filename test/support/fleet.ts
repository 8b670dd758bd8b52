import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { openStore } from '../../src/platform/node/store/store.js';
import { descentPath, type Started, startDescent } from './descent.js';
import { temporaryFolder } from './store.js';

/** Starts an agent; it is killed after the test if it still runs. */
export const startAgent = (url: string, ...args: readonly string[]): Started => startAgentOf(undefined, url, ...args);

/** The same, of another build of the command. */
export function startAgentOf(main: string | undefined, url: string, ...args: readonly string[]): Started {
  const agent = startDescent(['work', url, '--workers', '1', ...args], main === undefined ? {} : { main });
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

/** A copy of the built command in which something of a file is another: what a broken or forging machine runs. */
export function changedDescent(file: string, change: (text: string) => string): string {
  const root = join(dirname(descentPath), '../..');
  const copy = temporaryFolder();
  cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true });
  for (const name of ['package.json', 'node_modules']) symlinkSync(join(root, name), join(copy, name));
  const path = join(copy, 'dist', file);
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`${file}: expected something to change, got nothing`);
  writeFileSync(path, changed);
  return join(copy, 'dist/cli/main.js');
}

/** The program of a worker thread, in one file. */
export const workerProgram = 'platform/node/workers/task-worker.js';
