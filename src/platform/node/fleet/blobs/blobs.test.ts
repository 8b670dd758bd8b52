import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../../../../test/support/redis.js';
import { temporaryFolder } from '../../../../../test/support/store.js';
import { sha256Hex } from '../../../../base/sha256.js';
import { type BlobStore, blobNames, getBlob, putBlob } from '../../../../fleet/blobs.js';
import { serveBlobs } from './blob-server.js';
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
});

test.each([
  ['ftp://host/x', 'expected a folder, file:///..., s3://bucket/folder or https://host:port'],
  ['', 'expected a folder, file:///..., s3://bucket/folder or https://host:port'],
  ['file://host/x', 'expected a folder as file:///shared/blobs'],
  ['s3://', 'expected s3://bucket/folder'],
  ['s3://bucket/x?endpoint=host', 'expected s3://bucket/folder, or s3://bucket/folder?endpoint=https://host:port'],
  ['https://host:99999', 'expected https://host:port, with a port up to 65535'],
])('%j is no place of results', async (place, message) => {
  await expect(openBlobs(place)).rejects.toThrow(message);
});

/** Has a variable of the environment name a file with this, until the test ends. */
function withFile(variable: string, content: string): void {
  const before = process.env[variable];
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, `${content}\n`);
  process.env[variable] = path;
  onTestFinished(() => {
    if (before === undefined) delete process.env[variable];
    else process.env[variable] = before;
  });
}

const withToken = (token: string): void => withFile('DESCENT_FLEET_TOKEN_FILE', token);

/** A coordinator's own server on loopback, without TLS. */
async function startServer(folder: string): Promise<string> {
  const url = `http://127.0.0.1:${await freePort()}/some/path`;
  const server = await serveBlobs(url, folder);
  onTestFinished(server.close);
  expect(server.blobs.url).toBe(url);
  return url;
}

test('blobs behind the server of a coordinator are those of its folder, for who has the token alone', async () => {
  const folder = join(temporaryFolder(), 'blobs');
  withToken('the right one');
  const url = await startServer(folder);
  const blobs = await openBlobs(url);
  const sha256 = await putBlob(blobs, bytes('content'));
  expect(text(await getBlob(await openBlobs(folder), sha256))).toBe('content');
  const manifest = blobNames.manifest('t-1');
  expect([await blobs.has(manifest), await blobs.get(manifest)]).toEqual([false, undefined]);
  await blobs.put(manifest, bytes('one'));
  await blobs.put(manifest, bytes('another'));
  expect([await blobs.has(manifest), text(await blobs.get(manifest))]).toEqual([true, 'another']);
  await blobs.put(blobNames.checkpoint('t-1'), bytes(''));
  expect(text(await blobs.get(blobNames.checkpoint('t-1')))).toBe('');
  const large = new Uint8Array(5_000_000).fill(7);
  expect(await getBlob(blobs, await putBlob(blobs, large))).toHaveLength(large.length);
  // What arrives damaged is not kept.
  const damaged = blobs.put(blobNames.blob(sha256Hex('whole')), bytes('who'));
  await expect(damaged).rejects.toThrow('answered 400: expected bytes of this SHA-256');
  expect(await blobs.has(blobNames.blob(sha256Hex('whole')))).toBe(false);
  await expect(blobs.get('../x')).rejects.toThrow('expected a name of a blob');
  withToken('a wrong one');
  const stranger = await openBlobs(url);
  for (const refused of [stranger.has(manifest), stranger.get(manifest), stranger.put(manifest, bytes('forged'))]) {
    await expect(refused).rejects.toThrow('answered 401: expected the token of this fleet');
  }
  expect(text(await blobs.get(manifest))).toBe('another');
});

test('whoever asks such a server for anything else gets nothing', async () => {
  withToken('token');
  const url = await startServer(temporaryFolder());
  const headers = { authorization: 'Bearer token' };
  const status = async (path: string, init?: RequestInit) => (await fetch(new URL(path, url), init)).status;
  expect(await status('/some/path/blobs/x')).toBe(401);
  expect(await status('/some/path/blobs/x', { headers: { authorization: 'Bearer tokens' } })).toBe(401);
  expect(await status('/some/path/blobs/x', { headers })).toBe(404);
  expect(await status('/blobs/x', { headers })).toBe(404);
  expect(await status('/some/path/blobs/..%2f..%2fetc', { headers })).toBe(404);
  expect(await status('/some/path/blobs/x', { headers, method: 'DELETE' })).toBe(405);
});

test('a server without a token, without TLS beyond this machine, or on a port that is taken is one line', async () => {
  await expect(openBlobs('https://host:1')).rejects.toThrow('expected DESCENT_FLEET_TOKEN_FILE to name a file');
  withToken('token');
  await expect(openBlobs('http://host:1')).rejects.toThrow('expected https://host:1, got http:');
  await expect(openBlobs('https://me:secret@host:1')).rejects.toThrow('expected https://host:port, with a port');
  await expect(serveBlobs('https://127.0.0.1:1', temporaryFolder())).rejects.toThrow('DESCENT_FLEET_SERVER_CERT');
  withFile('DESCENT_FLEET_SERVER_CERT', 'none');
  withFile('DESCENT_FLEET_SERVER_KEY', 'none');
  await expect(serveBlobs('https://127.0.0.1:1', temporaryFolder())).rejects.toThrow(
    /^blobs https:\/\/127.0.0.1:1\/: expected a certificate and its key in the files that .* name, got .*PEM/,
  );
  const url = await startServer(temporaryFolder());
  await expect(serveBlobs(url, temporaryFolder())).rejects.toThrow('with a free port, got EADDRINUSE');
});
