import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { descent, startDescent } from '../support/descent.js';
import { startAgent } from '../support/fleet.js';
import { isFleetLong, noRedis, startRedis } from '../support/redis.js';
import { temporaryFolder } from '../support/store.js';

/** Every file of a folder of results. */
const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name).slice(folder.length), join(parentPath, name)] as const)
      .map(([name, path]) => [name, readFileSync(path, 'utf8')]),
  );

describe.skipIf(noRedis || !isFleetLong)('a study by a fleet', () => {
  test('comes to the ledger of one machine, to the byte, though it is stopped and killed on the way', async () => {
    const folder = temporaryFolder();
    const at = (name: string): string => join(folder, name);
    const registered = await descent([
      'register',
      'function-fit-sinc',
      '--results',
      at('alone'),
      '--store',
      at('none'),
    ]);
    expect(registered.code, registered.stderr).toBe(0);
    cpSync(at('alone'), at('together'), { recursive: true });
    const studyOf = (results: string, ...more: readonly string[]) => [
      ...['study', 'function-fit-sinc', '--protocol', 'as-coded', '--claim', 'depth-speeds-fit-monotone'],
      ...['--until-decided', '--max-seeds', '8', '--results', at(results), '--store', at(`${results}-store`), ...more],
    ];
    const alone = await descent(studyOf('alone', '--workers', '2'));
    expect(alone.code, alone.stderr).toBe(0);
    const redis = await startRedis();
    for (const name of ['one', 'two']) startAgent(redis.url, ['--name', name]);
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const stopped = startDescent(studyOf('together', '--fleet', redis.url));
      onTestFinished(() => void stopped.process.kill('SIGKILL'));
      await stopped.printed('seeds 1001');
      await new Promise((resolve) => setTimeout(resolve, 5000));
      stopped.process.kill(signal);
      await stopped.ended;
    }
    const together = await descent(studyOf('together', '--fleet', redis.url));
    expect(together.code, together.stderr).toBe(0);
    expect(filesIn(at('together'))).toEqual(filesIn(at('alone')));
  });
});
