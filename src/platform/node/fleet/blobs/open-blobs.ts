import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../../../base/errors.js';
import type { BlobStore } from '../../../../fleet/blobs.js';
import { fileBlobs } from './file-blobs.js';
import { httpsBlobs } from './https-blobs.js';
import { s3Blobs } from './s3-blobs.js';

const openers = new Map<string, (url: string) => BlobStore | Promise<BlobStore>>([
  ['file', fileBlobs],
  ['s3', s3Blobs],
  ['https', httpsBlobs],
  ['http', httpsBlobs],
]);

/**
 * The blobs at a URL, or in a folder.
 * @throws UserError if it is of no known kind
 */
export async function openBlobs(place: string): Promise<BlobStore> {
  const url = /^[a-z][a-z0-9+.-]+:/.test(place) ? place : pathToFileURL(resolve(place)).href;
  const open = openers.get(url.slice(0, url.indexOf(':')));
  // Without a word the folder would be the one that the command was started in.
  if (open !== undefined && place !== '') return open(url);
  throw new UserError(
    `blobs: expected a folder, file:///..., s3://bucket/folder or https://host:port, got ${JSON.stringify(place)}`,
  );
}
