import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './redis.js';
import { temporaryFolder } from './store.js';

/** Whether there is no real server that speaks as S3 does: OpenStack Swift, from Debian. */
export const noSwift: boolean =
  spawnSync('sh', ['-c', 'command -v swift-proxy-server swift-ring-builder memcached']).status !== 0;

/** Keys of the user that `startSwift` makes, as the environment of whoever puts objects. */
export const swiftKeys = { AWS_ACCESS_KEY_ID: 'test:tester', AWS_SECRET_ACCESS_KEY: 'testing' } as const;

/** Starts Swift with its S3 interface on loopback, over one folder; it ends with the test. Returns its endpoint. */
export async function startSwift(bucket: string): Promise<string> {
  const folder = temporaryFolder();
  const etc = join(folder, 'etc');
  mkdirSync(etc);
  mkdirSync(join(folder, 'devices/d1'), { recursive: true });
  const kinds = ['account', 'container', 'object'] as const;
  const [proxy, cache, ...ports] = await Promise.all(Array.from({ length: 5 }, freePort));
  const file = (name: string, ...lines: readonly string[]): string => {
    writeFileSync(join(etc, name), `${lines.join('\n')}\n`);
    return join(etc, name);
  };
  file(
    'swift.conf',
    '[swift-hash]',
    'swift_hash_path_suffix = test',
    '[storage-policy:0]',
    'name = one',
    'default = yes',
  );
  const builders = kinds.map((kind, i) => {
    const ring = (...args: readonly string[]) =>
      spawnSync('swift-ring-builder', [`${kind}.builder`, ...args], { cwd: etc });
    ring('create', '4', '1', '1');
    ring('add', `r1z1-127.0.0.1:${ports[i]}/d1`, '1');
    ring('rebalance');
    const common = ['[DEFAULT]', 'bind_ip = 127.0.0.1', `bind_port = ${ports[i]}`, 'workers = 0', `swift_dir = ${etc}`];
    const devices = [
      `devices = ${join(folder, 'devices')}`,
      'mount_check = false',
      'user = root',
      'log_address = /nowhere',
    ];
    const app = ['[pipeline:main]', `pipeline = ${kind}-server`, `[app:${kind}-server]`, `use = egg:swift#${kind}`];
    return file(`${kind}-server.conf`, ...common, ...devices, ...app);
  });
  const settings = file(
    'proxy-server.conf',
    ...['[DEFAULT]', 'bind_ip = 127.0.0.1', `bind_port = ${proxy}`, 'workers = 0', `swift_dir = ${etc}`, 'user = root'],
    ...['log_address = /nowhere', '[pipeline:main]'],
    'pipeline = catch_errors gatekeeper healthcheck cache listing_formats s3api tempauth copy dlo slo proxy-server',
    ...['[app:proxy-server]', 'use = egg:swift#proxy', 'account_autocreate = true', 'allow_account_management = true'],
    ...['[filter:tempauth]', 'use = egg:swift#tempauth', 'user_test_tester = testing .admin'],
    ...['[filter:cache]', 'use = egg:swift#memcache', `memcache_servers = 127.0.0.1:${cache}`],
    ...['[filter:s3api]', 'use = egg:swift#s3api', 's3_acl = false', 'location = us-east-1'],
    ...['catch_errors', 'gatekeeper', 'healthcheck', 'listing_formats', 'copy', 'dlo', 'slo'].flatMap((name) => [
      `[filter:${name}]`,
      `use = egg:swift#${name}`,
    ]),
  );
  const start = (command: string, ...args: readonly string[]): ChildProcess => {
    const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, SWIFT_DIR: etc } });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  start('memcached', '-u', 'root', '-l', '127.0.0.1', '-p', String(cache));
  for (const [i, kind] of kinds.entries()) start(`swift-${kind}-server`, builders[i]!);
  start('swift-proxy-server', settings);
  const endpoint = `http://127.0.0.1:${proxy}`;
  await makeBucket(endpoint, bucket);
  return endpoint;
}

/** The servers answer some seconds after they were started. */
async function makeBucket(endpoint: string, bucket: string): Promise<void> {
  const { AwsClient } = await import('aws4fetch');
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = swiftKeys;
  const client = new AwsClient({ accessKeyId, secretAccessKey, service: 's3', region: 'us-east-1', retries: 0 });
  let last = 'nothing';
  for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 500))) {
    try {
      const answer = await client.fetch(`${endpoint}/${bucket}`, { method: 'PUT' });
      last = `${answer.status} ${await answer.text()}`;
      if (answer.ok || answer.status === 409) return;
    } catch (error) {
      last = String(error);
    }
  }
  throw new Error(`Swift: expected a bucket within two minutes, got ${last}`);
}
