import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { descent } from './support/descent.js';
import { temporaryFolder } from './support/store.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));

test('docs/dependencies.md is what the lock file says: every package, its licence, and no install script that is needed', async () => {
  await run(process.execPath, [join(root, 'scripts/list-dependencies.mjs'), '--check']);
});

test('every version is exact, every package has a hash to be checked against, and no install script is run', () => {
  const manifest = readJson('package.json') as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  const lock = readJson('package-lock.json') as { packages: Record<string, { readonly integrity?: string }> };
  const { '': _, ...installed } = lock.packages;
  expect(Object.keys(installed).length).toBeGreaterThan(100);
  for (const [path, { integrity }] of Object.entries(installed)) expect(integrity, path).toMatch(/^sha512-/);
  expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
});

const guard = pathToFileURL(join(root, 'test/support/no-network.mjs')).href;

/** What the guard saw: which threads it stood in, and each try to get out. */
async function guarded(work: (env: Record<string, string>) => Promise<unknown>): Promise<readonly string[]> {
  const report = join(temporaryFolder(), 'network.txt');
  await work({ NODE_OPTIONS: `--import=${guard}`, NETWORK_REPORT: report });
  return [...new Set(readFileSync(report, 'utf8').trim().split('\n'))].sort();
}

test('a run in workers and its report make no network access', async () => {
  const folder = temporaryFolder();
  const store = join(folder, 'store');
  const seen = await guarded(async (env) => {
    const ran = await descent(
      ['run', 'function-fit-sinc', '--preset', 'smoke', '--protocol', 'as-coded', '--store', store],
      {
        env,
      },
    );
    expect(ran.code, ran.stderr).toBe(0);
    const report = await descent(['report', '--store', store, '--out', join(folder, 'report')], { env });
    expect(report.code, report.stderr).toBe(0);
  });
  expect(seen).toEqual(['main guarded', 'worker guarded']);
});

test('that guard sees fetch, net, https and dns, in workers as well', async () => {
  const script = `
    import { get } from 'node:https';
    import { connect } from 'node:net';
    import { lookup } from 'node:dns';
    import { Worker } from 'node:worker_threads';
    const url = 'https://127.0.0.1:9';
    for (const way of [() => fetch(url), () => connect(9), () => get(url), () => lookup('localhost', () => {})]) {
      try { way(); } catch {}
    }
    new Worker('try { fetch("https://127.0.0.1:9") } catch {}', { eval: true });
  `;
  const seen = await guarded((env) =>
    run(process.execPath, ['--input-type=module', '--eval', script], { env: { ...process.env, ...env } }),
  );
  const ways = ['main dns.lookup', 'main fetch', 'main net.connect', 'worker fetch'];
  expect(seen).toEqual([...ways, 'main guarded', 'worker guarded'].sort());
});
