import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { descent, startDescent } from '../support/descent.js';
import { endOf, hashesOf } from '../support/fleet.js';
import { freePort, isFleetLong, noRedis, startRedis } from '../support/redis.js';
import { smokeRunArgs } from '../support/shared-run.js';
import { temporaryFolder } from '../support/store.js';

const noOpenssl = spawnSync('openssl', ['version']).status !== 0;
if (isFleetLong && noOpenssl) console.warn('left out: a fleet over https; install it (Debian: openssl)');

// The password of Redis too.
const token = 'what each machine of the class has in a file';

/** A folder with a token, and a certificate for this machine. */
function classroom() {
  const folder = temporaryFolder();
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('token'), token);
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=class'],
    ...['-keyout', path('key.pem'), '-out', path('cert.pem'), '-addext', 'subjectAltName=IP:127.0.0.1'],
  ]);
  expect(made.status, String(made.stderr)).toBe(0);
  const env = {
    DESCENT_FLEET_TOKEN_FILE: path('token'),
    DESCENT_FLEET_PASSWORD_FILE: path('token'),
    DESCENT_FLEET_CA: path('cert.pem'),
    DESCENT_FLEET_SERVER_CERT: path('cert.pem'),
    DESCENT_FLEET_SERVER_KEY: path('key.pem'),
  };
  return { folder, env, cert: path('cert.pem'), key: path('key.pem') };
}

/** A certificate that was valid until yesterday, beside its key. */
function expired(folder: string): string {
  const [key, csr, cert] = ['old.pem', 'old.csr', 'old-cert.pem'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const asked = spawnSync('openssl', [
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    csr,
    '-subj',
    '/CN=class',
  ]);
  expect(asked.status, String(asked.stderr)).toBe(0);
  const signed = spawnSync('openssl', ['x509', '-req', '-in', csr, '-signkey', key, '-days', '-1', '-out', cert]);
  expect(signed.status, String(signed.stderr)).toBe(0);
  return cert;
}

describe.skipIf(noRedis || noOpenssl || !isFleetLong)(
  'a fleet whose results the coordinator takes by https, and whose Redis speaks TLS',
  () => {
    test('runs what one machine runs, to the hash; metrics count it; who has no password is refused; no file or line holds it', async () => {
      const { folder, env, cert, key } = classroom();
      const redis = await startRedis({ cert, key, password: token });
      const start = (...args: readonly string[]) => {
        const started = startDescent(args, { env });
        onTestFinished(() => void started.process.kill('SIGKILL'));
        return started;
      };
      const { code, stderr } = await descent(['work', redis.url], { env: { ...env, DESCENT_FLEET_PASSWORD_FILE: '' } });
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('it wants a password') });
      const late = await descent([...smokeRunArgs, '--fleet', redis.url, '--blobs', 'https://127.0.0.1:1'], {
        env: { ...env, DESCENT_FLEET_SERVER_CERT: expired(folder), DESCENT_FLEET_SERVER_KEY: join(folder, 'old.pem') },
      });
      expect(late).toMatchObject({ code: 2, stderr: expect.stringContaining('got one that was valid until') });
      const agents = ['one', 'two'].map((name) => start('work', redis.url, '--workers', '1', '--name', name));
      const store = join(folder, 'store');
      const [port, metrics] = [await freePort(), await freePort()];
      const place = ['--blobs', `https://127.0.0.1:${port}`, '--metrics', String(metrics), '--audit', '0.2'];
      const run = start(...smokeRunArgs, '--fleet', redis.url, '--store', store, ...place);
      await run.printed('"event":"trial"');
      const text = async () => (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
      expect(await text()).toMatch(/^descent_tasks\{project="default",state="done"\} [1-9]/m);
      // The second may not have looked yet.
      await expect.poll(text).toContain('descent_agents{project="default",state="works"} 2\n');
      const { durationMs, fleet } = await endOf(run);
      expect(hashesOf(store)).toEqual(hashesOf(inject('smokeRun').store));
      console.info(`over https: ${Math.round(durationMs / 1000)} s, ${JSON.stringify(fleet)}`);
      for (const agent of agents) agent.process.kill('SIGTERM');
      const said = await Promise.all([run, ...agents].map(async ({ ended }) => JSON.stringify(await ended)));
      expect(said.join()).not.toContain(token);
      for (const name of readdirSync(store, { recursive: true, encoding: 'utf8' })) {
        if (/\.(json|txt)$/.test(name)) expect(readFileSync(join(store, name), 'utf8')).not.toContain(token);
      }
    });
  },
);
