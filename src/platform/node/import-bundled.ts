import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { BuildFailure, Plugin } from 'esbuild';
import { UserError } from '../../base/errors.js';
import { quote } from '../../tasks/schema/spec-problems.js';

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
 * @throws UserError that names the file and what is wrong with it, if it cannot be read, is no module, or throws
 */
export async function importBundled(path: string, name: string): Promise<Readonly<Record<string, unknown>>> {
  let exportsNothing = false;
  try {
    const { code, exported } = await bundle(path);
    exportsNothing = exported.length === 0;
    return (await import(`data:text/javascript;base64,${code}`)) as Record<string, unknown>;
  } catch (error) {
    throw new UserError(`${name}: expected a module that ${problemOfImport(error, exportsNothing)}`);
  }
}

/** One file's worth of a module, in base64, and the names that it exports. */
async function bundle(path: string): Promise<{ readonly code: string; readonly exported: readonly string[] }> {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    plugins: [ownPackage],
    logLevel: 'silent',
  });
  const exported = Object.values(metafile.outputs).flatMap((output) => output.exports);
  return { code: Buffer.from(outputFiles[0]!.contents).toString('base64'), exported };
}

/** Of a file of words that happen to be JavaScript, the name that it lacks says nothing: what it lacks is an export. */
function problemOfImport(error: unknown, exportsNothing: boolean): string {
  return error instanceof ReferenceError && exportsNothing
    ? `exports something, got a file that exports nothing (${problemOf(error)})`
    : `can be imported, got: ${problemOf(error)}`;
}

/** In one line, whatever a module throws. */
export function problemOf(error: unknown): string {
  const [first] = (error as Partial<BuildFailure> | null | undefined)?.errors ?? [];
  if (first) return `${first.text}${first.location ? ` (line ${first.location.line})` : ''}`;
  return error instanceof Error ? error.message.replaceAll(/\s*\n\s*/g, ' ') : quote(error);
}
