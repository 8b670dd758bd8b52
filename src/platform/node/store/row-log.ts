import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { MetricRow } from '../../../engine/training/observations/index.js';
import { metricNames } from '../../../engine/training/observations/index.js';
import { syncFile } from '../files.js';

/** The rows of a trial as a file of JSON Lines that grows. */
export interface RowLog {
  append(rows: readonly MetricRow[]): void;
  /** How many rows it has. */
  count(): number;
  /** Names of the metrics that were observed, in the order of all metrics; then those of layers, as they came. */
  observed(): readonly string[];
  /** Has all rows on the disk; returns the SHA-256 of the file. */
  sync(): string;
}

/** What is no metric. */
const own: readonly string[] = ['epoch', 'step'];

/** Starts a log, or resumes one after its first `rows`. A value that is not finite is null there. */
export function openRowLog(path: string, rows: readonly MetricRow[]): RowLog {
  const names = new Set<string>();
  const hash = createHash('sha256');
  let count = 0;
  const take = (more: readonly MetricRow[]): string => {
    for (const row of more) for (const name of Object.keys(row)) names.add(name);
    const text = more.map((row) => `${JSON.stringify(row)}\n`).join('');
    hash.update(text);
    count += more.length;
    return text;
  };
  const text = take(rows);
  if (rows.length === 0) writeFileSync(path, '');
  // Cut, not written anew: whatever happens meanwhile, the rows of the checkpoint stay.
  else truncateSync(path, Buffer.byteLength(text));
  return {
    append: (more) => appendFileSync(path, take(more)),
    count: () => count,
    observed() {
      const known: readonly string[] = metricNames.filter((name) => names.has(name));
      return [...known, ...[...names].filter((name) => !own.includes(name) && !known.includes(name))];
    },
    sync() {
      syncFile(path);
      return hash.copy().digest('hex');
    },
  };
}

/** The first `count` rows of a log, if their lines have this SHA-256. */
export function readRows(path: string, count: number, digest: string): readonly MetricRow[] | undefined {
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, count);
  const text = lines.map((line) => `${line}\n`).join('');
  if (createHash('sha256').update(text).digest('hex') !== digest) return undefined;
  return lines.map((line) => JSON.parse(line) as MetricRow);
}
