import { join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { startDescent } from '../support/descent.js';
import { endOf, hashesOf } from '../support/fleet.js';
import { isFleetLong, noRedis, startRedis } from '../support/redis.js';
import { smokeRunArgs } from '../support/shared-run.js';
import { temporaryFolder } from '../support/store.js';
import { noSwift, startSwift, swiftKeys } from '../support/swift.js';

if (isFleetLong && noSwift) {
  console.warn(
    'left out: a fleet over S3; install Swift (Debian: swift-proxy swift-account swift-container swift-object memcached)',
  );
}

describe.skipIf(noRedis || noSwift || !isFleetLong)('a fleet whose results lie in S3', () => {
  test('three agents over OpenStack Swift run what one machine runs, to the hash', async () => {
    const redis = await startRedis();
    const blobs = `s3://fleet/results?endpoint=${await startSwift('fleet')}`;
    const start = (...args: readonly string[]) => {
      const started = startDescent(args, { env: swiftKeys });
      onTestFinished(() => void started.process.kill('SIGKILL'));
      return started;
    };
    for (const name of ['one', 'two', 'three']) start('work', redis.url, '--workers', '1', '--name', name);
    const store = join(temporaryFolder(), 'store');
    const run = start(...smokeRunArgs, '--fleet', redis.url, '--store', store, '--blobs', blobs, '--audit', '0.2');
    const { durationMs, fleet } = await endOf(run);
    expect(hashesOf(store)).toEqual(hashesOf(inject('smokeRun').store));
    console.info(`over Swift: ${Math.round(durationMs / 1000)} s, ${JSON.stringify(fleet)}`);
  });
});
