import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, inject, onTestFinished } from 'vitest';
import { checkStore } from '../../src/platform/node/store/check/check-store.js';
import { openStore } from '../../src/platform/node/store/store.js';
import { descentPath, type Started, type StartOptions, startDescent } from './descent.js';
import { fleetRunArgs } from './shared-run.js';
import { temporaryFolder } from './store.js';

/** An agent, and the folder of what it has in hand. */
export interface StartedAgent extends Started {
  readonly scratch: string;
}

/** Starts an agent; it is killed after the test if it still runs. `options`: another build, another environment. */
export function startAgent(url: string, args: readonly string[], options: StartOptions = {}): StartedAgent {
  const scratch = temporaryFolder();
  const agent = startDescent(['work', url, '--workers', '1', '--scratch', scratch, ...args], options);
  endWithTest(agent);
  return { ...agent, scratch };
}

/** An agent that keeps and sends checkpoints often, so that trials of seconds have some, and is missed soon. */
export const hastyAgent: readonly string[] = ['--lock', '6s', '--checkpoint-every', '0.3', '--send-every', '1s'];

/** Starts a run of trials of some seconds in a fleet; it is killed after the test if it still runs. */
export function startFleetRun(url: string, store: string, args: readonly string[] = [], options: StartOptions = {}) {
  const run = startDescent([...fleetRunArgs, '--fleet', url, '--store', store, ...args], options);
  endWithTest(run);
  return run;
}

const endWithTest = (started: Started): void => onTestFinished(() => endAll([started]));

/** Kills processes, if they still run. */
export async function endAll(all: readonly Started[]): Promise<void> {
  for (const { process } of all) process.kill('SIGKILL');
  await Promise.all(all.map(({ ended }) => ended));
}

/** Asks agents to end, and returns what each has printed. */
export async function outputsOf(agents: readonly Started[]): Promise<readonly string[]> {
  for (const { process } of agents) process.kill('SIGTERM');
  return (await Promise.all(agents.map(({ ended }) => ended))).map(({ stdout }) => stdout);
}

/** Every result of a store: ids and hashes. */
export function hashesOf(path: string): readonly (readonly [string, string])[] {
  const store = openStore(path);
  return [...store.list(), ...store.listMeasurements()].map((id) => [id, store.readSummary(id).hash]);
}

/** The last line of a run with --json. */
export interface RunEnd {
  readonly done: number;
  readonly stored: number;
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
  return linesOf(stdout).at(-1) as unknown as RunEnd;
}

type JsonLine = Readonly<Record<string, unknown>>;

const linesOf = (stdout: string): readonly JsonLine[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/**
 * The run ended whole: every task published once, with the hash that it has in the run that nothing disturbed; every
 * byte of the store is sound, and nothing was set aside but what the run itself has taken back.
 */
export async function expectUndisturbed(
  run: Started,
  store: string,
  untouched: string = inject('fleetRun').store,
): Promise<RunEnd> {
  const end = await endOf(run);
  const expected = hashesOf(untouched);
  expect(end).toMatchObject({ done: expected.length - end.stored, failed: 0, interrupted: 0 });
  expect(hashesOf(store)).toEqual(expected);
  expectPublishedOnce((await run.ended).stdout, end);
  const { sound, damaged, lost } = await checkStore(store);
  expect({ sound: sound.length, damaged, lost }).toEqual({ sound: expected.length, damaged: [], lost: [] });
  const isTakenBack = end.fleet.withdrawn > 0;
  expect(setAsideIn(store) > 0).toBe(isTakenBack);
  return end;
}

/** A task has one report; each one more takes the place of one that was taken back before. */
function expectPublishedOnce(stdout: string, { done, stored }: RunEnd): void {
  const reports = new Map<string, number>();
  for (const { event, state, id } of linesOf(stdout)) {
    if (event === 'retry') reports.set(String(id), (reports.get(String(id)) ?? 0) - 1);
    if (state === 'done' || state === 'stored') reports.set(String(id), (reports.get(String(id)) ?? 0) + 1);
  }
  expect(reports.size).toBe(done + stored);
  expect([...reports].filter(([, count]) => count > 1)).toEqual([]);
}

/** How many results were taken out of a store. */
export function setAsideIn(store: string): number {
  const folder = join(store, 'damaged');
  return existsSync(folder) ? readdirSync(folder).length : 0;
}

/** Says what a run came to. */
export const shown = (what: string, { durationMs, fleet }: RunEnd): void =>
  console.info(`${what}: ${Math.round(durationMs / 1000)} s, ${JSON.stringify(fleet)}`);

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
