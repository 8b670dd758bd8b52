import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder, replaceFile } from './files.js';
import { lifeOf, type ProcessMark, thisProcess } from './store/lock/process-mark.js';

/** Says whose a folder is. */
const markName = 'process.json';

/**
 * Makes a folder for this process alone, among the system's temporary ones by default; `prefix`: how its name begins.
 * Those that others left there that were killed are removed first.
 */
export function makeOwnFolder(prefix: string, among: string = tmpdir()): string {
  sweep(prefix, among);
  const folder = mkdtempSync(join(among, prefix));
  replaceFile(join(folder, markName), JSON.stringify(thisProcess()));
  return folder;
}

/** Only what a process of this machine has marked that is dead for certain; what is another user's stays. */
function sweep(prefix: string, among: string): void {
  for (const entry of readdirSync(among, { withFileTypes: true })) {
    if (!entry.isDirectory() || !entry.name.startsWith(prefix)) continue;
    const folder = join(among, entry.name);
    try {
      const mark = JSON.parse(readFileSync(join(folder, markName), 'utf8')) as ProcessMark;
      if (lifeOf(mark) === 'dead') removeFolder(folder);
    } catch {
      // Not marked yet, gone meanwhile, or not ours.
    }
  }
}
