import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { UserError } from '../../../../base/errors.js';
import { type BlobStore, isBlobName } from '../../../../fleet/blobs.js';
import { codeOf } from '../../files.js';
import { fileNamedBy } from '../named-files.js';
import { parseOwnServer } from './own-server.js';

/** A server that has been silent for so long is given up: who asked tries again. */
const answerMs = 120_000;

const notKnown = 'expected the token of this fleet, in the file that DESCENT_FLEET_TOKEN_FILE names, got another';

/**
 * Blobs behind the server of a coordinator: `https://host:port`. Requests bring the token of the file that
 * DESCENT_FLEET_TOKEN_FILE names; DESCENT_FLEET_CA names a file with the certificate that the server is known by.
 * @throws UserError if the URL is none, or there is no token
 */
export function httpsBlobs(text: string): BlobStore {
  const { url, base, token } = parseOwnServer(text);
  const ca = fileNamedBy('DESCENT_FLEET_CA');
  const isPlain = url.protocol === 'http:';
  const agent = isPlain
    ? new PlainAgent({ keepAlive: true })
    : new Agent({ keepAlive: true, ...(ca !== undefined && { ca }) });
  const open = isPlain ? plainRequest : request;
  const send = async (method: 'GET' | 'HEAD' | 'PUT', name: string, body?: Uint8Array): Promise<Answer> => {
    if (!isBlobName(name)) throw new UserError(`blob: expected a name of a blob, got ${JSON.stringify(name)}`);
    const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-length': body.length }) };
    const ask = () => open(`${base}/${name}`, { method, agent, headers, timeout: answerMs });
    const answer = await answerTo(ask, body);
    const bytes = await buffer(answer);
    const status = answer.statusCode ?? 0;
    if (status < 300 || (status === 404 && method !== 'PUT')) return { isThere: status < 300, bytes };
    const said = status === 401 ? notKnown : bytes.toString('utf8').slice(0, 200).trim();
    throw new Error(`${text}: ${method} ${name}: answered ${status}: ${said}`);
  };
  return {
    url: text,
    has: async (name) => (await send('HEAD', name)).isThere,
    async get(name) {
      const { isThere, bytes } = await send('GET', name);
      return isThere ? bytes : undefined;
    },
    put: async (name, bytes) => void (await send('PUT', name, bytes)),
  };
}

/** A connection that was kept may have been closed by the server just then: another one is asked. */
function answerTo(ask: () => ClientRequest, body: Uint8Array | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = ask();
    asked.on('response', resolve);
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${answerMs / 1000} s`)));
    asked.on('error', (error) => {
      if (asked.reusedSocket && codeOf(error) === 'ECONNRESET') resolve(answerTo(ask, body));
      else reject(error);
    });
    asked.end(body);
  });
}

interface Answer {
  readonly isThere: boolean;
  readonly bytes: Uint8Array;
}
