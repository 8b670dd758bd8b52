import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { findBrowser } from './find-browser.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the lab as it is served; empty where there is no browser to open it. */
    readonly webLab: string;
  }
}

/** Where a lab is that was built already; tests take it as it is. */
const built = 'DESCENT_WEB_BUILT';

/** Builds the lab in the browser once for all tests. */
export default async function shareWebLab(project: TestProject): Promise<(() => void) | undefined> {
  if (findBrowser() === undefined) {
    project.provide('webLab', '');
    return undefined;
  }
  const before = process.env[built];
  if (before !== undefined) {
    project.provide('webLab', before);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'descent-web-'));
  process.env['DESCENT_WEB_OUT'] = folder;
  await build({ configFile: fileURLToPath(new URL('../../web/vite.config.mjs', import.meta.url)) });
  process.env[built] = folder;
  project.provide('webLab', folder);
  return () => rmSync(folder, { recursive: true });
}
