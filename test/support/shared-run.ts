import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { descent } from './descent.js';

/** The run that tests of the command share: three trials and three measurements for each of two seeds. */
export const smokeRunArgs: readonly string[] = [
  ...['run', 'function-fit-sinc', '--protocol', 'as-coded', '--preset', 'smoke', '--seeds', '1,2', '--json'],
];

/** Trials of some seconds, with measurements of them: what the long forms of a fleet's tests run under each fault. */
export const fleetRunArgs: readonly string[] = [
  ...['run', 'function-fit-sinc', '--protocol', 'as-coded', '--preset', 'smoke', '--seeds', '1..3', '--json'],
  ...['--set', `stop.epochs=${process.env['FLEET_EPOCHS'] ?? 3000}`],
];

declare module 'vitest' {
  interface ProvidedContext {
    /** Made once before all tests; each takes a copy. */
    readonly smokeRun: { readonly store: string; readonly stdout: string };
    /** What a fleet has to come to: run once on this machine alone. */
    readonly fleetRun: { readonly store: string };
  }
}

/** Runs it once for all, on two workers. */
export default async function shareRun(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'descent-shared-'));
  const run = async (args: readonly string[], store: string): Promise<string> => {
    const { code, stdout, stderr } = await descent([...args, '--workers', '2', '--store', store]);
    if (code !== 0) throw new Error(`the run that tests share: expected exit code 0, got ${code}: ${stderr}`);
    return stdout;
  };
  const store = join(folder, 'smoke');
  project.provide('smokeRun', { store, stdout: await run(smokeRunArgs, store) });
  if (process.env['DESCENT_FLEET'] === 'long') {
    const untouched = join(folder, 'fleet');
    await run(fleetRunArgs, untouched);
    project.provide('fleetRun', { store: untouched });
  }
  return () => rmSync(folder, { recursive: true, force: true });
}
