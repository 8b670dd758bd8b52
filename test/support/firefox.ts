import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright-core';
import { findFirefox } from './find-browser.js';

/** Whether the tests in Firefox are left out: none is installed, and none is asked for by DESCENT_REQUIRE_BROWSER. */
export const noFirefox = findFirefox() === undefined && !process.env['DESCENT_REQUIRE_BROWSER'];

/** A page of the system's Firefox. */
export interface FirefoxPage extends Pick<Page, 'evaluate'> {
  readonly version: string;
  goto(url: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a page of the system's Firefox over WebDriver BiDi, the protocol that it speaks by itself.
 * @throws Error if there is none
 */
export async function openFirefox(): Promise<FirefoxPage> {
  const path = findFirefox();
  if (path === undefined) throw new Error('no Firefox in PATH: install it (Debian: apt-get install firefox-esr)');
  const profile = mkdtempSync(join(tmpdir(), 'descent-firefox-'));
  const firefox = spawn(path, ['--headless', '--no-remote', '--remote-debugging-port', '0', '--profile', profile], {
    env: { ...process.env, HOME: profile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(firefox, 'exit');
  const { send, end } = await connect(`${await listensAt(firefox.stderr)}/session`);
  const { capabilities } = await send('session.new', { capabilities: {} });
  const { contexts } = await send('browsingContext.getTree', {});
  const { context } = contexts[0]!;
  const evaluate = async (act: unknown, argument: unknown = null): Promise<unknown> => {
    const expression = `(async () => JSON.stringify(await (${act})(${JSON.stringify(argument)})) ?? 'null')()`;
    const answer = await send('script.evaluate', { expression, target: { context }, awaitPromise: true });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return JSON.parse(answer.result.value);
  };
  return {
    version: capabilities.browserVersion,
    evaluate: evaluate as Page['evaluate'],
    goto: async (url) => {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async close() {
      end();
      firefox.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The address that Firefox prints when it listens. */
async function listensAt(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const address = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
    if (address !== undefined) {
      output.resume();
      return address;
    }
  }
  throw new Error('Firefox ended before it listened');
}

/** What the commands that are sent here answer. */
interface Answers {
  readonly 'session.new': { readonly capabilities: { readonly browserVersion: string } };
  readonly 'browsingContext.getTree': { readonly contexts: readonly { readonly context: string }[] };
  readonly 'browsingContext.navigate': unknown;
  readonly 'script.evaluate':
    | { readonly type: 'success'; readonly result: { readonly value: string } }
    | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };
}

/** Sends commands, one id each, and waits for their answers. */
async function connect(address: string) {
  const socket = new WebSocket(address);
  const waiting = new Map<
    number,
    { readonly resolve: (result: never) => void; readonly reject: (why: Error) => void }
  >();
  let last = 0;
  socket.onmessage = ({ data }) => {
    const { id, result, error, message } = JSON.parse(data);
    const sender = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) sender?.resolve(result as never);
    else sender?.reject(new Error(`${error}: ${message}`));
  };
  await new Promise((opened, failed) => {
    socket.onopen = opened;
    socket.onerror = () => failed(new Error(`${address}: no connection`));
  });
  return {
    send: <K extends keyof Answers>(method: K, params: object): Promise<Answers[K]> =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        socket.send(JSON.stringify({ id: last, method, params }));
      }),
    end: () => socket.close(),
  };
}
