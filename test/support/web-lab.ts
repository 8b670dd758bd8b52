import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject } from 'vitest';
import { connectBrowser, noBrowser } from './browser.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.txt': 'text/plain',
};

/** The built lab behind a plain file server, without a header that a static host would not send. */
export interface ServedLab {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the lab below a path, `/` by default; texts are compressed, as static hosts do. */
export async function serveLab(below = '/'): Promise<ServedLab> {
  const folder = inject('webLab');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = pathname.startsWith(below) ? pathname.slice(below.length) || 'index.html' : '';
    const file = join(folder, name);
    if (name === '' || name.includes('..') || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const type = types[extname(name)];
    response.writeHead(200, {
      'content-type': type ?? 'application/octet-stream',
      ...(type && { 'content-encoding': 'gzip' }),
    });
    response.end(type ? gzipSync(readFileSync(file)) : readFileSync(file));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${below}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Other work on the machine may keep a page from anything for a while. */
const patienceMs = 120_000;

/** A page that notes what goes wrong and what is asked for. */
export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly problems: readonly string[];
  readonly requests: readonly string[];
}

/** Opens an address in a context of its own. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(address);
  return { page, context, problems, requests };
}

/** The lab, served to a browser. */
export interface LabOfTests {
  /**
   * Opens an address of the lab, Play by default, in a context of its own that lasts as long as the test. The test
   * fails if anything goes wrong in it that the console would say.
   */
  open(hash?: string, options?: BrowserContextOptions & { readonly from?: ServedLab }): Promise<OpenPage>;
}

/** Tests of the lab in the one browser; left out where there is none. */
export function describeLab(name: string, tests: (lab: LabOfTests) => void): void {
  describe.skipIf(noBrowser)(name, () => {
    let served: ServedLab;
    let browser: Browser;
    let opened: OpenPage[] = [];
    beforeAll(async () => {
      served = await serveLab();
      browser = await connectBrowser();
    });
    afterEach(async () => {
      const problems = opened.flatMap((one) => one.problems);
      await Promise.all(opened.map(({ context }) => context.close()));
      opened = [];
      expect(problems).toEqual([]);
    });
    afterAll(async () => {
      await browser?.close();
      await served?.close();
    });
    tests({
      async open(hash = '#/play', { from = served, ...options } = {}) {
        const one = await openPage(browser, from.url + hash, options);
        opened.push(one);
        return one;
      },
    });
  });
}
