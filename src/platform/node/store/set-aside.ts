import { existsSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder, syncFolder } from '../files.js';

/**
 * Moves what is damaged out of the way, to `damaged/<name>-<n>` of its store, so that nothing is deleted. Returns the
 * new path.
 */
export function setAside(store: string, path: string): string {
  const folder = join(store, 'damaged');
  const placeOf = (n: number): string => join(folder, `${basename(path)}-${n}`);
  let n = 1;
  while (existsSync(placeOf(n))) n++;
  makeFolder(folder);
  renameSync(path, placeOf(n));
  for (const changed of [folder, dirname(path)]) syncFolder(changed);
  return placeOf(n);
}
