import { realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { canonicalJson } from '../../../../base/canonical-json.js';
import { UserError } from '../../../../base/errors.js';
import { sha256Hex } from '../../../../base/sha256.js';
import { type BlobStore, blobNames } from '../../../../fleet/blobs.js';
import { reasonOf } from '../../../../fleet/limited.js';
import type { Store } from '../../../../lab/store.js';

/** A mark that is left in a place, and stays there. */
export interface PlaceMark {
  readonly mark: string;
  /** Looks no more whether it is still there. */
  end(): void;
}

/** How a mark is kept in its place. */
export interface MarkOptions {
  readonly onNote: (note: string) => void;
  /** How often it is looked for, in milliseconds. Default 5 s. */
  readonly lookEveryMs?: number;
}

const defaultLookEveryMs = 5000;
const content = new TextEncoder().encode('{}');

/**
 * Leaves a mark by which agents know the place, as a folder of the same name on another machine is another one. The
 * next run of the same store has the same mark. Who empties the place does away with the mark too: it is left again, so
 * that agents who come later take part, and what is missing is run again.
 * @throws UserError if nothing can be put there
 */
export async function markPlace(blobs: BlobStore, { path }: Store, options: MarkOptions): Promise<PlaceMark> {
  const mark = sha256Hex(canonicalJson([hostname(), realpathSync(path), blobs.url])).slice(0, 16);
  const name = blobNames.mark(mark);
  await blobs.put(name, content).catch((error: unknown) => {
    throw new UserError(`--blobs ${blobs.url}: expected a place for results, got: ${reasonOf(error)}`);
  });
  const { onNote, lookEveryMs = defaultLookEveryMs } = options;
  const look = async (): Promise<void> => {
    if (await blobs.has(name)) return;
    await blobs.put(name, content);
    onNote(`${blobs.url} was emptied: results that are not in the store yet are run again`);
  };
  // While it cannot be reached others say so.
  const timer = setInterval(() => look().catch(() => {}), lookEveryMs);
  return { mark, end: () => clearInterval(timer) };
}
