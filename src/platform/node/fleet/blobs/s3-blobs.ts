import { UserError } from '../../../../base/errors.js';
import { sha256Hex } from '../../../../base/sha256.js';
import { type BlobStore, isBlobName } from '../../../../fleet/blobs.js';
import { loadPeer } from '../load-peer.js';

/** A request that has not been answered after so long is given up: who asked tries again. */
const answerMs = 120_000;

/**
 * Blobs in a bucket of S3 or of a server that speaks as S3 does: `s3://bucket/folder`, with
 * `?endpoint=https://host:port` and `&region=...` where it is not Amazon's. It puts, gets and looks for objects by
 * name alone, as lists may lag. The server checks each upload against its SHA-256. Keys are those of the environment:
 * AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION.
 * @throws UserError if the URL is none, the keys are not there, or the package is not installed
 */
export async function s3Blobs(text: string): Promise<BlobStore> {
  const { url, endpoint, region } = parseBucket(text);
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    throw new UserError(`${text}: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, got none`);
  }
  const { AwsClient } = await loadPeer('aws4fetch', () => import('aws4fetch'));
  const sessionToken = AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {};
  const client = new AwsClient({ accessKeyId, secretAccessKey, ...sessionToken, service: 's3', region, retries: 3 });
  const base = [endpoint.replace(/\/$/, ''), url.hostname, ...url.pathname.split('/').filter((part) => part !== '')];
  const send = async (method: 'GET' | 'HEAD' | 'PUT', name: string, body?: Uint8Array): Promise<Response> => {
    if (!isBlobName(name)) throw new UserError(`blob: expected a name of a blob, got ${JSON.stringify(name)}`);
    const answer = await client.fetch([...base, name].join('/'), {
      method,
      signal: AbortSignal.timeout(answerMs),
      ...(body && { body: Buffer.from(body), headers: { 'x-amz-content-sha256': sha256Hex(body) } }),
    });
    if (answer.ok || (answer.status === 404 && method !== 'PUT')) return answer;
    const [, code = answer.statusText] = /<Code>(\w+)<\/Code>/.exec(await answer.text()) ?? [];
    throw new Error(`${text}: ${method} ${name}: answered ${answer.status} ${code}`);
  };
  return {
    url: text,
    has: async (name) => (await send('HEAD', name)).ok,
    async get(name) {
      const answer = await send('GET', name);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return answer.ok ? bytes : undefined;
    },
    async put(name, bytes) {
      const answer = await send('PUT', name, bytes);
      await answer.arrayBuffer();
    },
  };
}

/** A bucket, and where it is. @throws UserError if the URL names none, or its endpoint is no URL */
function parseBucket(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const region = url?.searchParams.get('region') ?? process.env['AWS_REGION'] ?? 'us-east-1';
  const endpoint = url?.searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`;
  if (url !== undefined && url.hostname !== '' && /^https?:/.test(endpoint) && URL.canParse(endpoint)) {
    return { url, endpoint, region };
  }
  throw new UserError(
    `blobs: expected s3://bucket/folder, or s3://bucket/folder?endpoint=https://host:port, got ${JSON.stringify(text)}`,
  );
}
