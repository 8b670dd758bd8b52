import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './store.js';

/** Whether tests of a fleet are left out: there is no Redis, and none is asked for by DESCENT_REQUIRE_REDIS. */
export const noRedis: boolean =
  spawnSync('redis-server', ['--version']).status !== 0 && !process.env['DESCENT_REQUIRE_REDIS'];

if (noRedis) {
  console.warn('left out: tests of a fleet; to run them, install Redis (Debian: apt-get install redis-server)');
}

/** Whether the long forms of a fleet's tests run: `npm run test:fleet`. */
export const isFleetLong = process.env['DESCENT_FLEET'] === 'long';

/** A Redis of a test, on loopback. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Ends it at once; what it held is lost. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  start(): Promise<void>;
  /** Stops its process without a word, and lets it continue. */
  pause(): void;
  resume(): void;
  /** What `redis-cli` prints. */
  command(...args: readonly string[]): string;
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Files of a certificate and its key, and a password. */
export interface RedisSecrets {
  readonly cert: string;
  readonly key: string;
  readonly password: string;
}

/** Starts a Redis that keeps nothing on the disk and ends with the test. `secrets`: it speaks TLS alone. */
export async function startRedis(secrets?: RedisSecrets): Promise<TestRedis> {
  const port = await freePort();
  const dir = temporaryFolder();
  const asked = secrets ? ['--tls', '--insecure', '--no-auth-warning', '-a', secrets.password] : [];
  const listened = secrets
    ? [
        ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no', '--requirepass', secrets.password],
        ...['--tls-cert-file', secrets.cert, '--tls-key-file', secrets.key],
      ]
    : ['--port', String(port)];
  const command = (...args: readonly string[]): string =>
    spawnSync('redis-cli', ['-p', String(port), ...asked, ...args], { encoding: 'utf8' }).stdout.trim();
  let server: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    const ended = server && new Promise((resolve) => server!.once('close', resolve));
    server?.kill('SIGKILL');
    server?.kill('SIGCONT');
    await ended;
    server = undefined;
  };
  const start = async (): Promise<void> => {
    const memory = ['--maxmemory-policy', 'noeviction', '--save', '', '--appendonly', 'no'];
    server = spawn('redis-server', [...listened, '--bind', '127.0.0.1', '--dir', dir, ...memory], {
      stdio: 'ignore',
    });
    while (command('ping') !== 'PONG') await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await start();
  onTestFinished(kill);
  return {
    url: `${secrets ? 'rediss' : 'redis'}://127.0.0.1:${port}`,
    port,
    kill,
    start,
    pause: () => void server?.kill('SIGSTOP'),
    resume: () => void server?.kill('SIGCONT'),
    command,
  };
}
