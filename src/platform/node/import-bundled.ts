import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { BuildFailure, Plugin } from 'esbuild';
import { UserError } from '../../base/errors.js';
import { quote } from '../../tasks/spec-problems.js';

/** This package by its own name, wherever the importing file lies: a module of a user's own gets the very same code. */
const ownPackage: Plugin = {
  name: 'own-package',
  setup(build) {
    const { resolve } = createRequire(import.meta.url);
    build.onResolve({ filter: /^descent-lab($|\/)/ }, ({ path }) => ({
      path: pathToFileURL(resolve(path)).href,
      external: true,
    }));
  },
};

/**
 * Imports a JavaScript or TypeScript module with all that it imports, as Node 20 does not read TypeScript by itself.
 * @throws UserError that names the file and what is wrong with it, if it cannot be read, or throws
 */
export async function importBundled(path: string, name: string): Promise<Readonly<Record<string, unknown>>> {
  const { build } = await import('esbuild');
  const options = { bundle: true, write: false, format: 'esm', platform: 'node', target: 'node20' } as const;
  try {
    const { outputFiles } = await build({ ...options, entryPoints: [path], plugins: [ownPackage], logLevel: 'silent' });
    const code = Buffer.from(outputFiles[0]!.contents).toString('base64');
    return (await import(`data:text/javascript;base64,${code}`)) as Record<string, unknown>;
  } catch (error) {
    throw new UserError(`${name}: expected a module that can be imported, got: ${problemOf(error)}`);
  }
}

/** In one line, whatever a module throws. */
export function problemOf(error: unknown): string {
  const [first] = (error as Partial<BuildFailure> | null | undefined)?.errors ?? [];
  if (first) return `${first.text}${first.location ? ` (line ${first.location.line})` : ''}`;
  return error instanceof Error ? error.message.replaceAll(/\s*\n\s*/g, ' ') : quote(error);
}
