import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { descent } from './descent.js';

/** The run that tests of the command share: three trials and three measurements for each of two seeds. */
export const smokeRunArgs: readonly string[] = [
  ...['run', 'function-fit-sinc', '--protocol', 'as-coded', '--preset', 'smoke', '--seeds', '1,2', '--json'],
];

declare module 'vitest' {
  interface ProvidedContext {
    /** Made once before all tests; each takes a copy. */
    readonly smokeRun: { readonly store: string; readonly stdout: string };
  }
}

/** Runs it once for all, on two workers. */
export default async function shareRun(project: TestProject): Promise<() => void> {
  const store = mkdtempSync(join(tmpdir(), 'descent-shared-'));
  const { code, stdout, stderr } = await descent([...smokeRunArgs, '--workers', '2', '--store', store]);
  if (code !== 0) throw new Error(`the run that tests share: expected exit code 0, got ${code}: ${stderr}`);
  project.provide('smokeRun', { store, stdout });
  return () => rmSync(store, { recursive: true, force: true });
}
