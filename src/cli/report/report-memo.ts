import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRecord, RunTask } from '../../lab/record.js';
import { cacheDir } from '../../platform/node/data/cache-dir.js';
import { drawingDigest } from '../../platform/node/drawing/figure-cache.js';
import { readJson, replaceQuickly } from '../../platform/node/files.js';
import { packageVersion } from '../../platform/node/package-version.js';
import { openResults, resultsFolderOf } from '../../platform/node/results/results-folder.js';
import { taskFingerprint } from '../../platform/node/store/task-fingerprint.js';
import { fontFiles } from './fonts.js';

/** SHA-256 of each file of a report, by its path in the report's folder. */
export type ReportDigests = Readonly<Record<string, string>>;

/** SHA-256 of a text or bytes, as 64 hex digits. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * Names all that a report is made from: the runs, what their tasks' folders hold, the ledgers, and all code, fonts and
 * versions.
 * Undefined where that is not known: experiments of the user's own may import anything, and old results have no
 * checksums.
 */
export function reportKey(store: string, runs: readonly RunRecord[], results?: string): string | undefined {
  if (runs.some(({ source }) => source !== undefined)) return undefined;
  const prints = [...foldersOf(store, runs)].map(taskFingerprint);
  if (prints.includes(undefined)) return undefined;
  const code = [packageVersion(), process.version, codeDigest(), drawingDigest(fontFiles())];
  const ledgers = openResults(results ?? resultsFolderOf(undefined)).digests();
  return sha256(JSON.stringify([code, runs, prints, ledgers]));
}

function foldersOf(store: string, runs: readonly RunRecord[]): ReadonlySet<string> {
  const of = (kind: 'trials' | 'measurements') =>
    runs.flatMap((run) => run[kind].map(({ id }: RunTask) => join(store, kind, id)));
  return new Set([...of('trials'), ...of('measurements')]);
}

/** Over all modules of this program. */
function codeDigest(): string {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:js|wasm)$/.test(name));
  return sha256(
    names
      .toSorted()
      .map((name) => `${name} ${sha256(readFileSync(join(root, name)))}\n`)
      .join(''),
  );
}

const memoPath = (out: string): string => join(cacheDir('reports'), `${sha256(resolve(out))}.json`);

/** Whether a folder holds, byte for byte, the report that was last written into it from what a key names. */
export function isWritten(out: string, key: string): boolean {
  try {
    const memo = readJson(memoPath(out)) as { readonly key: string; readonly files: ReportDigests };
    const isSame = ([path, digest]: readonly [string, string]) => sha256(readFileSync(join(out, path))) === digest;
    return memo.key === key && Object.entries(memo.files).every(isSame);
  } catch {
    return false;
  }
}

/** Remembers what was written into a folder; where it cannot, the next report is written anew. */
export function rememberWritten(out: string, key: string, files: ReportDigests): void {
  try {
    replaceQuickly(memoPath(out), JSON.stringify({ key, files }));
  } catch {
    return;
  }
}
