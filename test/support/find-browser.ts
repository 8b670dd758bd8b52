import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const inPath = (names: readonly string[]): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));

/** The path of the system's Chromium, or undefined where there is none. */
export const findBrowser = (): string | undefined =>
  inPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);

/** The path of the system's Firefox, or undefined where there is none. */
export const findFirefox = (): string | undefined => inPath(['firefox-esr', 'firefox']);
