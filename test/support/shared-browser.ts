import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { findBrowser, findFirefox } from './find-browser.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the one browser of all tests listens; undefined where there is none. */
    readonly browserEndpoint: string | undefined;
  }
}

/** How Chromium is started in tests. */
export const switches: readonly string[] = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/** Starts the system's Chromium without a window, once for all tests. */
export default async function shareBrowser(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const executablePath = findBrowser();
  if (findFirefox() === undefined) {
    console.warn('left out: the lab in Firefox; to run it, install Firefox (Debian: apt-get install firefox-esr)');
  }
  if (executablePath === undefined) {
    console.warn('left out: tests in a browser; to run them, install Chromium (Debian: apt-get install chromium)');
    project.provide('browserEndpoint', undefined);
    return undefined;
  }
  const server = await chromium.launchServer({ executablePath, args: [...switches] });
  project.provide('browserEndpoint', server.wsEndpoint());
  return () => server.close();
}
