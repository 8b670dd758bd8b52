import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { taskFiles } from './task-files.js';

/**
 * Names what a finished task's folder holds without reading it all: its checksums, and the size and time of each of its
 * files. Undefined for a folder without checksums, as older versions wrote them; `missing` where nothing is finished.
 */
export function taskFingerprint(folder: string): string | undefined {
  if (!existsSync(join(folder, taskFiles.result))) return 'missing';
  if (!existsSync(join(folder, taskFiles.checksums))) return undefined;
  const files = readdirSync(folder).map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name));
    return `${name} ${size} ${mtimeMs}\n`;
  });
  return `${files.join('')}${readFileSync(join(folder, taskFiles.checksums), 'utf8')}`;
}
