import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { createServer as createPlainServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../../../base/errors.js';
import { type BlobStore, blobNames, isBlobName } from '../../../../fleet/blobs.js';
import { reasonOf } from '../../../../fleet/limited.js';
import { listen } from '../listen.js';
import { fileNamedBy } from '../named-files.js';
import { fileBlobs } from './file-blobs.js';
import { type OwnServer, parseOwnServer } from './own-server.js';

/** A coordinator's own server, as long as it is open. */
export interface BlobServer {
  /** What it serves, under the URL by which agents reach it. */
  readonly blobs: BlobStore;
  close(): Promise<void>;
}

/** No file of a task is larger. */
const mostBytes = 2 ** 31 - 1;

/**
 * Serves a folder of blobs at `https://host:port`, where agents reach neither a shared folder nor S3. The certificate
 * and its key are in the files that DESCENT_FLEET_SERVER_CERT and DESCENT_FLEET_SERVER_KEY name; each request must
 * bring the token.
 * @throws UserError if there is no token, no certificate, or nobody can listen there
 */
export async function serveBlobs(text: string, folder: string): Promise<BlobServer> {
  const own = parseOwnServer(text);
  const blobs = fileBlobs(pathToFileURL(folder).href);
  const server = openServer(own, answerer(own, blobs));
  const { hostname, port, protocol } = own.url;
  const close = await listen(server, {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    what: `blobs ${text}`,
  });
  return { blobs: { ...blobs, url: text }, close };
}

function openServer({ url }: OwnServer, onRequest: RequestListener): Server {
  if (url.protocol === 'http:') return createPlainServer(onRequest);
  const [cert, key] = [fileNamedBy('DESCENT_FLEET_SERVER_CERT'), fileNamedBy('DESCENT_FLEET_SERVER_KEY')];
  const files = 'the files that DESCENT_FLEET_SERVER_CERT and DESCENT_FLEET_SERVER_KEY name';
  const problem = (got: string): UserError =>
    new UserError(`blobs ${url.href}: expected a certificate and its key in ${files}, got ${got}`);
  if (cert === undefined || key === undefined) throw problem('none');
  try {
    const server = createServer({ cert, key }, onRequest);
    const { validTo } = new X509Certificate(cert);
    if (Date.parse(validTo) > Date.now()) return server;
    // Agents would not speak to it, and nobody here would know why.
    throw problem(`one that was valid until ${validTo}`);
  } catch (error) {
    throw error instanceof UserError ? error : problem(reasonOf(error));
  }
}

interface Answer {
  readonly status: number;
  readonly body?: Uint8Array | string;
}

function answerer({ url, token }: OwnServer, blobs: BlobStore): RequestListener {
  const base = url.pathname.replace(/\/$/, '');
  const expected = sha256(`Bearer ${token}`);
  return (request, response) => {
    const path = new URL(request.url ?? '/', url).pathname;
    const name = path.startsWith(`${base}/`) ? path.slice(base.length + 1) : '';
    const isKnown = timingSafeEqual(sha256(request.headers.authorization ?? ''), expected);
    const answering: Promise<Answer> = !isKnown
      ? Promise.resolve({ status: 401, body: 'expected the token of this fleet' })
      : !isBlobName(name)
        ? Promise.resolve({ status: 404, body: 'expected a name of a blob' })
        : answer(request, name, blobs);
    answering
      .catch((error: unknown): Answer => ({ status: 500, body: reasonOf(error) }))
      .then(({ status, body }) => {
        // What was not read of a refused upload would be taken for the next request.
        if (status >= 400 && !request.complete) response.setHeader('connection', 'close');
        response.writeHead(status).end(body);
      });
  };
}

async function answer(request: IncomingMessage, name: string, blobs: BlobStore): Promise<Answer> {
  if (request.method === 'PUT') return take(request, name, blobs);
  if (request.method === 'HEAD') return { status: (await blobs.has(name)) ? 200 : 404 };
  if (request.method !== 'GET') return { status: 405, body: 'expected GET, HEAD or PUT' };
  const body = await blobs.get(name);
  return body === undefined ? { status: 404 } : { status: 200, body };
}

/** What arrives damaged is refused at once. */
async function take(request: IncomingMessage, name: string, blobs: BlobStore): Promise<Answer> {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (!(length <= mostBytes)) return { status: 413, body: `expected a length of at most ${mostBytes} bytes` };
  const bytes = await buffer(request);
  if (name.startsWith(blobNames.blob('')) && name !== blobNames.blob(sha256(bytes).toString('hex'))) {
    return { status: 400, body: 'expected bytes of this SHA-256, got others' };
  }
  await blobs.put(name, bytes);
  return { status: 200 };
}

const sha256 = (content: string | Uint8Array): Buffer => createHash('sha256').update(content).digest();
