import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/store.js';
import { sha256Hex } from '../../../../base/sha256.js';
import { type BlobStore, blobNames, getBlob, putBlob } from '../../../../fleet/blobs.js';
import { openBlobs } from './open-blobs.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (found: Uint8Array | undefined): string | undefined => found && new TextDecoder().decode(found);

/** A server that keeps objects as S3 does, and takes only signed requests whose body has the SHA-256 they name. */
async function startS3(): Promise<{ readonly url: string; readonly objects: Map<string, Buffer>; broken: number }> {
  const state = { url: '', objects: new Map<string, Buffer>(), broken: 0 };
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { method, url = '', headers } = request;
    const answer = (status: number, content?: Buffer): void => void response.writeHead(status).end(content);
    const isSigned = /^AWS4-HMAC-SHA256 Credential=key\/\d+\/eu-north-1\/s3\//.test(headers.authorization ?? '');
    if (state.broken > 0) {
      state.broken--;
      answer(503);
    } else if (!isSigned) answer(403);
    else if (method === 'PUT' && headers['x-amz-content-sha256'] !== sha256Hex(body)) answer(400);
    else if (method === 'PUT') {
      state.objects.set(url, body);
      answer(200);
    } else if (!state.objects.has(url)) answer(404);
    else answer(200, method === 'GET' ? state.objects.get(url) : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  state.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return state;
}

const s3Url = (endpoint: string): string => `s3://bucket/some/folder?endpoint=${endpoint}&region=eu-north-1`;

function withKeys(): void {
  const before = { ...process.env };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' });
  onTestFinished(() => {
    process.env = before;
  });
}

async function expectBlobs(blobs: BlobStore): Promise<void> {
  const name = blobNames.manifest('t-1');
  expect(await blobs.has(name)).toBe(false);
  expect(await blobs.get(name)).toBeUndefined();
  await blobs.put(name, bytes('one'));
  await blobs.put(name, bytes('another'));
  expect(await blobs.has(name)).toBe(true);
  expect(text(await blobs.get(name))).toBe('another');
  await Promise.all(['a', 'b', 'c'].map((each) => blobs.put(name, bytes(each.repeat(1000)))));
  expect(text(await blobs.get(name))).toMatch(/^(a{1000}|b{1000}|c{1000})$/);
  await blobs.put(blobNames.blob('empty'), bytes(''));
  expect(text(await blobs.get(blobNames.blob('empty')))).toBe('');
  for (const odd of ['../x', 'blobs/../x', 'blobs/', 'others/x', 'blobs/a/b', 'blobs/.x']) {
    await expect(blobs.put(odd, bytes('x')), odd).rejects.toThrow('expected a name of a blob');
    await expect(blobs.get(odd), odd).rejects.toThrow('expected a name of a blob');
  }
  const sha256 = await putBlob(blobs, bytes('content'));
  expect(text(await getBlob(blobs, sha256))).toBe('content');
  await blobs.put(blobNames.blob(sha256), bytes('conte'));
  await expect(getBlob(blobs, sha256)).rejects.toThrow('expected its bytes in');
  // What is there is not looked at again, unless it is asked for.
  await putBlob(blobs, bytes('content'));
  await expect(getBlob(blobs, sha256)).rejects.toThrow('got others');
  await putBlob(blobs, bytes('content'), true);
  expect(text(await getBlob(blobs, sha256))).toBe('content');
}

test('blobs in a folder are there whole or not at all, under the names that are theirs', async () => {
  const folder = join(temporaryFolder(), 'deep', 'blobs');
  const blobs = await openBlobs(folder);
  expect(blobs.url).toBe(pathToFileURL(folder).href);
  await expectBlobs(blobs);
  expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('partial'))).toEqual([]);
});

test('blobs in S3 are signed, checked by the server, and found by name alone', async () => {
  const server = await startS3();
  withKeys();
  const blobs = await openBlobs(s3Url(server.url));
  await expectBlobs(blobs);
  expect([...server.objects.keys()].every((path) => path.startsWith('/bucket/some/folder/'))).toBe(true);
});

test('a server that is busy is asked again; one that refuses, and missing keys, are errors that name it', async () => {
  const server = await startS3();
  await expect(openBlobs(s3Url(server.url))).rejects.toThrow('expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  withKeys();
  const blobs = await openBlobs(s3Url(server.url));
  server.broken = 2;
  await blobs.put(blobNames.blob('x'), bytes('x'));
  process.env['AWS_ACCESS_KEY_ID'] = 'other';
  const refused = await openBlobs(s3Url(server.url));
  await expect(refused.put(blobNames.blob('x'), bytes('x'))).rejects.toThrow('PUT blobs/x: answered 403');
  await expect(refused.get(blobNames.blob('x'))).rejects.toThrow('GET blobs/x: answered 403');
  await expect(openBlobs('ftp://host/x')).rejects.toThrow(
    'expected a folder, file:///..., s3://bucket/folder or https://host:port',
  );
});
