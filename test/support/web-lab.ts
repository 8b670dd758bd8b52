import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { inject } from 'vitest';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** The built lab behind a plain file server, without a header that a static host would not send. */
export interface ServedLab {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the lab below a path, `/` by default. */
export async function serveLab(below = '/'): Promise<ServedLab> {
  const folder = inject('webLab');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = pathname.startsWith(below) ? pathname.slice(below.length) || 'index.html' : '';
    const file = join(folder, name);
    const found = name !== '' && !name.includes('..') && existsSync(file);
    response.writeHead(found ? 200 : 404, { 'content-type': types[extname(name)] ?? 'application/octet-stream' });
    response.end(found ? readFileSync(file) : undefined);
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

/** A page of the lab that notes what goes wrong and what is asked for. */
export interface OpenPage {
  readonly page: Page;
  readonly problems: string[];
  readonly requests: string[];
}

/** Opens an address in a context of its own, or a given one. */
export async function openPage(
  from: Browser | BrowserContext,
  address: string,
  viewport = { width: 1280, height: 800 },
): Promise<OpenPage> {
  const page = 'contexts' in from ? await from.newPage({ viewport }) : await from.newPage();
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(address);
  return { page, problems, requests };
}

/** Starts a run of a spec in the page's lab, as the controls would. */
export const openRun = (page: Page, spec: TrialSpec): Promise<void> =>
  page.evaluate(async (json) => {
    while (!globalThis.descent?.lab.active.value) await new Promise((resume) => setTimeout(resume, 5));
    const { lab } = globalThis.descent;
    lab.pace.value = 0;
    const view = lab.open(json);
    while (!view.facts.value) {
      if (view.problem.value) throw new Error(view.problem.value);
      await new Promise((resume) => setTimeout(resume, 5));
    }
  }, spec);

/** Moves the run that is shown to a step and waits until it stands there. Returns the digest of its state. */
export const digestAt = (page: Page, step: number): Promise<string> =>
  page.evaluate(async (wanted) => {
    const { lab } = globalThis.descent;
    const view = lab.active.value!;
    lab.seek(wanted);
    while (view.place.value.step !== wanted || view.place.value.replaying > 0) {
      await new Promise((resume) => setTimeout(resume, 2));
    }
    return (await lab.ask(view, 'digest')).digest;
  }, step);

/** Runs to the end. Returns the result hash. */
export const hashAtEnd = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const { lab } = globalThis.descent;
    const view = lab.active.value!;
    lab.play();
    while (!view.outcome.value) {
      if (view.problem.value) throw new Error(view.problem.value);
      await new Promise((resume) => setTimeout(resume, 5));
    }
    return view.outcome.value.hash;
  });

/** Leaves the run that is shown after a step, with a change or without one. */
export const branchAt = (
  page: Page,
  step: number,
  edit?: { readonly path: string; readonly value: number },
): Promise<void> =>
  page.evaluate(
    async ({ atStep, change }) => {
      const { lab } = globalThis.descent;
      const from = lab.active.value!;
      const spec = change ? { ...from.spec, edits: [{ atStep: atStep + 1, ...change }] } : from.spec;
      const view = lab.branch(from, atStep, spec);
      while (!view.facts.value) {
        if (view.problem.value) throw new Error(view.problem.value);
        await new Promise((resume) => setTimeout(resume, 5));
      }
    },
    { atStep: step, change: edit },
  );

/** Shows the first run again. */
export const showFirst = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { lab } = globalThis.descent;
    lab.show(lab.runs.value[0]!);
  });
