import type { Redis, RedisOptions } from 'ioredis';
import { UserError } from '../../../../base/errors.js';
import { loadPeer } from '../load-peer.js';
import { fileNamedBy } from '../named-files.js';

/** A fleet's Redis, and the project in it. */
export interface FleetUrl {
  /** As it may be shown: without a password. */
  readonly shown: string;
  readonly redis: string;
  readonly project: string;
}

const defaultProject = 'default';

/**
 * Reads `redis://[user:password@]host[:port][/db][?project=name]`, or rediss:// for TLS. A password can come from the
 * file that DESCENT_FLEET_PASSWORD_FILE names.
 * @throws UserError if it is none
 */
export function parseFleetUrl(text: string): FleetUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new UserError('fleet: expected redis://host:6379 or rediss://host:6379, got another URL');
  }
  requireKnown(url);
  const project = url.searchParams.get('project') ?? defaultProject;
  if (!/^[\w.-]{1,64}$/.test(project)) {
    throw new UserError(`fleet: expected a project of letters, digits, _, . and -, got ${JSON.stringify(project)}`);
  }
  url.search = '';
  const password = fileNamedBy('DESCENT_FLEET_PASSWORD_FILE');
  if (password !== undefined) url.password = encodeURIComponent(password.trim());
  const redis = url.href;
  url.password = '';
  return { shown: `${url.href}${project === defaultProject ? '' : `?project=${project}`}`, redis, project };
}

/** @throws UserError if something is in it that would be passed over */
function requireKnown(url: URL): void {
  if (!/^(\/\d*)?$/.test(url.pathname)) {
    throw new UserError(
      `fleet: expected the number of a database behind the host, got ${JSON.stringify(url.pathname)}`,
    );
  }
  const stray = [...url.searchParams.keys()].find((name) => name !== 'project');
  if (stray !== undefined) throw new UserError(`fleet: expected ?project=NAME alone, got ${JSON.stringify(stray)}`);
}

/** Keys of a project, all in one slot of a cluster. */
export const keyOf = ({ project }: FleetUrl, name: string): string => `{descent}:${project}:${name}`;

/** The longest pause between two attempts to reach Redis again. */
const longestPauseMs = 2000;

/**
 * A connection that waits as long as Redis is away; certificates for TLS are in the files that
 * DESCENT_FLEET_CA, DESCENT_FLEET_CERT and DESCENT_FLEET_KEY name.
 * @throws UserError if the packages are not installed, or Redis cannot be reached at first
 */
export async function connectRedis({ redis, shown }: FleetUrl): Promise<Redis> {
  const module = await loadPeer('ioredis', () => import('ioredis'));
  const client = new module.Redis(redis, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    retryStrategy: (times) => Math.min(100 * times, longestPauseMs),
    ...(redis.startsWith('rediss:') && { tls: tlsFiles() }),
  } satisfies RedisOptions);
  // Without a listener a lost connection would end the process; it is made again by itself.
  let last = 'no answer';
  client.on('error', (error: Error) => {
    last = error.message;
  });
  try {
    // A database that is not there would be taken for the first one.
    const opened = client.connect().then(() => client.select(client.options.db ?? 0));
    await Promise.race([opened, rejectAfter(firstMs)]);
    return client;
  } catch (error) {
    client.disconnect();
    const why = last === 'no answer' && error instanceof Error ? error.message : last;
    throw new UserError(`fleet ${shown}: expected a Redis that answers, got: ${inWords(why, redis)}`);
  }
}

const words: Readonly<Record<string, string>> = {
  NOAUTH: 'it wants a password (DESCENT_FLEET_PASSWORD_FILE names a file with it)',
  WRONGPASS:
    'it does not know this user with this password (DESCENT_FLEET_PASSWORD_FILE names a file with the right one)',
};

/** What may be behind an answer, by how the URL begins and what the answer is. */
const hints: readonly (readonly [begins: string, why: RegExp, hint: string])[] = [
  ['rediss:', /no answer|wrong version/, 'the URL of a Redis without TLS begins with redis://'],
  ['redis:', /ECONNRESET|closed/, 'the URL of a Redis with TLS begins with rediss://'],
  ['rediss:', /self-signed|issuer|verify/, 'DESCENT_FLEET_CA names a file with the certificate that it is known by'],
];

function inWords(why: string, url: string): string {
  const known = words[why.split(' ')[0]!];
  if (known !== undefined) return known;
  const hint = hints.find(([begins, pattern]) => url.startsWith(begins) && pattern.test(why))?.[2];
  return hint === undefined ? why : `${why} (${hint})`;
}

/** Redis must answer at first within this time. */
const firstMs = 10_000;

function rejectAfter(ms: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms).unref();
  });
}

function tlsFiles(): NonNullable<RedisOptions['tls']> {
  const ca = fileNamedBy('DESCENT_FLEET_CA');
  const cert = fileNamedBy('DESCENT_FLEET_CERT');
  const key = fileNamedBy('DESCENT_FLEET_KEY');
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}
