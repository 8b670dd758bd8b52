import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { temporaryFolder } from './store.js';

/** A new folder with a copy of the store of the run that all share. */
export function smokeStore(name = 'store'): string {
  const store = join(temporaryFolder(), name);
  cpSync(inject('smokeRun').store, store, { recursive: true });
  return store;
}

/** What the run that all share printed with --json. */
export const smokeOutput = (): string => inject('smokeRun').stdout;
