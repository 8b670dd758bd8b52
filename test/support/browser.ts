import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';
import { findBrowser } from './find-browser.js';

/** Whether tests in a browser are left out: none is installed, and none is asked for by DESCENT_REQUIRE_BROWSER. */
export const noBrowser = findBrowser() === undefined && !process.env['DESCENT_REQUIRE_BROWSER'];

/**
 * The one browser of all tests; to close it ends the connection alone.
 * @throws Error if there is none
 */
export function connectBrowser(): Promise<Browser> {
  const endpoint = inject('browserEndpoint');
  if (endpoint === undefined)
    throw new Error('no browser in PATH: install Chromium (Debian: apt-get install chromium)');
  return chromium.connect(endpoint);
}
