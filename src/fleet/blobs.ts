import { UserError } from '../base/errors.js';
import { sha256Hex } from '../base/sha256.js';

/**
 * Bytes under names, on which coordinator and agents agree: no lists, no renames, no locks, so that a folder, S3 and a
 * web server do alike. What is under a name is replaced whole.
 */
export interface BlobStore {
  /** How others find it; holds no password. */
  readonly url: string;
  has(name: string): Promise<boolean>;
  /** Resolves when the bytes are safe. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Undefined if there is nothing of this name. */
  get(name: string): Promise<Uint8Array | undefined>;
}

/** Names that the parts of a fleet use. */
export const blobNames = {
  blob: (sha256: string): string => `blobs/${sha256}`,
  manifest: (job: string): string => `manifests/${job}.json`,
  checkpoint: (job: string): string => `checkpoints/${job}.json`,
  /** By which agents know a place of results. */
  mark: (mark: string): string => `manifests/place-${mark}.json`,
} as const;

/** Whether a name may be used: no path out of the store. */
export const isBlobName = (name: string): boolean => /^(blobs|manifests|checkpoints)\/[\w-][\w.-]*$/.test(name);

/** Keeps bytes under their SHA-256, which is returned; `again` even if something is there, which may be torn. */
export async function putBlob(store: BlobStore, bytes: Uint8Array, again = false): Promise<string> {
  const sha256 = sha256Hex(bytes);
  const name = blobNames.blob(sha256);
  if (again || !(await store.has(name))) await store.put(name, bytes);
  return sha256;
}

/** The bytes of a SHA-256. @throws UserError if they are missing or others */
export async function getBlob(store: BlobStore, sha256: string): Promise<Uint8Array> {
  const bytes = await store.get(blobNames.blob(sha256));
  if (bytes !== undefined && sha256Hex(bytes) === sha256) return bytes;
  throw new UserError(
    `blob ${sha256.slice(0, 12)}: expected its bytes in ${store.url}, got ${bytes === undefined ? 'none' : 'others'}`,
  );
}
