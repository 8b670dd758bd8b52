import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const executablePath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find((path) => existsSync(path));

/** Whether tests in a browser are left out: none is installed, and none is asked for by DESCENT_REQUIRE_BROWSER. */
export const noBrowser = executablePath === undefined && !process.env['DESCENT_REQUIRE_BROWSER'];

if (noBrowser)
  console.warn('left out: tests in a browser; to run them, install Chromium (Debian: apt-get install chromium)');

/**
 * Starts the system's Chromium without a window.
 * @throws Error if there is none
 */
export async function launchBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error(`no browser in PATH: expected one of ${names.join(', ')}`);
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({ executablePath, args: [...args, '--disable-component-update', '--disable-sync'] });
}
